//! Credentials in a file that only its owner can read.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use twilio_rooms::{ClientBuilder, Credentials};

use crate::failure::Failure;
use crate::folders;

/// Credentials, and the part of the service that they belong to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Profile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) account_sid: Option<String>,
    /// The SID of an API key; without one, `secret` is the auth token of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) api_key: Option<String>,
    pub(crate) secret: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) edge: Option<String>,
}

impl Profile {
    /// Gives the builder these credentials.
    pub(crate) fn configure(&self, mut builder: ClientBuilder) -> ClientBuilder {
        let secret = self.secret.as_str();
        let account = self.account_sid.as_deref().unwrap_or_default();
        builder = builder.credentials(match &self.api_key {
            Some(key) => Credentials::api_key(key, secret),
            None => Credentials::account(account, secret),
        });
        if let Some(region) = &self.region {
            builder = builder.region(region);
        }
        if let Some(edge) = &self.edge {
            builder = builder.edge(edge);
        }
        builder
    }

    /// The SID that the secret belongs to.
    pub(crate) fn sid(&self) -> &str {
        self.api_key.as_deref().or(self.account_sid.as_deref()).unwrap_or_default()
    }
}

/// All profiles, and the name of the one in use.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Profiles {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) current: Option<String>,
    pub(crate) profiles: BTreeMap<String, Profile>,
}

impl Profiles {
    /// Reads the file, unless others than its owner can read it.
    pub(crate) fn load() -> Result<Self, Failure> {
        let file = file()?;
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(failed("read", &file, &error)),
        };
        check_permissions(&file)?;
        // The error of serde_json could show a part of the file, so only its place is told.
        serde_json::from_str(&text).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            Failure::usage(format!("{} is not valid: see {place}", file.display()))
        })
    }

    /// Writes the file for its owner alone, under another name first.
    pub(crate) fn save(&self) -> Result<PathBuf, Failure> {
        let file = file()?;
        let new = file.with_extension("json.new");
        let text = serde_json::to_string_pretty(self).map_err(io::Error::from)?;
        let folder = file.parent().unwrap_or(&file);
        let written = fs::create_dir_all(folder)
            .and_then(|()| write_private(&new, &format!("{text}\n")))
            .and_then(|()| fs::rename(&new, &file));
        written.map_err(|error| failed("write", &file, &error))?;
        Ok(file)
    }

    pub(crate) fn get(&self, name: &str) -> Result<&Profile, Failure> {
        self.profiles.get(name).ok_or_else(|| {
            let names: Vec<&str> = self.profiles.keys().map(String::as_str).collect();
            let failure = Failure::usage(format!("there is no profile {name:?}"));
            if names.is_empty() {
                return failure.hint(format!("To make it: twilio-rooms auth login {name}"));
            }
            failure.hint(format!("The profiles are {}.", names.join(", ")))
        })
    }

    /// The profile in use.
    pub(crate) fn current(&self) -> Option<&Profile> {
        self.profiles.get(self.current.as_deref()?)
    }
}

/// The path of the file.
fn file() -> Result<PathBuf, Failure> {
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
