//! The changes as text: for a terminal, for a pull request, for a program, and as annotations.

use serde_json::json;

use super::change::{At, Change, Weight};
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

/// Two versions of the spec, by name and text, and what lies between them.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    pub(crate) old: (&'a str, &'a str),
    pub(crate) new: (&'a str, &'a str),
    pub(crate) changes: &'a [Change],
    /// What the version of each crate has to be, in words.
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

    /// How many changes there are of each weight.
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
            let place = self.place(&change.at).map_or_else(String::new, |(path, line)| format!("  ({path}:{line})"));
            format!("{:>13}  {:5}  {} {}{place}", change.weight, change.surface.name(), change.what, change.how)
        };
        let versions = self.versions.iter().map(|version| format!("{:>13}  {version}", "version"));
        let lines: Vec<String> = self.changes.iter().map(line).chain(versions).collect();
        lines.join("\n")
    }

    fn markdown(&self) -> String {
        let mut lines = vec![format!("### Changes of the spec: {}", self.summary())];
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
                let place = self.place(&change.at);
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
            // What is gone has no line in the new version.
            let place = match (&change.at, self.place(&change.at)) {
                (At::New(_), Some((path, line))) => format!(" file={path},line={line},"),
                _ => format!(" file={},", self.new.0),
            };
            format!("::{level}{place}title={}::{} {}", change.weight, change.what, change.how)
        });
        annotated.collect::<Vec<_>>().join("\n")
    }

    /// The file and the line.
    fn place(&self, at: &At) -> Option<(String, usize)> {
        let ((path, text), byte) = match at {
            At::Old(byte) => (self.old, *byte),
            At::New(byte) => (self.new, *byte),
            At::Nowhere => return None,
        };
        let line = 1 + text.as_bytes().iter().take(byte).filter(|byte| **byte == b'\n').count();
        Some((path.to_owned(), line))
    }
}
