//! The days that an export has finished.
//!
//! Each day has a file of its own, so that exports of other days to the same folder do not meet.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::failures::failed;
use crate::failure::Failure;

/// The files about days.
pub(super) struct Journal {
    folder: PathBuf,
}

/// A day that was exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The extension of its files.
    pub(super) format: String,
    /// The time at which it began to be read.
    pub(super) read_at: DateTime<Utc>,
    pub(super) rooms: u64,
    pub(super) participants: u64,
    pub(super) recordings: u64,
    pub(super) in_progress: u64,
}

impl Journal {
    pub(super) fn new(export: &Path) -> Self {
        Self { folder: export.join("journal") }
    }

    /// The entry of a day; `None` if it was never finished.
    pub(super) fn get(&self, day: NaiveDate) -> Result<Option<Entry>, Failure> {
        let file = self.file(day);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed("read", &file, &error)),
        };
        serde_json::from_str(&text).map(Some).map_err(|error| {
            let failure = Failure::usage(format!("{} is not valid: {error}", file.display()));
            failure.hint("Remove it, and the day is exported again.")
        })
    }

    /// Removes the entry of a day before its files are replaced.
    pub(super) fn forget(&self, day: NaiveDate) -> Result<(), Failure> {
        let file = self.file(day);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed("remove", &file, &error)),
            _ => Ok(()),
        }
    }

    /// Notes that the files of a day are whole, after they have their names.
    pub(super) fn set(&self, day: NaiveDate, entry: &Entry) -> Result<(), Failure> {
        let file = self.file(day);
        let new = file.with_extension("json.partial");
        let text = serde_json::to_string(entry).map_err(io::Error::from)?;
        let write = || {
            fs::create_dir_all(&self.folder)?;
            let mut out = File::create(&new)?;
            out.write_all(format!("{text}\n").as_bytes())?;
            out.sync_all()?;
            fs::rename(&new, &file)
        };
        write().map_err(|error| {
            let _ = fs::remove_file(&new);
            failed("write", &file, &error)
        })
    }

    fn file(&self, day: NaiveDate) -> PathBuf {
        self.folder.join(format!("{day}.json"))
    }
}
