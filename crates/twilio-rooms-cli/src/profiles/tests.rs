//! Profiles with their secrets in a keyring, and without one.

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
    failure.text(false)
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
