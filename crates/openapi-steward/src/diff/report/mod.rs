//! Reports of the changes: for a terminal, for a pull request, for a program, and as annotations.

mod html;
mod positions;

use std::collections::BTreeMap;

use serde_json::{Value, json};

pub(crate) use self::html::filters;
use self::positions::Positions;
use super::change::{Change, ChangeSeverity, MessageDirection, Surface};
use crate::document::Source;
use crate::report::annotation;
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
    /// A page for reviewers, with the lines of both versions.
    Html,
}

/// The number of documentation changes of one kind above which a report for readers tells their number only.
const MAX_DOCUMENTATION: usize = 3;

/// The changes between two versions of a document.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    pub(crate) old: &'a Source,
    pub(crate) new: &'a Source,
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
            Format::Html => html::page(self),
        }
    }

    /// Returns the number of changes of each severity: `1 breaking, 2 additive`.
    pub(crate) fn summary(&self) -> String {
        let counted = ChangeSeverity::ALL.map(|severity| {
            let number = self.changes.iter().filter(|change| change.severity == severity).count();
            (number > 0).then(|| format!("{number} {severity}"))
        });
        let counted: Vec<String> = counted.into_iter().flatten().collect();
        if counted.is_empty() { "no changes".to_owned() } else { counted.join(", ") }
    }

    /// The entries of a page, for a page of several reports. Their ids begin with the prefix.
    pub(crate) fn entries(&self, prefix: &str) -> maud::Markup {
        html::entries(self, prefix)
    }

    fn human(&self) -> String {
        let (old, new) = (Positions::of(self.old), Positions::of(self.new));
        let line = |line: &Line<'_>| {
            let change = line.first;
            let at = match (change.is_removal(), change.old, change.new) {
                (true, Some(byte), _) | (false, Some(byte), None) => Some(old.of_byte(byte)),
                (_, _, Some(byte)) => Some(new.of_byte(byte)),
                _ => None,
            };
            let at = at.map_or_else(String::new, |(path, line)| format!("  ({path}:{line})"));
            format!("{:>13}  {:5}  {}{at}", change.severity, change.surface.name(), line.text())
        };
        let versions = self.versions.iter().map(|version| format!("{:>13}  {version}", "version"));
        let lines: Vec<String> = lines(self.changes).iter().map(line).chain(versions).collect();
        lines.join("\n")
    }

    fn markdown(&self) -> String {
        let mut text = vec![format!("### Changes of the document: {}", self.summary())];
        let lines = lines(self.changes);
        for severity in ChangeSeverity::ALL {
            let of_severity = || lines.iter().filter(move |line| line.first.severity == severity);
            let number: usize = of_severity().map(|line| line.number).sum();
            if number > 0 {
                text.push(format!("\n**{severity}** ({})\n", count(number, "change")));
            }
            text.extend(of_severity().map(|line| format!("- {}: {}", line.first.surface.name(), line.markdown())));
        }
        text.extend(self.versions.iter().map(|version| format!("\n{version}")));
        text.join("\n")
    }

    fn json(&self) -> String {
        let (old, new) = (Positions::of(self.old), Positions::of(self.new));
        let position = |positions: &Positions<'_>, byte: Option<usize>| match byte.map(|byte| positions.of_byte(byte)) {
            Some((file, line)) => json!({ "file": file, "line": line }),
            None => Value::Null,
        };
        let changes: Vec<_> = self
            .changes
            .iter()
            .map(|change| {
                json!({
                    "surface": change.surface.name(),
                    "severity": change.severity.name(),
                    "kind": change.kind,
                    "direction": change.direction.map(MessageDirection::name),
                    "item": change.item,
                    "change": change.predicate,
                    "before": change.before,
                    "after": change.after,
                    "used-by": change.used_by,
                    "accepted": change.accepted,
                    "fingerprint": change.fingerprint(),
                    "old": position(&old, change.old),
                    "new": position(&new, change.new),
                })
            })
            .collect();
        format!("{:#}", json!({ "changes": changes, "versions": self.versions }))
    }

    fn github(&self) -> String {
        let new = Positions::of(self.new);
        let annotated = self.changes.iter().filter(|change| change.severity <= ChangeSeverity::Notice).map(|change| {
            let level = if change.severity == ChangeSeverity::Breaking { "error" } else { "warning" };
            // Something that was removed is at the object that lost it.
            let (path, line) = match change.new {
                Some(byte) => new.of_byte(byte),
                None => (self.new.path.as_str(), 0),
            };
            let mut properties = vec![("file", path.to_owned())];
            if line > 0 {
                properties.push(("line", line.to_string()));
            }
            properties.push(("title", change.severity.to_string()));
            let line = Line { first: change, number: 1 };
            annotation(level, &properties, &line.text())
        });
        annotated.collect::<Vec<_>>().join("\n")
    }
}

impl Change {
    /// Returns whether the subject is no longer in the new version.
    fn is_removal(&self) -> bool {
        let is_gone = self.predicate.starts_with("was removed") || self.predicate.starts_with("were removed");
        is_gone || ["media-type-removed", "alternatives-removed"].contains(&self.kind)
    }
}

/// A line for readers: a change, or several changes of documentation.
struct Line<'a> {
    first: &'a Change,
    number: usize,
}

impl Line<'_> {
    fn text(&self) -> String {
        let Change { item, predicate, .. } = self.first;
        if self.number > 1 {
            return format!("{} {predicate} in {}", root_of(self.first), count(self.number, "place"));
        }
        format!("{item} {predicate}{}", self.users())
    }

    fn markdown(&self) -> String {
        let Change { item, predicate, .. } = self.first;
        if self.number > 1 {
            return format!(
                "`{}` {predicate} in {}",
                root_of(self.first).replace('`', ""),
                count(self.number, "place")
            );
        }
        format!("`{}` {predicate}{}", item.replace('`', ""), self.users())
    }

    /// The operations that use the item. One that is a part of the name needs no mention.
    fn users(&self) -> String {
        let users = &self.first.used_by;
        match users.as_slice() {
            [] => String::new(),
            _ if self.first.item.starts_with("every operation") => String::new(),
            _ if self.first.operation.is_some() => format!(" · {}", listed(users)),
            [only] => format!(" · used by {only}"),
            all => format!(" · used by {} operations", all.len()),
        }
    }
}

/// Lists a few operations.
fn listed(operations: &[String]) -> String {
    let shown = operations.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    let more = operations.len().saturating_sub(3);
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

/// The component or the operation that a change belongs to.
fn root_of(change: &Change) -> &str {
    match &change.component {
        Some(("schemas", name)) => name,
        _ => change.item.split(", ").next().unwrap_or(&change.item),
    }
}

/// Returns the lines of a report. Many changes of the texts of one component are one line.
fn lines(changes: &[Change]) -> Vec<Line<'_>> {
    let key = |change: &Change| {
        let is_text = change.severity == ChangeSeverity::Documentation && change.surface == Surface::Wire;
        is_text.then(|| (root_of(change).to_owned(), change.predicate.clone()))
    };
    let mut numbers: BTreeMap<(String, String), usize> = BTreeMap::new();
    for key in changes.iter().filter_map(key) {
        *numbers.entry(key).or_default() += 1;
    }
    let mut lines = Vec::new();
    for change in changes {
        let number = key(change).map(|key| numbers.get(&key).copied().unwrap_or_default());
        match number {
            Some(0) => {}
            Some(number) if number > MAX_DOCUMENTATION => {
                lines.push(Line { first: change, number });
                if let Some(key) = key(change) {
                    numbers.insert(key, 0);
                }
            }
            _ => lines.push(Line { first: change, number: 1 }),
        }
    }
    lines
}
