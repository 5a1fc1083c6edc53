//! What a request to create a room asks for.

use std::ops::RangeInclusive;

use crate::error::Error;
use crate::room::Settings;
use crate::rules::{self, Purpose};
use crate::transcription::configuration;

const TYPES: [&str; 4] = ["group", "go", "peer-to-peer", "group-small"];
const METHODS: [&str; 2] = ["GET", "POST"];
const CODECS: [&str; 2] = ["VP8", "H264"];
const REGIONS: [&str; 10] = ["gll", "au1", "br1", "de1", "ie1", "in1", "jp1", "sg1", "us1", "us2"];
/// How many characters the name of a room and an identity may have.
pub(crate) const MAX_NAME: usize = 128;
const MAX_URL: usize = 1023;

/// The settings that the pairs of a form ask for. A field that is not known is ignored, an empty one counts as absent, and
/// the last of several counts.
pub(crate) fn parse(pairs: &[(String, String)]) -> Result<Settings, Error> {
    let mut settings = Settings::default();
    let mut codecs = Vec::new();
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        match name.as_str() {
            "UniqueName" if value.chars().count() > MAX_NAME => {
                return Err(Error::invalid(53101, "Room name is too long"));
            }
            "UniqueName" => settings.unique_name.clone_from(value),
            "Type" => settings.kind = one_of(value, &TYPES, 53108, "RoomType is not valid")?,
            "AudioOnly" => settings.audio_only = flag(name, value)?,
            "EnableTurn" => settings.enable_turn = flag(name, value)?,
            "LargeRoom" => settings.large_room = flag(name, value)?,
            "RecordParticipantsOnConnect" => settings.record_participants_on_connect = flag(name, value)?,
            "TranscribeParticipantsOnConnect" => settings.transcribe_participants_on_connect = flag(name, value)?,
            "EmptyRoomTimeout" => {
                settings.empty_room_timeout = number(value, 1..=60, 53109, "Timeout is out of range")?;
            }
            "UnusedRoomTimeout" => {
                settings.unused_room_timeout = number(value, 1..=60, 53109, "Timeout is out of range")?;
            }
            "MaxParticipants" => {
                settings.max_participants = number(value, 1..=50, 53107, "MaxParticipants is out of range")?;
            }
            "MaxParticipantDuration" => {
                let message = "MaxParticipantDuration is out of range";
                settings.max_participant_duration = number(value, 1..=86400, 20001, message)?;
            }
            "MediaRegion" => settings.media_region = one_of(value, &REGIONS, 53115, "MediaRegion is invalid")?,
            "StatusCallback" => settings.status_callback = Some(url(value)?),
            "StatusCallbackMethod" => {
                settings.status_callback_method = one_of(value, &METHODS, 53110, "StatusCallbackMethod is invalid")?;
            }
            "VideoCodecs" => codecs.push(one_of(value, &CODECS, 20001, "Invalid VideoCodecs")?),
            "RecordingRules" => settings.recording_rules = Some(rules::parse(Purpose::Recording, value)?),
            "TranscriptionsConfiguration" => {
                settings.transcriptions_configuration = Some(configuration(name, value)?);
            }
            _ => {}
        }
    }
    if !codecs.is_empty() {
        settings.video_codecs = codecs.into();
    }
    if settings.media_region == "gll" {
        settings.media_region = "us1";
    }
    Ok(settings)
}

fn one_of(value: &str, values: &[&'static str], code: u32, message: &str) -> Result<&'static str, Error> {
    values.iter().copied().find(|known| *known == value).ok_or_else(|| Error::invalid(code, message))
}

fn flag(name: &str, value: &str) -> Result<bool, Error> {
    // The vendor's libraries write them in several ways.
    match value.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Error::bad_parameter(format!("Invalid {name}: {value} is neither true nor false"))),
    }
}

fn number(value: &str, range: RangeInclusive<u32>, code: u32, message: &str) -> Result<u32, Error> {
    value.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| Error::invalid(code, message))
}

fn url(value: &str) -> Result<String, Error> {
    let is_url = ["http://", "https://"].into_iter().any(|scheme| value.starts_with(scheme));
    if is_url && value.len() <= MAX_URL {
        Ok(value.to_owned())
    } else {
        Err(Error::invalid(53111, "StatusCallback is invalid"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(pairs: &[(&str, &str)]) -> Result<Settings, String> {
        let owned: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        parse(&owned).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn what_is_not_said_is_the_default() {
        assert_eq!(parsed(&[]), Ok(Settings::default()));
        assert_eq!(parsed(&[("UniqueName", ""), ("Odd", "1")]), Ok(Settings::default()));
        let codecs = parsed(&[("VideoCodecs", "H264"), ("VideoCodecs", "VP8")]).map(|settings| settings.video_codecs);
        assert_eq!(codecs, Ok(vec!["H264", "VP8"].into()));
        assert_eq!(parsed(&[("AudioOnly", "True")]).map(|settings| settings.audio_only), Ok(true));
    }

    #[test]
    fn what_is_wrong_is_refused_with_the_error_of_the_service() {
        let long = "n".repeat(129);
        let cases = [
            ("UniqueName", long.as_str(), "Room name is too long"),
            ("Type", "mesh", "RoomType is not valid"),
            ("MaxParticipants", "51", "MaxParticipants is out of range"),
            ("MaxParticipants", "ten", "MaxParticipants is out of range"),
            ("EmptyRoomTimeout", "0", "Timeout is out of range"),
            ("UnusedRoomTimeout", "61", "Timeout is out of range"),
            ("MaxParticipantDuration", "86401", "MaxParticipantDuration is out of range"),
            ("MediaRegion", "moon", "MediaRegion is invalid"),
            ("StatusCallback", "example.com", "StatusCallback is invalid"),
            ("StatusCallbackMethod", "PUT", "StatusCallbackMethod is invalid"),
            ("AudioOnly", "yes", "Invalid AudioOnly: yes is neither true nor false"),
            ("VideoCodecs", "AV1", "Invalid VideoCodecs"),
            ("RecordingRules", "[{}]", "Invalid Recording Rule(s)"),
            ("TranscriptionsConfiguration", "[]", "Invalid TranscriptionsConfiguration: not a JSON object"),
        ];
        for (name, value, message) in cases {
            assert_eq!(parsed(&[(name, value)]), Err(message.to_owned()), "{name}={value}");
        }
    }
}
