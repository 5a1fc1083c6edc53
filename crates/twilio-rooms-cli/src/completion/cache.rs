//! A cache in a folder that only its owner can read.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};

use chrono::{DateTime, TimeDelta, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::folders;

/// The age from which rooms are asked for again.
const NEW: TimeDelta = TimeDelta::minutes(1);

/// A value of the cache.
pub(super) struct Cached<T> {
    pub(super) value: T,
    /// It is at most a minute old.
    pub(super) is_new: bool,
}

/// The contents of a file.
#[derive(Serialize, Deserialize)]
struct Stored<T> {
    read_at: DateTime<Utc>,
    value: T,
}

/// The value with this name; `None` if there is none that can be read.
pub(super) fn read<T: DeserializeOwned>(name: &str) -> Option<Cached<T>> {
    let text = fs::read_to_string(folders::cache().ok()?.join(name)).ok()?;
    let Stored { read_at, value } = serde_json::from_str(&text).ok()?;
    Some(Cached { value, is_new: is_new(read_at, Utc::now()) })
}

/// A time in the future is that of another clock.
fn is_new(read_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let age = now - read_at;
    TimeDelta::zero() <= age && age <= NEW
}

/// Keeps a value under this name.
pub(super) fn write<T: Serialize>(name: &str, read_at: DateTime<Utc>, value: &T) -> io::Result<()> {
    let folder = folders::cache().map_err(|_| io::ErrorKind::NotFound)?;
    let text = serde_json::to_string(&Stored { read_at, value })?;
    let mut folders = fs::DirBuilder::new();
    folders.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folders, 0o700);
    folders.create(&folder)?;
    // Another program may write the same: each has its own file until it is whole.
    let new = folder.join(format!("{name}.{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&new)?.write_all(text.as_bytes())?;
    fs::rename(&new, folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_is_new() {
        let now = DateTime::UNIX_EPOCH;
        let ages = [-1, 0, 60, 61].map(|seconds| is_new(now - TimeDelta::seconds(seconds), now));
        assert_eq!(ages, [false, true, true, false]);
    }
}
