//! The form of a request to create a room.

use super::error::ApiError;
use super::form::{parse_bool, parse_callback_url, parse_choice, parse_json_object, parse_number};
use super::rules::parse_rules;
use crate::model::{MAX_NAME_LENGTH, RoomSettings, RulePurpose};

const TYPES: [&str; 4] = ["group", "go", "peer-to-peer", "group-small"];
const METHODS: [&str; 2] = ["GET", "POST"];
const CODECS: [&str; 2] = ["VP8", "H264"];
const REGIONS: [&str; 10] = ["gll", "au1", "br1", "de1", "ie1", "in1", "jp1", "sg1", "us1", "us2"];

/// Parses the settings of a new room. Unknown fields and empty values are ignored, except for an empty name, and the last of
/// several values counts.
pub(crate) fn parse_room_settings(pairs: &[(String, String)]) -> Result<RoomSettings, ApiError> {
    let mut settings = RoomSettings::default();
    let mut codecs = Vec::new();
    if pairs.iter().rev().find(|(name, _)| name == "UniqueName").is_some_and(|(_, value)| value.is_empty()) {
        // The vendor's catalogue: for an invalid name that no more specific error is for.
        return Err(ApiError::bad_request(53100, "Room name is invalid"));
    }
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        match name.as_str() {
            "UniqueName" if value.chars().count() > MAX_NAME_LENGTH => {
                return Err(ApiError::bad_request(53101, "Room name is too long"));
            }
            "UniqueName" => settings.unique_name.clone_from(value),
            "Type" => settings.kind = parse_choice(value, &TYPES, 53108, "RoomType is not valid")?,
            "AudioOnly" => settings.audio_only = parse_bool(name, value)?,
            "EnableTurn" => settings.enable_turn = parse_bool(name, value)?,
            "LargeRoom" => settings.large_room = parse_bool(name, value)?,
            "RecordParticipantsOnConnect" => settings.record_participants_on_connect = parse_bool(name, value)?,
            "TranscribeParticipantsOnConnect" => settings.transcribe_participants_on_connect = parse_bool(name, value)?,
            "EmptyRoomTimeout" => {
                settings.empty_room_timeout = parse_number(value, 1..=60, 53109, "Timeout is out of range")?;
            }
            "UnusedRoomTimeout" => {
                settings.unused_room_timeout = parse_number(value, 1..=60, 53109, "Timeout is out of range")?;
            }
            "MaxParticipants" => {
                settings.max_participants = parse_number(value, 1..=50, 53107, "MaxParticipants is out of range")?;
            }
            "MaxParticipantDuration" => {
                let message = "MaxParticipantDuration is out of range";
                settings.max_participant_duration = parse_number(value, 1..=86400, 20001, message)?;
            }
            "MediaRegion" => settings.media_region = parse_choice(value, &REGIONS, 53115, "MediaRegion is invalid")?,
            "StatusCallback" => settings.status_callback = Some(parse_callback_url(value)?),
            "StatusCallbackMethod" => {
                settings.status_callback_method =
                    parse_choice(value, &METHODS, 53110, "StatusCallbackMethod is invalid")?;
            }
            "VideoCodecs" => codecs.push(parse_choice(value, &CODECS, 20001, "Invalid VideoCodecs")?),
            "RecordingRules" => settings.recording_rules = Some(parse_rules(value, RulePurpose::Recording)?),
            "TranscriptionsConfiguration" => {
                settings.transcriptions_configuration = Some(parse_json_object(name, value)?);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(pairs: &[(&str, &str)]) -> Result<RoomSettings, String> {
        let owned: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        parse_room_settings(&owned).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn missing_fields_have_their_defaults() {
        assert_eq!(parsed(&[]), Ok(RoomSettings::default()));
        assert_eq!(parsed(&[("MediaRegion", ""), ("Odd", "1")]), Ok(RoomSettings::default()));
        let codecs = parsed(&[("VideoCodecs", "H264"), ("VideoCodecs", "VP8")]).map(|settings| settings.video_codecs);
        assert_eq!(codecs, Ok(vec!["H264", "VP8"].into()));
        assert_eq!(parsed(&[("AudioOnly", "True")]).map(|settings| settings.audio_only), Ok(true));
    }

    #[test]
    fn invalid_values_are_refused_with_the_error_of_the_service() {
        let long = "n".repeat(129);
        let cases = [
            ("UniqueName", long.as_str(), "Room name is too long"),
            ("UniqueName", "", "Room name is invalid"),
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
