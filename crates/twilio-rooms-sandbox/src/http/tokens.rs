//! The bearer tokens that were issued for OAuth client credentials.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;

use crate::model::Timestamp;

/// The validity of a token, in seconds.
pub(crate) const EXPIRES_IN: u32 = 3600;

/// The bearer tokens, without the number at their end.
pub(crate) const BEARER_TOKEN: &str = "5a4db0c5-the-bearer-token-";

/// The bearer tokens that are valid, with the time until when.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    valid: Mutex<HashMap<String, Timestamp>>,
    issued: AtomicU64,
}

impl Tokens {
    pub(crate) fn issue(&self, now: Timestamp) -> String {
        let number = self.issued.fetch_add(1, Ordering::Relaxed) + 1;
        let token = format!("{BEARER_TOKEN}{number}");
        let until = now + TimeDelta::seconds(EXPIRES_IN.into());
        self.valid.lock().unwrap_or_else(PoisonError::into_inner).insert(token.clone(), until);
        token
    }

    pub(crate) fn is_valid(&self, token: &str, now: Timestamp) -> bool {
        let valid = self.valid.lock().unwrap_or_else(PoisonError::into_inner);
        valid.get(token).is_some_and(|until| now < *until)
    }

    pub(crate) fn revoke_all(&self) {
        self.valid.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Returns the number of tokens issued so far.
    pub(crate) fn issued(&self) -> u64 {
        self.issued.load(Ordering::Relaxed)
    }
}
