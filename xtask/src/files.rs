//! Generated files: whether each is as it should be, and what to do about it.

use std::fs;
use std::io;
use std::path::Path;

use similar::TextDiff;

use crate::outcome::CouldNotRun;

/// How many lines of a diff are shown before the rest is counted.
const DIFF_LINES: usize = 40;

/// What to do with a file that is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Check,
}

impl Mode {
    pub(crate) fn of(check: bool) -> Self {
        if check { Self::Check } else { Self::Write }
    }
}

/// How a file is beside what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    Fresh,
    /// It holds something else.
    Stale(String),
    Missing,
}

impl State {
    /// How the file is that should hold this content.
    pub(crate) fn of(path: &Path, content: &str) -> Result<Self, CouldNotRun> {
        match fs::read_to_string(path) {
            Ok(current) if current == content => Ok(Self::Fresh),
            Ok(current) => Ok(Self::Stale(current)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::Missing),
            Err(error) => Err(failed("read", path, &error)),
        }
    }

    /// What the file holds.
    pub(crate) fn current(&self) -> &str {
        if let Self::Stale(current) = self { current } else { "" }
    }

    /// The word for it.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Fresh => "Fresh",
            Self::Stale(_) => "Stale",
            Self::Missing => "Missing",
        }
    }
}

/// Writes the file, and its folder where that is missing.
pub(crate) fn write(path: &Path, content: &str) -> Result<(), CouldNotRun> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| failed("create", folder, &error))?;
    fs::write(path, content).map_err(|error| failed("write", path, &error))
}

pub(crate) fn failed(verb: &str, path: &Path, error: &io::Error) -> CouldNotRun {
    CouldNotRun(format!("cannot {verb} {}: {error}", path.display()))
}

/// How many lines are new and how many are gone: `+28 -1 lines`.
pub(crate) fn changed_lines(current: &str, content: &str) -> String {
    let diff = TextDiff::from_lines(current, content);
    let count = |tag| diff.iter_all_changes().filter(|change| change.tag() == tag).count();
    format!("+{} -{} lines", count(similar::ChangeTag::Insert), count(similar::ChangeTag::Delete))
}

/// A diff of what is there to what the spec says, cut where it gets long.
pub(crate) fn short_diff(name: &str, current: &str, content: &str) -> String {
    short_diff_to(name, "what the spec says", current, content)
}

/// A diff of what is there to what should be, cut where it gets long.
pub(crate) fn short_diff_to(name: &str, truth: &str, current: &str, content: &str) -> String {
    let diff = TextDiff::from_lines(current, content);
    let unified = diff.unified_diff().context_radius(1).header(name, truth).to_string();
    let mut lines: Vec<&str> = unified.lines().collect();
    let rest = lines.len().saturating_sub(DIFF_LINES);
    lines.truncate(DIFF_LINES);
    let mut short = lines.join("\n");
    if rest > 0 {
        short = format!("{short}\n… and {} more", count(rest, "line"));
    }
    short
}

/// `1 error`, `2 errors`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("{number} {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_diff_is_cut_and_the_rest_is_counted() {
        let lines = "line\n".repeat(100);
        let diff = short_diff("generated.rs", "", &lines);
        assert_eq!(diff.lines().count(), DIFF_LINES + 1);
        assert!(diff.ends_with("… and 63 lines more"), "{diff}");
    }
}
