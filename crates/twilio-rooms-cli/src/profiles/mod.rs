//! Profiles: credentials by name, in a file that only its owner can read. Secrets are in the keyring of the platform if there is one.

mod file;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use twilio_rooms::{ClientBuilder, Credentials};

use crate::failure::Failure;
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
        Ok(file::read()?.unwrap_or_default())
    }

    /// Writes the file for its owner alone, and returns its path.
    pub(crate) fn save(&self) -> Result<PathBuf, Failure> {
        file::write(self)
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
