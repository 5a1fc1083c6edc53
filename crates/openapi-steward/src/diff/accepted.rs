//! Breaking changes that are made on purpose, each listed in `steward.toml` with its reason.

use super::change::{Change, Weight};
use crate::config::{self, AcceptedBreak};
use crate::document::Diagnostic;

/// Returns whether an entry is about a change.
fn is_about(entry: &AcceptedBreak, change: &Change) -> bool {
    change.weight == Weight::Breaking && entry.what == change.what && entry.how == change.how
}

/// The findings that entries match no change: it has been merged, or taken back. Without any change no entry can match one, as
/// on the main branch after a merge, and the entries may stay until the next.
pub(crate) fn unused(changes: &[Change], entries: &[AcceptedBreak]) -> Vec<Diagnostic> {
    let is_unused =
        |entry: &&AcceptedBreak| !changes.is_empty() && !changes.iter().any(|change| is_about(entry, change));
    let finding = |entry: &AcceptedBreak| {
        config::unused(&format!("the accepted break of `{}`", entry.what), &entry.span, "no breaking change matches it")
    };
    entries.iter().filter(is_unused).map(finding).collect()
}

/// The changes, with the accepted ones as notices that give the reason.
pub(crate) fn apply(changes: Vec<Change>, entries: &[AcceptedBreak]) -> Vec<Change> {
    let mut changes: Vec<Change> = changes
        .into_iter()
        .map(|change| match entries.iter().find(|entry| is_about(entry, &change)) {
            Some(entry) => {
                Change { weight: Weight::Notice, how: format!("{}; accepted: {}", change.how, entry.reason), ..change }
            }
            None => change,
        })
        .collect();
    changes.sort_by_key(|change| change.weight);
    changes
}

#[cfg(test)]
mod tests {
    use super::super::change::{Location, Surface};
    use super::*;

    fn entries() -> Vec<AcceptedBreak> {
        let [what, how, reason] = ["Room.sid", "was removed", "Nobody had it."].map(str::to_owned);
        vec![AcceptedBreak { what, how, reason, span: 7..9 }]
    }

    fn change(what: &str, weight: Weight) -> Change {
        let (what, how) = (what.to_owned(), "was removed".to_owned());
        Change { surface: Surface::Wire, weight, what, how, location: Location::Nowhere }
    }

    #[test]
    fn an_accepted_break_is_a_notice_with_its_reason_and_no_other_is() {
        let changes = vec![change("Room.sid", Weight::Breaking), change("Room.status", Weight::Breaking)];
        let reported: Vec<String> = apply(changes, &entries())
            .into_iter()
            .map(|change| format!("{} {} {}", change.weight, change.what, change.how))
            .collect();
        assert_eq!(
            reported,
            ["breaking Room.status was removed", "notice Room.sid was removed; accepted: Nobody had it."]
        );
    }

    #[test]
    fn an_entry_without_its_break_is_unused_unless_nothing_has_changed() {
        let starts = |changes: &[Change]| {
            unused(changes, &entries()).into_iter().map(|finding| finding.span.start).collect::<Vec<_>>()
        };
        assert!(starts(&[change("Room.sid", Weight::Breaking)]).is_empty());
        assert_eq!(starts(&[change("Room.sid", Weight::Additive)]), [7]);
        assert_eq!(starts(&[change("Room.status", Weight::Breaking)]), [7]);
        assert!(starts(&[]).is_empty());
    }
}
