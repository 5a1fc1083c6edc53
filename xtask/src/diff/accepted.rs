//! Breaking changes that are meant, each listed once with its reason.

use std::fs;
use std::io;
use std::path::Path;

use super::change::{Change, Weight};
use crate::files;
use crate::outcome::CouldNotRun;
use crate::spec::{Node, parse_yaml};

/// Where they are listed, beside the spec.
pub(super) const FILE: &str = "spec/accepted-breaks.yaml";

/// A breaking change that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Accepted {
    line: usize,
    what: String,
    how: String,
    reason: String,
}

impl Accepted {
    /// Whether this is the change that is meant.
    fn means(&self, change: &Change) -> bool {
        change.weight == Weight::Breaking && self.what == change.what && self.how == change.how
    }
}

/// Reads the list; there may be none.
pub(super) fn read(path: &Path) -> Result<Vec<Accepted>, CouldNotRun> {
    match fs::read_to_string(path) {
        Ok(text) => parse(&text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(files::failed("read", path, &error)),
    }
}

fn parse(text: &str) -> Result<Vec<Accepted>, CouldNotRun> {
    let line = |byte: usize| 1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count();
    let root = parse_yaml(text)
        .map_err(|finding| CouldNotRun(format!("{FILE}:{}: {}", line(finding.span.start), finding.message)))?;
    let accepted = root.items().iter().map(|item| {
        let field = |name: &str| {
            let text = item.get(name).and_then(Node::str).filter(|text| !text.trim().is_empty());
            text.map(str::to_owned).ok_or_else(|| {
                CouldNotRun(format!(
                    "{FILE}:{}: an entry without `{name}`: it needs what, how and reason",
                    line(item.span.start)
                ))
            })
        };
        Ok(Accepted { line: line(item.span.start), what: field("what")?, how: field("how")?, reason: field("reason")? })
    });
    accepted.collect()
}

/// Where the entries are that mean none of the changes: what they meant has been merged, or taken back. Without any change
/// there is nothing that they could mean, as on the main branch after a merge, and they may stay until the next.
pub(super) fn stale(changes: &[Change], accepted: &[Accepted]) -> Vec<String> {
    let is_stale = |one: &&Accepted| !changes.is_empty() && !changes.iter().any(|change| one.means(change));
    accepted.iter().filter(is_stale).map(|one| format!("{FILE}:{}: {}", one.line, one.what)).collect()
}

/// The changes, with those that are meant as notices that say why.
pub(super) fn apply(changes: Vec<Change>, accepted: &[Accepted]) -> Vec<Change> {
    let mut changes: Vec<Change> = changes
        .into_iter()
        .map(|change| match accepted.iter().find(|one| one.means(&change)) {
            Some(one) => {
                Change { weight: Weight::Notice, how: format!("{}; accepted: {}", change.how, one.reason), ..change }
            }
            None => change,
        })
        .collect();
    changes.sort_by_key(|change| change.weight);
    changes
}

#[cfg(test)]
mod tests {
    use super::super::change::{At, Surface};
    use super::*;

    #[test]
    fn what_is_meant_is_a_notice_with_its_reason_and_nothing_else_is() -> Result<(), CouldNotRun> {
        let list = parse("- what: Room.sid\n  how: is gone\n  reason: Nobody had it.\n")?;
        let change = |what: &str, weight| Change {
            surface: Surface::Wire,
            weight,
            what: what.to_owned(),
            how: "is gone".to_owned(),
            at: At::Nowhere,
        };
        let changes = vec![change("Room.sid", Weight::Breaking), change("Room.status", Weight::Breaking)];
        let said: Vec<String> = apply(changes, &list)
            .into_iter()
            .map(|change| format!("{} {} {}", change.weight, change.what, change.how))
            .collect();
        assert_eq!(said, ["breaking Room.status is gone", "notice Room.sid is gone; accepted: Nobody had it."]);
        Ok(())
    }

    #[test]
    fn an_entry_for_what_does_not_break_is_left_over_unless_nothing_has_changed() -> Result<(), CouldNotRun> {
        let list = parse("# Why.\n- what: Room.sid\n  how: is gone\n  reason: Nobody had it.\n")?;
        let change = |what: &str, weight| Change {
            surface: Surface::Wire,
            weight,
            what: what.to_owned(),
            how: "is gone".to_owned(),
            at: At::Nowhere,
        };
        let left_over = ["spec/accepted-breaks.yaml:2: Room.sid"];
        assert_eq!(stale(&[change("Room.sid", Weight::Breaking)], &list), [""; 0]);
        assert_eq!(stale(&[change("Room.sid", Weight::Additive)], &list), left_over);
        assert_eq!(stale(&[change("Room.status", Weight::Breaking)], &list), left_over);
        assert_eq!(stale(&[], &list), [""; 0]);
        Ok(())
    }

    #[test]
    fn an_entry_without_a_reason_is_no_entry() {
        let message = parse("# Why.\n- what: Room.sid\n  how: is gone\n").err().map(|error| error.0);
        let expected = "spec/accepted-breaks.yaml:2: an entry without `reason`: it needs what, how and reason";
        assert_eq!(message.as_deref(), Some(expected));
        assert!(parse("- {").is_err());
    }
}
