//! Folds the findings that have the same cause into one.

use std::collections::HashMap;

use crate::document::{Diagnostic, Severity};

/// Sorts findings by their position, and folds those of one rule with the same cause into the first of them.
pub(crate) fn fold(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort_by_key(|finding| finding.span.start);
    let mut folded: Vec<Diagnostic> = Vec::new();
    let mut first: HashMap<(&'static str, Severity, Box<str>), usize> = HashMap::new();
    for finding in findings {
        let key = finding.shared_cause().map(|cause| (finding.rule, finding.severity, Box::from(cause)));
        let earlier = key.as_ref().and_then(|key| first.get(key)).and_then(|index| folded.get_mut(*index));
        if let Some(earlier) = earlier {
            earlier.add_places_of(finding);
            continue;
        }
        if let Some(key) = key {
            first.insert(key, folded.len());
        }
        folded.push(finding);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_of_a_rule_with_the_same_cause_become_one() {
        let finding = |rule, cause: &str, at: usize| {
            let finding = Diagnostic { rule, ..Diagnostic::new("", at..at + 1) };
            if cause.is_empty() { finding } else { finding.cause(cause) }
        };
        let folded = fold(vec![
            finding("a", "x", 9),
            finding("a", "x", 3),
            finding("b", "x", 5),
            finding("a", "", 1),
            finding("a", "", 2),
        ]);
        let places: Vec<(usize, Vec<usize>)> = folded
            .iter()
            .map(|finding| (finding.span.start, finding.places().iter().map(|place| place.start).collect()))
            .collect();
        assert_eq!(places, [(1, vec![]), (2, vec![]), (3, vec![9]), (5, vec![])]);
    }
}
