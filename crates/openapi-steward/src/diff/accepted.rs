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
    use super::super::change::{At, Surface};
    use super::*;

    fn entries() -> Vec<AcceptedBreak> {
        let [what, how, reason] = ["Room.sid", "is gone", "Nobody had it."].map(str::to_owned);
        vec![AcceptedBreak { what, how, reason, span: 7..9 }]
    }

    fn change(what: &str, weight: Weight) -> Change {
        let (what, how) = (what.to_owned(), "is gone".to_owned());
        Change { surface: Surface::Wire, weight, what, how, at: At::Nowhere }
    }

    #[test]
    fn an_accepted_break_is_a_notice_with_its_reason_and_no_other_is() {
        let changes = vec![change("Room.sid", Weight::Breaking), change("Room.status", Weight::Breaking)];
        let said: Vec<String> = apply(changes, &entries())
            .into_iter()
            .map(|change| format!("{} {} {}", change.weight, change.what, change.how))
            .collect();
        assert_eq!(said, ["breaking Room.status is gone", "notice Room.sid is gone; accepted: Nobody had it."]);
    }

    #[test]
    fn an_entry_without_its_break_is_unused_unless_nothing_has_changed() {
        let spans = |changes: &[Change]| {
            unused(changes, &entries()).into_iter().map(|finding| finding.span).collect::<Vec<_>>()
        };
        assert!(spans(&[change("Room.sid", Weight::Breaking)]).is_empty());
        assert_eq!(spans(&[change("Room.sid", Weight::Additive)]), [7..9]);
        assert_eq!(spans(&[change("Room.status", Weight::Breaking)]), [7..9]);
        assert!(spans(&[]).is_empty());
    }
}
