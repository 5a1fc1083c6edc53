//! Generated files: their state, and the difference from the content that they should have.

use std::fs;
use std::io;
use std::path::Path;

use similar::TextDiff;

use crate::outcome::CouldNotRun;
use crate::text::count;

/// How many lines of a diff are shown before the rest is counted.
const DIFF_LINES: usize = 40;

/// The treatment of a file that differs from the content that it should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Writes it.
    Write,
    /// Reports it, and writes nothing.
    Check,
}

impl Mode {
    /// The mode of a command with this flag `--check`.
    #[must_use]
    pub fn of(check: bool) -> Self {
        if check { Self::Check } else { Self::Write }
    }
}

/// The state of a file beside the content that it should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It holds that content.
    Fresh,
    /// It holds another content, which is this one.
    Stale(String),
    /// There is no such file.
    Missing,
}

impl State {
    /// Compares a file with the content that it should have.
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

    /// The content of a stale file.
    #[must_use]
    pub fn current(&self) -> &str {
        if let Self::Stale(current) = self { current } else { "" }
    }

    /// A word for the state.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Fresh => "Fresh",
            Self::Stale(_) => "Stale",
            Self::Missing => "Missing",
        }
    }
}

/// Writes the file, and creates its folder if that is missing.
///
/// # Errors
///
/// When the file or its folder cannot be written.
pub fn write(path: &Path, content: &str) -> Result<(), CouldNotRun> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| failed("create", folder, &error))?;
    fs::write(path, content).map_err(|error| failed("write", path, &error))
}

/// The error of an operation on a file: `cannot read spec/rooms.yaml: …`.
#[must_use]
pub fn failed(verb: &str, path: &Path, error: &io::Error) -> CouldNotRun {
    CouldNotRun(format!("cannot {verb} {}: {error}", path.display()))
}

/// The number of added and removed lines: `+28 -1 lines`.
#[must_use]
pub fn changed_lines(current: &str, content: &str) -> String {
    let diff = TextDiff::from_lines(current, content);
    let count = |tag| diff.iter_all_changes().filter(|change| change.tag() == tag).count();
    format!("+{} -{} lines", count(similar::ChangeTag::Insert), count(similar::ChangeTag::Delete))
}

/// A diff from the current content to the one of `origin`, of at most 40 lines.
#[must_use]
pub fn short_diff(name: &str, origin: &str, current: &str, content: &str) -> String {
    let diff = TextDiff::from_lines(current, content);
    let unified = diff.unified_diff().context_radius(1).header(name, origin).to_string();
    let mut lines: Vec<&str> = unified.lines().collect();
    let rest = lines.len().saturating_sub(DIFF_LINES);
    lines.truncate(DIFF_LINES);
    let mut short = lines.join("\n");
    if rest > 0 {
        short = format!("{short}\n… and {} more", count(rest, "line"));
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_diff_is_cut_and_the_rest_is_counted() {
        let lines = "line\n".repeat(100);
        let diff = short_diff("generated.rs", "the document", "", &lines);
        assert_eq!(diff.lines().count(), DIFF_LINES + 1);
        assert!(diff.ends_with("… and 63 lines more"), "{diff}");
    }
}
