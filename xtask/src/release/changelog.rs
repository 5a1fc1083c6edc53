//! The changelog: the section of the version that is released.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use openapi_steward::cli;

use super::{Notes, read, versions};
use crate::packages::published_in_order;

/// The heading of what is not released yet.
const UNRELEASED: &str = "Unreleased";

/// Checks that the changelog has a section for the version, or one for the next release.
pub(super) fn check(notes: &mut Notes) -> Result<(), String> {
    let packages = published_in_order()?;
    let version = versions::one_version(&packages)?;
    let changelog = read("CHANGELOG.md").map_err(|error| error.0)?;
    if section(&changelog, version)? == Section::Unreleased {
        notes.reminders.push(format!(
            "the changelog has no section {version} yet: the release's pull request turns `{UNRELEASED}` into it, with the date"
        ));
    }
    Ok(())
}

/// Writes the section of the version to a file, and its tag to the file with the outputs of a step.
pub(super) fn write_notes(file: &Path, outputs: Option<&Path>) -> Result<(), String> {
    let packages = published_in_order()?;
    let version = versions::one_version(&packages)?;
    let changelog = read("CHANGELOG.md").map_err(|error| error.0)?;
    if section(&changelog, version)? == Section::Unreleased {
        return Err(format!("CHANGELOG.md has no section `{version} - YYYY-MM-DD`"));
    }
    cli::write(file, &notes_of(&changelog, version)).map_err(|error| error.0)?;
    let Some(outputs) = outputs else { return Ok(()) };
    let appended = fs::OpenOptions::new().append(true).create(true).open(outputs);
    let appended = appended.and_then(|mut outputs| writeln!(outputs, "tag=v{version}"));
    appended.map_err(|error| format!("cannot write to {}: {error}", outputs.display()))
}

/// The text below the heading of a version.
fn notes_of(changelog: &str, version: &str) -> String {
    let is_own =
        |line: &&str| line.strip_prefix("## ").is_some_and(|heading| heading.split(' ').next() == Some(version));
    let lines = changelog.lines().skip_while(|line| !is_own(line)).skip(1);
    let lines: Vec<&str> = lines.take_while(|line| !line.starts_with("## ")).collect();
    format!("{}\n", lines.join("\n").trim())
}

/// The section that describes the release.
#[derive(Debug, PartialEq, Eq)]
enum Section<'a> {
    /// It has the date of the release.
    Dated(&'a str),
    /// The release's pull request gives it its version and its date.
    Unreleased,
}

/// The text below a heading of the second level.
struct Part<'a> {
    heading: &'a str,
    is_empty: bool,
}

fn section<'a>(changelog: &'a str, version: &str) -> Result<Section<'a>, String> {
    let parts = parts(changelog);
    let unreleased = parts.iter().position(|part| part.heading == UNRELEASED);
    if unreleased.is_some_and(|index| index > 0) {
        return Err(format!("CHANGELOG.md: `{UNRELEASED}` is not the first section"));
    }
    let has_unreleased = unreleased.is_some_and(|index| !parts[index].is_empty);
    let Some(part) = parts.iter().find(|part| part.heading.split(' ').next() == Some(version)) else {
        if has_unreleased {
            return Ok(Section::Unreleased);
        }
        return Err(format!("CHANGELOG.md has no section `{version} - YYYY-MM-DD`, and nothing in `{UNRELEASED}`"));
    };
    let date = part.heading.split_once(" - ").map_or("", |(_, date)| date);
    if !is_date(date) {
        return Err(format!(
            "CHANGELOG.md: `{}` does not end in a date, as `{version} - YYYY-MM-DD` does",
            part.heading
        ));
    }
    if part.is_empty {
        return Err(format!("CHANGELOG.md: the section `{}` is empty", part.heading));
    }
    if has_unreleased {
        return Err(format!("CHANGELOG.md: `{UNRELEASED}` has entries that the section {version} lacks"));
    }
    Ok(Section::Dated(date))
}

fn parts(changelog: &str) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for line in changelog.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            parts.push(Part { heading, is_empty: true });
        } else if let (false, Some(part)) = (line.is_empty() || line.starts_with('#'), parts.last_mut()) {
            part.is_empty = false;
        }
    }
    parts
}

/// Returns whether the text is a date such as `2026-11-01`.
fn is_date(text: &str) -> bool {
    let numbers: Vec<Option<u32>> = text.split('-').map(|part| part.parse().ok()).collect();
    let [Some(year), Some(month), Some(day)] = numbers[..] else { return false };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    text.len() == 10 && (2000..=9999).contains(&year) && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_section_of_a_release_has_its_date() {
        let dated = "# Changelog\n\n## Unreleased\n\n## 1.2.3 - 2026-11-01\n\n### Added\n\n- One.\n\n## 1.2.2 - 2026-10-01\n\n- Two.\n";
        assert_eq!(section(dated, "1.2.3"), Ok(Section::Dated("2026-11-01")));
        assert_eq!(notes_of(dated, "1.2.3"), "### Added\n\n- One.\n");
        assert_eq!(notes_of(dated, "1.2.2"), "- Two.\n");
        assert_eq!(section("# Changelog\n\n## Unreleased\n\n- One.\n", "1.2.3"), Ok(Section::Unreleased));
    }

    #[test]
    fn a_changelog_that_does_not_fit_the_version_is_a_finding() {
        for (changelog, finding) in [
            ("## Unreleased\n\n## 1.2.2 - 2026-10-01\n\n- Two.\n", "has no section `1.2.3 - YYYY-MM-DD`"),
            ("## 1.2.3\n\n- One.\n", "does not end in a date"),
            ("## 1.2.3 - 2026-02-29\n\n- One.\n", "does not end in a date"),
            ("## 1.2.3 - 2026-11-01\n\n### Added\n", "is empty"),
            (
                "## Unreleased\n\n- Two.\n\n## 1.2.3 - 2026-11-01\n\n- One.\n",
                "has entries that the section 1.2.3 lacks",
            ),
            ("## 1.2.3 - 2026-11-01\n\n- One.\n\n## Unreleased\n", "is not the first section"),
        ] {
            assert!(section(changelog, "1.2.3").is_err_and(|found| found.contains(finding)), "{changelog}");
        }
    }

    #[test]
    fn a_date_exists_in_the_calendar() {
        for date in ["2024-02-29", "2026-12-31"] {
            assert!(is_date(date), "{date}");
        }
        for date in
            ["", "2026-2-1", "2026-13-01", "2026-04-31", "2026-00-10", "2026-11-00", "2026-11-01-01", "tomorrow"]
        {
            assert!(!is_date(date), "{date}");
        }
    }
}
