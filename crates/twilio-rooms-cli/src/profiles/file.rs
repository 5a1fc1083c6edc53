//! The file of the profiles.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Profiles;
use crate::failure::Failure;
use crate::folders;

/// Reads the file, unless others than its owner can read it; `None` if there is none.
pub(super) fn read() -> Result<Option<Profiles>, Failure> {
    let file = path()?;
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed("read", &file, &error)),
    };
    check_permissions(&file)?;
    // The error of serde_json could show a part of the file, so only its place is told.
    serde_json::from_str(&text).map(Some).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        let failure = Failure::usage(format!("{} is not valid: see {place}", file.display()));
        failure.hint("Correct it; or remove it, and log in again: twilio-rooms auth login")
    })
}

/// Writes the file for its owner alone, under another name first. Returns its path.
pub(super) fn write(profiles: &Profiles) -> Result<PathBuf, Failure> {
    let file = path()?;
    let new = file.with_extension("json.new");
    let text = serde_json::to_string_pretty(profiles).map_err(io::Error::from)?;
    let folder = file.parent().unwrap_or(&file);
    let written = fs::create_dir_all(folder)
        .and_then(|()| write_private(&new, &format!("{text}\n")))
        .and_then(|()| fs::rename(&new, &file));
    written.map_err(|error| {
        // It may have a secret.
        let _ = fs::remove_file(&new);
        failed("write", &file, &error)
    })?;
    Ok(file)
}

fn path() -> Result<PathBuf, Failure> {
    Ok(folders::config()?.join("profiles.json"))
}

fn write_private(file: &Path, text: &str) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(unix)]
fn check_permissions(file: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;

    let metadata = fs::metadata(file).map_err(|error| failed("read", file, &error))?;
    let mode = metadata.permissions().mode() & 0o777;
    let others = mode & 0o077;
    if others == 0 {
        return Ok(());
    }
    let failure = Failure::usage(format!("{} has secrets, but others can open it (mode {mode:o})", file.display()));
    Err(failure
        .hint(format!("chmod 600 '{}'", file.display()))
        .hint("Then change the secrets: others may have read them."))
}

/// On other platforms, the file has the permissions of the owner's folder.
#[cfg(not(unix))]
fn check_permissions(_: &Path) -> Result<(), Failure> {
    Ok(())
}

fn failed(verb: &str, file: &Path, error: &io::Error) -> Failure {
    Failure::failed(format!("cannot {verb} {}: {error}", file.display()))
}
