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
    what: String,
    how: String,
    reason: String,
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
        Ok(Accepted { what: field("what")?, how: field("how")?, reason: field("reason")? })
    });
    accepted.collect()
}

/// The changes, with those that are meant as notices that say why.
pub(super) fn apply(changes: Vec<Change>, accepted: &[Accepted]) -> Vec<Change> {
    let mut changes: Vec<Change> = changes
        .into_iter()
        .map(|change| {
            let meant = accepted.iter().find(|one| one.what == change.what && one.how == change.how);
            match meant.filter(|_| change.weight == Weight::Breaking) {
                Some(one) => Change {
                    weight: Weight::Notice,
                    how: format!("{}; accepted: {}", change.how, one.reason),
                    ..change
                },
                None => change,
            }
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
    fn an_entry_without_a_reason_is_no_entry() {
        let message = parse("# Why.\n- what: Room.sid\n  how: is gone\n").err().map(|error| error.0);
        let expected = "spec/accepted-breaks.yaml:2: an entry without `reason`: it needs what, how and reason";
        assert_eq!(message.as_deref(), Some(expected));
        assert!(parse("- {").is_err());
    }
}
