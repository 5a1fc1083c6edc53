//! Files with expected content, such as generated code: their state, and the difference from that content.

use std::fs;
use std::io;
use std::path::Path;

use similar::TextDiff;

use crate::outcome::CouldNotRun;
use crate::text::count;

/// The maximum number of lines of a diff that are shown.
const MAX_DIFF_LINES: usize = 40;

/// The treatment of a file that differs from its expected content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Writes the expected content.
    Write,
    /// Reports the difference, and writes nothing.
    Check,
}

impl Mode {
    /// Returns the mode for the flag `--check`.
    #[must_use]
    pub fn of(check: bool) -> Self {
        if check { Self::Check } else { Self::Write }
    }
}

/// The state of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The file has the expected content.
    Fresh,
    /// The file has this content instead.
    Stale(String),
    /// The file does not exist.
    Missing,
}

impl State {
    /// Compares a file with its expected content.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn of(path: &Path, content: &str) -> Result<Self, CouldNotRun> {
        match fs::read_to_string(path) {
            Ok(current) if current == content => Ok(Self::Fresh),
            Ok(current) => Ok(Self::Stale(current)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::Missing),
            Err(error) => Err(failed("read", path, &error)),
        }
    }

    /// The content of a stale file. Empty for a missing or a fresh one.
    #[must_use]
    pub fn current(&self) -> &str {
        if let Self::Stale(current) = self { current } else { "" }
    }

    /// The name of the state.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Fresh => "Fresh",
            Self::Stale(_) => "Stale",
            Self::Missing => "Missing",
        }
    }

    /// The word for writing a file in this state.
    #[must_use]
    pub fn written(&self) -> &'static str {
        if matches!(self, Self::Missing) { "Created" } else { "Updated" }
    }
}

/// Writes a file. A missing folder is created.
///
/// # Errors
///
/// When the file or its folder cannot be written.
pub fn write(path: &Path, content: &str) -> Result<(), CouldNotRun> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| failed("create", folder, &error))?;
    fs::write(path, content).map_err(|error| failed("write", path, &error))
}

/// Returns the error of an operation on a file: `cannot read spec/rooms.yaml: …`.
#[must_use]
pub fn failed(verb: &str, path: &Path, error: &io::Error) -> CouldNotRun {
    CouldNotRun(format!("cannot {verb} {}: {error}", path.display()))
}

/// Returns the number of added and removed lines: `+28 -1 lines`.
#[must_use]
pub fn changed_lines(current: &str, content: &str) -> String {
    let diff = TextDiff::from_lines(current, content);
    let count = |tag| diff.iter_all_changes().filter(|change| change.tag() == tag).count();
    format!("+{} -{} lines", count(similar::ChangeTag::Insert), count(similar::ChangeTag::Delete))
}

/// Returns a diff of at most 40 lines from the current content to the expected content, which comes from `origin`.
#[must_use]
pub fn short_diff(name: &str, origin: &str, current: &str, content: &str) -> String {
    let diff = TextDiff::from_lines(current, content);
    let unified = diff.unified_diff().context_radius(1).header(name, origin).to_string();
    let mut lines: Vec<&str> = unified.lines().collect();
    let omitted = lines.len().saturating_sub(MAX_DIFF_LINES);
    lines.truncate(MAX_DIFF_LINES);
    let mut short = lines.join("\n");
    if omitted > 0 {
        short = format!("{short}\n… and {} more", count(omitted, "line"));
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_diff_is_truncated_with_the_number_of_omitted_lines() {
        let lines = "line\n".repeat(100);
        let diff = short_diff("generated.rs", "the document", "", &lines);
        assert_eq!(diff.lines().count(), MAX_DIFF_LINES + 1);
        assert!(diff.ends_with("… and 63 lines more"), "{diff}");
    }
}
