//! Bodies that others have published or received.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use twilio_rooms_api::types::{
    ErrorBody, Participant, ParticipantPage, PublishedTrack, PublishedTrackPage, Recording, RecordingPage,
    RecordingRules, Room, RoomPage, SubscribeRules, SubscribedTrack, SubscribedTrackPage, Transcription,
    TranscriptionPage,
};

use crate::support::{Test, changed, root};

/// Names a folder with a folder for each kind of body.
const VARIABLE: &str = "TWILIO_ROOMS_BODIES";

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

/// What is wrong with the body as a `T`: it does not decode, or does not come back the same.
fn check<T: DeserializeOwned + PartialEq + Serialize>(body: &[u8]) -> Result<(), String> {
    let original: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let decoded: T = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let encoded = serde_json::to_value(&decoded).map_err(|error| error.to_string())?;
    let again: T = serde_json::from_value(encoded.clone()).map_err(|error| error.to_string())?;
    if decoded != again {
        return Err("it is another value after it was written and read again".to_owned());
    }
    changed(&original, &encoded, "").map_or(Ok(()), |path| Err(format!("{path} was changed by being written back")))
}

/// The kinds of bodies, as the folders of [`VARIABLE`] are called, each with what the files of `spec/examples` begin with.
const KINDS: [(&str, &str, Check); 15] = [
    ("error", "error-", check::<ErrorBody>),
    ("participant", "participant-", check::<Participant>),
    ("participants-list", "list-participants-", check::<ParticipantPage>),
    ("published-track", "published-track", check::<PublishedTrack>),
    ("published-tracks-list", "list-published-tracks", check::<PublishedTrackPage>),
    // Before the recordings, which begin in the same way.
    ("recording-rules", "recording-rules", check::<RecordingRules>),
    ("recordings-list", "list-recordings", check::<RecordingPage>),
    ("room", "room-", check::<Room>),
    ("room-recording", "recording-", check::<Recording>),
    ("rooms-list", "list-rooms-", check::<RoomPage>),
    ("subscribe-rules", "subscribe-rules-", check::<SubscribeRules>),
    ("subscribed-track", "subscribed-track", check::<SubscribedTrack>),
    ("subscribed-tracks-list", "list-subscribed-tracks", check::<SubscribedTrackPage>),
    ("transcription", "transcription-", check::<Transcription>),
    ("transcriptions-list", "list-transcriptions", check::<TranscriptionPage>),
];

type Check = fn(&[u8]) -> Result<(), String>;

#[test]
fn every_example_of_the_spec_decodes_and_comes_back_the_same() -> Test {
    let mut checked = 0;
    for file in files(&root().join("spec/examples"))? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = KINDS.iter().find(|(_, prefix, _)| name.starts_with(prefix));
        let (_, _, check) = kind.ok_or_else(|| format!("{name} is of an unknown kind"))?;
        check(&std::fs::read(&file)?).map_err(|why| format!("{name}: {why}"))?;
        checked += 1;
    }
    assert!(checked >= 33, "only {checked} examples were found");
    Ok(())
}

#[test]
fn every_body_of_the_folder_that_the_environment_names_decodes_and_comes_back_the_same() -> Test {
    let Some(folder) = std::env::var_os(VARIABLE) else { return Ok(()) };
    let (mut checked, mut findings) = (0, Vec::new());
    for (kind, _, check) in KINDS {
        let of_kind = Path::new(&folder).join(kind);
        for file in if of_kind.is_dir() { files(&of_kind)? } else { Vec::new() } {
            checked += 1;
            if let Err(why) = check(&std::fs::read(&file)?) {
                findings.push(format!("{}: {why}", file.display()));
            }
        }
    }
    assert!(checked > 0, "{VARIABLE} names a folder without bodies of any kind");
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    Ok(())
}
