//! The table of what differs on purpose: in its last column, the differences that each row stands for.

use super::compare::Difference;
use crate::spec::{Diagnostic, Severity, Span};

/// A pattern of the table, such as `Room.*: nullable`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    pattern: String,
    /// Where it stands in the table.
    at: Span,
}

/// The column that has them.
const COLUMN: &str = "checked as";

/// The patterns of the tables that have a column for them.
pub(super) fn rows(markdown: &str) -> Vec<Listed> {
    let (mut rows, mut start, mut in_table) = (Vec::new(), 0, false);
    for line in markdown.split_inclusive('\n') {
        let cells = line.trim().strip_prefix('|').and_then(|rest| rest.strip_suffix('|'));
        match cells.and_then(|cells| cells.rsplit('|').next()) {
            None => in_table = false,
            Some(last) if last.trim() == COLUMN => in_table = true,
            Some(last) if in_table => {
                let offset = start + line.rfind(last).unwrap_or_default();
                rows.extend(quoted(last).map(|span| Listed {
                    pattern: last[span.clone()].to_owned(),
                    at: offset + span.start..offset + span.end,
                }));
            }
            Some(_) => {}
        }
        start += line.len();
    }
    rows
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = Span> {
    let ticks: Vec<usize> = text.match_indices('`').map(|(at, _)| at).collect();
    let pairs: Vec<Span> = ticks.chunks_exact(2).map(|pair| pair[0] + 1..pair[1]).collect();
    pairs.into_iter()
}

impl Listed {
    pub(super) fn stands_for(&self, difference: &Difference) -> bool {
        matches(&self.pattern, &difference.name())
    }

    /// That it stands for nothing any more.
    pub(super) fn stale(&self) -> Diagnostic {
        let finding = Diagnostic::new(format!("`{}` is no difference any more", self.pattern), self.at.clone());
        Diagnostic { severity: Severity::Warning, ..finding.help("remove it from the table, or mend it") }
    }
}

/// Whether a name matches a pattern, in which `*` stands for any characters.
fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_from_the_last_column_of_the_table() {
        let table = "\
| here | there | checked as |
| --- | --- | --- |
| `2XX` | `200` | `*: success` |
| a | b | `Room.sid: required`, `Room.sid: nullable` |

| `no` | `table` |
";
        let found = rows(table);
        let patterns: Vec<&str> = found.iter().map(|row| row.pattern.as_str()).collect();
        assert_eq!(patterns, ["*: success", "Room.sid: required", "Room.sid: nullable"]);
        assert!(found.iter().all(|row| table[row.at.clone()] == row.pattern));
    }

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, name) in
            [("Room.*: nullable", "Room.sid: nullable"), ("*: tags", "x: tags"), ("a", "a"), ("a*b*c", "abc")]
        {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in
            [("Room.*: nullable", "Room.sid: type"), ("a", "ab"), ("*b", "ba"), ("Room.*", "RoomPage.x")]
        {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }
}
