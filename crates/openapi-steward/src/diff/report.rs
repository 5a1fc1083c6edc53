//! Reports of the changes: for a terminal, for a pull request, for a program, and as annotations.

use serde_json::json;

use super::change::{Change, Location, Weight};
use crate::text::count;

/// The format of a list of changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
#[non_exhaustive]
pub enum Format {
    /// For a person at a terminal.
    #[default]
    Human,
    /// For the text of a pull request.
    Markdown,
    /// For a program.
    Json,
    /// Annotations of GitHub Actions, on the lines of the new version.
    Github,
}

/// The changes between two versions of a document, each of which has a name and a text.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    pub(crate) old: (&'a str, &'a str),
    pub(crate) new: (&'a str, &'a str),
    pub(crate) changes: &'a [Change],
    /// A sentence about the version of each crate.
    pub(crate) versions: &'a [String],
}

impl Report<'_> {
    pub(crate) fn render(&self, format: Format) -> String {
        match format {
            Format::Human => self.human(),
            Format::Markdown => self.markdown(),
            Format::Json => self.json(),
            Format::Github => self.github(),
        }
    }

    /// Returns the number of changes of each weight: `1 breaking, 2 additive`.
    pub(crate) fn summary(&self) -> String {
        let counted = Weight::ALL.map(|weight| {
            let number = self.changes.iter().filter(|change| change.weight == weight).count();
            (number > 0).then(|| format!("{number} {weight}"))
        });
        let counted: Vec<String> = counted.into_iter().flatten().collect();
        if counted.is_empty() { "no changes".to_owned() } else { counted.join(", ") }
    }

    fn human(&self) -> String {
        let line = |change: &Change| {
            let place =
                self.place(&change.location).map_or_else(String::new, |(path, line)| format!("  ({path}:{line})"));
            format!("{:>13}  {:5}  {} {}{place}", change.weight, change.surface.name(), change.what, change.how)
        };
        let versions = self.versions.iter().map(|version| format!("{:>13}  {version}", "version"));
        let lines: Vec<String> = self.changes.iter().map(line).chain(versions).collect();
        lines.join("\n")
    }

    fn markdown(&self) -> String {
        let mut lines = vec![format!("### Changes of the document: {}", self.summary())];
        for weight in Weight::ALL {
            let changes: Vec<&Change> = self.changes.iter().filter(|change| change.weight == weight).collect();
            if !changes.is_empty() {
                lines.push(format!("\n**{weight}** ({})\n", count(changes.len(), "change")));
            }
            lines.extend(changes.iter().map(|change| {
                format!("- {}: `{}` {}", change.surface.name(), change.what.replace('`', ""), change.how)
            }));
        }
        lines.extend(self.versions.iter().map(|version| format!("\n{version}")));
        lines.join("\n")
    }

    fn json(&self) -> String {
        let changes: Vec<_> = self
            .changes
            .iter()
            .map(|change| {
                let place = self.place(&change.location);
                json!({
                    "surface": change.surface.name(),
                    "weight": change.weight.name(),
                    "what": change.what,
                    "how": change.how,
                    "file": place.as_ref().map(|(path, _)| path),
                    "line": place.as_ref().map(|(_, line)| line),
                })
            })
            .collect();
        format!("{:#}", json!({ "changes": changes, "versions": self.versions }))
    }

    fn github(&self) -> String {
        let annotated = self.changes.iter().filter(|change| change.weight <= Weight::Notice).map(|change| {
            let level = if change.weight == Weight::Breaking { "error" } else { "warning" };
            // Something that was removed has no line in the new version.
            let place = match (&change.location, self.place(&change.location)) {
                (Location::New(_), Some((path, line))) => format!(" file={path},line={line},"),
                _ => format!(" file={},", self.new.0),
            };
            format!("::{level}{place}title={}::{} {}", change.weight, change.what, change.how)
        });
        annotated.collect::<Vec<_>>().join("\n")
    }

    /// Returns the file and the line.
    fn place(&self, location: &Location) -> Option<(String, usize)> {
        let ((path, text), byte) = match location {
            Location::Old(byte) => (self.old, *byte),
            Location::New(byte) => (self.new, *byte),
            Location::Nowhere => return None,
        };
        let line = 1 + text.as_bytes().iter().take(byte).filter(|byte| **byte == b'\n').count();
        Some((path.to_owned(), line))
    }
}
