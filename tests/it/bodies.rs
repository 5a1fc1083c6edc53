//! Bodies that others have published or received.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use twilio_rooms_api::types::{ErrorBody, Room, RoomPage};

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

fn check_file(kind: &str, body: &[u8]) -> Option<Result<(), String>> {
    match kind {
        "room" => Some(check::<Room>(body)),
        "rooms-list" => Some(check::<RoomPage>(body)),
        "error" => Some(check::<ErrorBody>(body)),
        _ => None,
    }
}

#[test]
fn every_example_of_the_spec_decodes_and_comes_back_the_same() -> Test {
    let mut checked = 0;
    for file in files(&root().join("spec/examples"))? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = match name.split('-').next() {
            Some("error") => "error",
            Some("room") => "room",
            _ => "rooms-list",
        };
        check_file(kind, &std::fs::read(&file)?).ok_or("an unknown kind")?.map_err(|why| format!("{name}: {why}"))?;
        checked += 1;
    }
    assert!(checked >= 11, "only {checked} examples were found");
    Ok(())
}

#[test]
fn every_body_of_the_folder_that_the_environment_names_decodes_and_comes_back_the_same() -> Test {
    let Some(folder) = std::env::var_os(VARIABLE) else { return Ok(()) };
    let mut findings = Vec::new();
    for kind in ["room", "rooms-list", "error"] {
        let files = files(&Path::new(&folder).join(kind))?;
        assert!(!files.is_empty(), "{VARIABLE} names a folder without bodies of the kind {kind}");
        for file in files {
            if let Some(Err(why)) = check_file(kind, &std::fs::read(&file)?) {
                findings.push(format!("{}: {why}", file.display()));
            }
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    Ok(())
}
