//! Profiles: credentials by name, in a file that only its owner can read. Secrets are in the keyring of the platform if there is one.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use twilio_rooms::{ClientBuilder, Credentials};

use crate::failure::Failure;
use crate::folders;
use crate::keyring::{self, SecretStore};

/// Credentials, and the part of the service that they belong to.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) account_sid: Option<String>,
    /// The SID of an API key; without one, `secret` is the auth token of the account.
    pub(crate) api_key: Option<String>,
    pub(crate) secret: String,
    pub(crate) region: Option<String>,
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
}

/// A profile as the file has it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stored {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_sid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    api_key: Option<String>,
    /// The secret, unless the keyring has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) edge: Option<String>,
}

impl Stored {
    /// The SID that the secret belongs to.
    pub(crate) fn sid(&self) -> &str {
        self.api_key.as_deref().or(self.account_sid.as_deref()).unwrap_or_default()
    }

    /// The name of the secret in the keyring. Another login with the same name does not change it.
    fn key(&self, name: &str) -> String {
        format!("{name} {}", self.sid())
    }

    pub(crate) fn is_in_keyring(&self) -> bool {
        self.secret.is_none()
    }
}

/// All profiles, and the name of the one in use.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Profiles {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) current: Option<String>,
    pub(crate) profiles: BTreeMap<String, Stored>,
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

    /// A profile as the file has it.
    pub(crate) fn stored(&self, name: &str) -> Result<&Stored, Failure> {
        self.profiles.get(name).ok_or_else(|| {
            let names: Vec<&str> = self.profiles.keys().map(String::as_str).collect();
            let failure = Failure::usage(format!("there is no profile {name:?}"));
            if names.is_empty() {
                return failure.hint(format!("To make it: twilio-rooms auth login {name}"));
            }
            failure.hint(format!("The profiles are {}.", names.join(", ")))
        })
    }

    /// A profile with its secret.
    pub(crate) fn get(&self, name: &str) -> Result<Profile, Failure> {
        self.get_with(name, keyring::open)
    }

    fn get_with(
        &self,
        name: &str,
        open: impl FnOnce() -> Result<Box<dyn SecretStore>, String>,
    ) -> Result<Profile, Failure> {
        let stored = self.stored(name)?;
        let secret = match &stored.secret {
            Some(secret) => secret.clone(),
            None => open().and_then(|keyring| keyring.get(&stored.key(name))).map_err(|reason| {
                let failure = Failure::usage(format!("the secret of the profile {name:?} is not at hand: {reason}"));
                failure.hint(format!("It is in the keyring. To enter it again: twilio-rooms auth login {name}"))
            })?,
        };
        let Stored { account_sid, api_key, region, edge, .. } = stored.clone();
        Ok(Profile { account_sid, api_key, secret, region, edge })
    }

    /// The profile in use.
    pub(crate) fn current(&self) -> Result<Option<Profile>, Failure> {
        let current = self.current.as_ref().filter(|name| self.profiles.contains_key(*name));
        current.map(|name| self.get(name)).transpose()
    }

    /// Adds a profile, which is in use from now on. Its secret goes to the keyring or, if there is none, to the file; then the
    /// reason is returned.
    pub(crate) fn add(
        &mut self,
        name: &str,
        profile: Profile,
        keyring: Result<Box<dyn SecretStore>, String>,
    ) -> Option<String> {
        let Profile { account_sid, api_key, secret, region, edge } = profile;
        let mut stored = Stored { account_sid, api_key, secret: None, region, edge };
        let reason = keyring.and_then(|keyring| keyring.set(&stored.key(name), &secret)).err();
        if reason.is_some() {
            stored.secret = Some(secret);
        }
        self.profiles.insert(name.to_owned(), stored);
        self.current = Some(name.to_owned());
        reason
    }

    /// Removes a profile. If its secret cannot be removed from the keyring, the reason is returned.
    pub(crate) fn remove(
        &mut self,
        name: &str,
        open: impl FnOnce() -> Result<Box<dyn SecretStore>, String>,
    ) -> Result<Option<String>, Failure> {
        let stored = self.stored(name)?;
        let removed =
            if stored.is_in_keyring() { open().and_then(|keyring| keyring.remove(&stored.key(name))) } else { Ok(()) };
        self.profiles.remove(name);
        self.current = self.current.take().filter(|current| current != name);
        Ok(removed.err())
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

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::HashMap;
    use std::rc::Rc;

    use super::*;

    /// A keyring in memory, or one that fails.
    #[derive(Clone, Default)]
    struct Memory {
        secrets: Rc<RefCell<HashMap<String, String>>>,
        fails: bool,
    }

    impl SecretStore for Memory {
        fn set(&self, name: &str, secret: &str) -> Result<(), String> {
            if self.fails {
                return Err("it is locked".to_owned());
            }
            self.secrets.borrow_mut().insert(name.to_owned(), secret.to_owned());
            Ok(())
        }

        fn get(&self, name: &str) -> Result<String, String> {
            self.secrets.borrow().get(name).cloned().ok_or_else(|| "it has no such secret".to_owned())
        }

        fn remove(&self, name: &str) -> Result<(), String> {
            self.secrets.borrow_mut().remove(name);
            Ok(())
        }
    }

    fn profile(sid: &str) -> Profile {
        let (account_sid, secret) = (Some(sid.to_owned()), format!("secret of {sid}"));
        Profile { account_sid, api_key: None, secret, region: None, edge: None }
    }

    fn said(failure: &Failure) -> String {
        failure.text()
    }

    #[test]
    fn a_secret_is_in_the_keyring_and_not_in_the_file() -> Result<(), String> {
        let keyring = Memory::default();
        let open = || Ok(Box::new(keyring.clone()) as Box<dyn SecretStore>);
        let mut profiles = Profiles::default();
        assert_eq!(profiles.add("main", profile("AC1"), open()), None);
        let file = serde_json::to_string(&profiles).map_err(|error| error.to_string())?;
        assert_eq!(file, r#"{"current":"main","profiles":{"main":{"account_sid":"AC1"}}}"#);
        let profiles: Profiles = serde_json::from_str(&file).map_err(|error| error.to_string())?;
        assert!(profiles.get_with("main", open).map_err(|failure| said(&failure))? == profile("AC1"));
        let mut profiles = profiles;
        assert_eq!(profiles.remove("main", open).map_err(|failure| said(&failure))?, None);
        assert!(keyring.secrets.borrow().is_empty() && profiles.profiles.is_empty() && profiles.current.is_none());
        Ok(())
    }

    #[test]
    fn without_a_keyring_a_secret_is_in_the_file_and_the_reason_is_told() -> Result<(), String> {
        let locked = Memory { fails: true, ..Memory::default() };
        for (keyring, reason) in [
            (Err("there is none".to_owned()), "there is none"),
            (Ok(Box::new(locked) as Box<dyn SecretStore>), "it is locked"),
        ] {
            let mut profiles = Profiles::default();
            assert_eq!(profiles.add("main", profile("AC1"), keyring).as_deref(), Some(reason));
            let unused = || Err("it is not asked".to_owned());
            assert!(profiles.get_with("main", unused).map_err(|failure| said(&failure))? == profile("AC1"));
            assert_eq!(profiles.remove("main", unused).map_err(|failure| said(&failure))?, None);
        }
        Ok(())
    }

    #[test]
    fn a_secret_that_the_keyring_has_lost_is_to_be_entered_again() {
        let open = || Ok(Box::new(Memory::default()) as Box<dyn SecretStore>);
        let mut profiles = Profiles::default();
        profiles.add("main", profile("AC1"), open());
        let failure = profiles.get_with("main", open).err().map(|failure| said(&failure)).unwrap_or_default();
        assert!(failure.contains("it has no such secret"), "{failure}");
        assert!(failure.contains("twilio-rooms auth login main"), "{failure}");
    }

    #[cfg(feature = "keyring")]
    #[test]
    fn the_keyring_keeps_secrets_by_profile_and_sid() -> Result<(), String> {
        let store = keyring_core::mock::Store::new().map_err(|error| error.to_string())?;
        let open = || Ok(Box::new(keyring::Keyring(store.clone())) as Box<dyn SecretStore>);
        let mut profiles = Profiles::default();
        for (name, sid) in [("main", "AC1"), ("other", "AC2")] {
            assert_eq!(profiles.add(name, profile(sid), open()), None);
        }
        assert!(profiles.get_with("main", open).map_err(|failure| said(&failure))? == profile("AC1"));
        assert!(profiles.get_with("other", open).map_err(|failure| said(&failure))? == profile("AC2"));
        let removed = profiles.stored("main").map_err(|failure| said(&failure))?.key("main");
        assert_eq!(profiles.remove("main", open).map_err(|failure| said(&failure))?, None);
        assert_eq!(open()?.get(&removed).err().as_deref(), Some("it has no such secret"));
        assert_eq!(open()?.remove(&removed), Ok(()), "it is removed already");
        Ok(())
    }

    #[cfg(feature = "keyring")]
    #[test]
    fn a_keyring_that_fails_is_told_without_the_secret() -> Result<(), String> {
        use keyring_core::{Entry, Error, mock};

        let store = mock::Store::new().map_err(|error| error.to_string())?;
        let open = || Ok(Box::new(keyring::Keyring(store.clone())) as Box<dyn SecretStore>);
        let fail = |error: Error| -> Result<(), String> {
            let shared: std::sync::Arc<keyring_core::CredentialStore> = store.clone();
            let entry = Entry::new_in_store(&shared, "twilio-rooms", "main AC1").map_err(|error| error.to_string())?;
            let credential = entry.as_any().downcast_ref::<mock::Cred>().ok_or("it is no mock")?;
            credential.set_error(error);
            Ok(())
        };
        let mut profiles = Profiles::default();
        fail(Error::NoStorageAccess("the keyring is locked".into()))?;
        assert_eq!(profiles.add("main", profile("AC1"), open()).as_deref(), Some("the keyring is locked"));
        assert_eq!(profiles.add("main", profile("AC1"), open()), None);
        fail(Error::BadEncoding(b"secret of AC1".to_vec()))?;
        let failure = profiles.get_with("main", open).err().map(|failure| said(&failure)).unwrap_or_default();
        assert!(failure.contains("is damaged") && !failure.contains("secret of AC1"), "{failure}");
        Ok(())
    }
}
