//! Groups the findings of examples that have the same cause.

use crate::document::Diagnostic;
use crate::text::count;

/// The findings of examples, of which those with the same cause are reported once: one mistake in a schema can fail many examples.
#[derive(Debug, Default)]
pub(super) struct GroupedFindings {
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    cause: String,
    first: Diagnostic,
    repetitions: usize,
}

impl GroupedFindings {
    /// Adds the finding of a value at this JSON pointer into an example.
    pub(super) fn add(&mut self, pointer: &str, mismatch: &str, finding: Diagnostic) {
        let property = pointer.rsplit('/').find(|step| step.parse::<usize>().is_err()).unwrap_or_default();
        // The text before ` is ` is the value, which differs from example to example.
        let reason = mismatch.split_once(" is ").map_or(mismatch, |(_, reason)| reason);
        let cause = format!("{property} {reason}");
        match self.groups.iter_mut().find(|group| group.cause == cause && !pointer.is_empty()) {
            Some(group) => group.repetitions += 1,
            None => self.groups.push(Group { cause, first: finding, repetitions: 0 }),
        }
    }

    pub(super) fn into_findings(self) -> Vec<Diagnostic> {
        let findings = self.groups.into_iter().map(|Group { first, repetitions, .. }| {
            if repetitions == 0 {
                return first;
            }
            let verb = if repetitions == 1 { "fails" } else { "fail" };
            let label = format!("{}; {} {verb} for this reason", first.label, count(repetitions, "more example"));
            first.label(label)
        });
        findings.collect()
    }
}
