//! Bodies as the service and its documentation show them, with all their oddities.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use twilio_rooms_api::types::{
    ErrorBody, Participant, ParticipantPage, PublishedTrack, PublishedTrackPage, Recording, RecordingMedia,
    RecordingPage, RecordingRules, Room, RoomPage, SubscribeRules, SubscribedTrack, SubscribedTrackPage, Transcription,
    TranscriptionPage,
};

use crate::support::{Test, changed, root};

/// A folder with a folder for each kind of body. A file in there is named for the one trait that it is about.
const BODIES: &str = "tests/bodies";

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

/// Checks that the body decodes as a `T`, and that encoding and decoding that again changes nothing.
fn check<T: DeserializeOwned + PartialEq + Serialize>(body: &[u8]) -> Result<(), String> {
    let original: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let decoded: T = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let encoded = serde_json::to_value(&decoded).map_err(|error| error.to_string())?;
    let again: T = serde_json::from_value(encoded.clone()).map_err(|error| error.to_string())?;
    if decoded != again {
        return Err("it has another value after encoding and decoding".to_owned());
    }
    changed(&original, &encoded, "").map_or(Ok(()), |path| Err(format!("encoding changes {path}")))
}

/// The kinds of bodies: the name of the folder in [`BODIES`], and the prefix of the files in `spec/examples`.
const KINDS: [(&str, &str, Check); 16] = [
    ("error", "error-", check::<ErrorBody>),
    ("participant", "participant-", check::<Participant>),
    ("participants-list", "list-participants-", check::<ParticipantPage>),
    ("published-track", "published-track", check::<PublishedTrack>),
    ("published-tracks-list", "list-published-tracks", check::<PublishedTrackPage>),
    // Before the recordings, which begin in the same way.
    ("recording-media", "recording-media", check::<RecordingMedia>),
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
fn every_example_of_the_spec_survives_decoding_and_encoding() -> Test {
    let mut checked = 0;
    for file in files(&root().join("spec/examples"))? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = KINDS.iter().find(|(_, prefix, _)| name.starts_with(prefix));
        let (_, _, check) = kind.ok_or_else(|| format!("{name} is of an unknown kind"))?;
        check(&std::fs::read(&file)?).map_err(|why| format!("{name}: {why}"))?;
        checked += 1;
    }
    assert!(checked >= 34, "only {checked} examples were found");
    Ok(())
}

#[test]
fn every_odd_body_survives_decoding_and_encoding() -> Test {
    let mut findings = Vec::new();
    for folder in files(&root().join(BODIES))? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = KINDS.iter().find(|(kind, ..)| *kind == name);
        let (_, _, check) = kind.ok_or_else(|| format!("{name} is an unknown kind"))?;
        for file in files(&folder)? {
            if let Err(why) = check(&std::fs::read(&file)?) {
                findings.push(format!("{}: {why}", file.display()));
            }
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    Ok(())
}

#[test]
fn every_kind_has_odd_bodies() -> Test {
    for (kind, ..) in KINDS {
        let bodies = files(&root().join(BODIES).join(kind))?;
        assert!(bodies.len() >= 5, "{kind} has only {} bodies", bodies.len());
    }
    Ok(())
}
