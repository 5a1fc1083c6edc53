//! The keyring of the platform: the Secret Service of Linux desktops, the Keychain of macOS, the Credential Manager of Windows.

/// A place for secrets. Errors are reasons to tell people.
pub(crate) trait SecretStore {
    fn set(&self, name: &str, secret: &str) -> Result<(), String>;

    fn get(&self, name: &str) -> Result<String, String>;

    /// Removes the secret. It is no error if there is none.
    fn remove(&self, name: &str) -> Result<(), String>;
}

/// Opens the keyring of the platform, or tells why there is none.
#[cfg(feature = "keyring")]
pub(crate) fn open() -> Result<Box<dyn SecretStore>, String> {
    platform::open().map(|keyring| Box::new(keyring) as Box<dyn SecretStore>)
}

/// This build has no keyring.
#[cfg(not(feature = "keyring"))]
pub(crate) fn open() -> Result<Box<dyn SecretStore>, String> {
    Err("this program was built without the feature `keyring`".to_owned())
}

#[cfg(all(test, feature = "keyring"))]
pub(crate) use self::platform::Keyring;

#[cfg(feature = "keyring")]
mod platform {
    use std::sync::Arc;

    use keyring_core::{CredentialStore, Entry, Error};

    use super::SecretStore;

    /// The name under which the keyring lists the secrets.
    const SERVICE: &str = "twilio-rooms";

    /// A keyring.
    pub(crate) struct Keyring(pub(crate) Arc<CredentialStore>);

    pub(super) fn open() -> Result<Keyring, String> {
        #[cfg(target_os = "macos")]
        let store = || apple_native_keyring_store::keychain::Store::new();
        #[cfg(windows)]
        let store = || windows_native_keyring_store::Store::new();
        #[cfg(not(any(target_os = "macos", windows)))]
        let store = || zbus_secret_service_keyring_store::Store::new();
        apart(move || store().map(|store| Keyring(store)).map_err(|error| describe(&error)))
    }

    impl Keyring {
        fn entry<T: Send + 'static>(
            &self,
            name: &str,
            run: impl FnOnce(Entry) -> Result<T, Error> + Send + 'static,
        ) -> Result<T, String> {
            let (store, name) = (Arc::clone(&self.0), name.to_owned());
            apart(move || Entry::new_in_store(&store, SERVICE, &name).and_then(run).map_err(|error| describe(&error)))
        }
    }

    impl SecretStore for Keyring {
        fn set(&self, name: &str, secret: &str) -> Result<(), String> {
            let secret = secret.to_owned();
            self.entry(name, move |entry| entry.set_password(&secret))
        }

        fn get(&self, name: &str) -> Result<String, String> {
            self.entry(name, |entry| entry.get_password())
        }

        fn remove(&self, name: &str) -> Result<(), String> {
            self.entry(name, |entry| match entry.delete_credential() {
                Err(Error::NoEntry) => Ok(()),
                result => result,
            })
        }
    }

    /// Runs on a thread of its own: the stores block, which the thread of the runtime must not.
    fn apart<T: Send + 'static>(run: impl FnOnce() -> Result<T, String> + Send + 'static) -> Result<T, String> {
        std::thread::spawn(run).join().unwrap_or_else(|_| Err("the keyring failed".to_owned()))
    }

    /// The error without its data, which can have parts of a secret.
    fn describe(error: &Error) -> String {
        match error {
            Error::NoEntry => "it has no such secret".to_owned(),
            Error::BadEncoding(_) | Error::BadDataFormat(..) => "the secret in it is damaged".to_owned(),
            Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => cause.to_string(),
            other => other.to_string(),
        }
    }
}
