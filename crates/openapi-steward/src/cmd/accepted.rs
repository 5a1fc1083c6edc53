//! Changes that are made on purpose, each listed in `steward.toml` with its reason, and kinds of changes with another severity.

use crate::config::{self, AcceptedBreak, KindSeverity};
use crate::diff::{Change, ChangeSeverity, MessageDirection};
use crate::document::Diagnostic;

/// Returns whether an entry matches a change. An entry with a fingerprint matches the change that has it; another one names the
/// change in the words of `diff`, with or without back-ticks.
fn is_about(entry: &AcceptedBreak, change: &Change) -> bool {
    if let Some(fingerprint) = &entry.fingerprint {
        return *fingerprint == change.fingerprint();
    }
    let is_same = |one: &str, other: &str| one.replace('`', "") == other.replace('`', "");
    change.severity <= ChangeSeverity::Notice
        && is_same(&entry.item, &change.item)
        && is_same(&entry.change, &change.predicate)
}

/// The findings that entries match no change: it has been merged, or taken back. Without any change no entry can match one, as
/// on the main branch after a merge, and the entries may stay until the next.
pub(crate) fn unused(changes: &[Change], entries: &[AcceptedBreak]) -> Vec<Diagnostic> {
    let is_unused =
        |entry: &&AcceptedBreak| !changes.is_empty() && !changes.iter().any(|change| is_about(entry, change));
    let finding = |entry: &AcceptedBreak| {
        config::unused(&format!("the accepted break of `{}`", entry.item), &entry.span, "no breaking change matches it")
    };
    entries.iter().filter(is_unused).map(finding).collect()
}

/// The changes, with the accepted ones as notices that give the reason.
pub(crate) fn apply(changes: Vec<Change>, entries: &[AcceptedBreak]) -> Vec<Change> {
    let mut changes: Vec<Change> = changes
        .into_iter()
        .map(|change| match entries.iter().find(|entry| is_about(entry, &change)) {
            Some(entry) => Change {
                severity: change.severity.max(ChangeSeverity::Notice),
                predicate: format!("{}; accepted: {}", change.predicate, entry.reason),
                accepted: Some(entry.reason.clone()),
                ..change
            },
            None => change,
        })
        .collect();
    changes.sort();
    changes
}

/// The changes with the severities that `steward.toml` gives to their kinds.
pub(crate) fn with_severities(mut changes: Vec<Change>, entries: &[KindSeverity]) -> Vec<Change> {
    for change in &mut changes {
        let matches = |entry: &&KindSeverity| {
            let direction = change.direction.map(MessageDirection::name);
            entry.kind == change.kind
                && entry.direction.as_deref().is_none_or(|own| direction == Some(own) || direction == Some("both"))
        };
        if let Some(entry) = entries.iter().rev().find(matches) {
            change.severity = entry.severity;
        }
    }
    changes.sort();
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::Surface;

    fn entries() -> Vec<AcceptedBreak> {
        let [item, change, reason] = ["Room.sid", "was removed", "Nobody had it."].map(str::to_owned);
        vec![AcceptedBreak { item, change, fingerprint: None, reason, span: 7..9 }]
    }

    fn change(item: &str, severity: ChangeSeverity) -> Change {
        Change::new(Surface::Wire, severity, "property-removed", item, "was removed")
    }

    #[test]
    fn an_accepted_break_is_a_notice_with_its_reason_and_no_other_is() {
        let changes =
            vec![change("`Room.sid`", ChangeSeverity::Breaking), change("Room.status", ChangeSeverity::Breaking)];
        let reported: Vec<String> = apply(changes, &entries())
            .into_iter()
            .map(|change| format!("{} {} {}", change.severity, change.item, change.predicate))
            .collect();
        assert_eq!(
            reported,
            ["breaking Room.status was removed", "notice `Room.sid` was removed; accepted: Nobody had it."]
        );
    }

    #[test]
    fn an_entry_without_its_break_is_unused_unless_nothing_has_changed() {
        let starts = |changes: &[Change]| {
            unused(changes, &entries()).into_iter().map(|finding| finding.span.start).collect::<Vec<_>>()
        };
        assert!(starts(&[change("Room.sid", ChangeSeverity::Breaking)]).is_empty());
        assert_eq!(starts(&[change("Room.sid", ChangeSeverity::Additive)]), [7]);
        assert_eq!(starts(&[change("Room.status", ChangeSeverity::Breaking)]), [7]);
        assert!(starts(&[]).is_empty());
    }

    #[test]
    fn a_fingerprint_tells_a_change_from_all_others() {
        let wider = |from: &str, to: &str| {
            let (before, after) = (Some(from.to_owned()), Some(to.to_owned()));
            Change { before, after, ..change("Room.size", ChangeSeverity::Breaking) }
        };
        let accepted = wider("9", "8");
        let entry = AcceptedBreak { fingerprint: Some(accepted.fingerprint()), ..entries().remove(0) };
        assert!(is_about(&entry, &Change { old: Some(3), new: Some(4), ..accepted }));
        assert!(
            !is_about(&entry, &wider("9", "7")) && !is_about(&entry, &change("Room.size", ChangeSeverity::Breaking))
        );
    }

    #[test]
    fn the_last_entry_for_a_kind_gives_its_severity() {
        let response =
            Change { direction: Some(MessageDirection::Response), ..change("Room.sid", ChangeSeverity::Breaking) };
        let entry = |direction: Option<&str>, severity| KindSeverity {
            kind: "property-removed".to_owned(),
            direction: direction.map(str::to_owned),
            severity,
        };
        let severity = |entries: &[KindSeverity]| {
            with_severities(vec![response.clone()], entries).first().map(|change| change.severity)
        };
        assert_eq!(severity(&[entry(Some("request"), ChangeSeverity::Notice)]), Some(ChangeSeverity::Breaking));
        let both = [entry(None, ChangeSeverity::Notice), entry(Some("response"), ChangeSeverity::Additive)];
        assert_eq!(severity(&both), Some(ChangeSeverity::Additive));
    }
}
