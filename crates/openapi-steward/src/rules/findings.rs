//! The findings of the rules that have run, which later rules can ask about in constant time.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::document::{Class, Diagnostic, Span};

/// The findings so far, in the order in which the rules reported them.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Diagnostic>,
    /// The indices of the findings at each position, by the first byte of the position.
    by_position: HashMap<usize, Vec<usize>>,
    /// The indices of the findings in each object, by the first byte of the object.
    by_object: HashMap<usize, Vec<usize>>,
    /// The first bytes of the positions of errors.
    errors: BTreeSet<usize>,
    /// The ids of the rules that have found something.
    rules: HashSet<&'static str>,
    /// `true` if one of them is not advice.
    stops_generator: bool,
}

impl Findings {
    pub(crate) fn push(&mut self, finding: Diagnostic) {
        let index = self.list.len();
        self.by_position.entry(finding.span.start).or_default().push(index);
        self.by_object.entry(finding.object_span.start).or_default().push(index);
        if finding.class == Class::Error {
            self.errors.insert(finding.span.start);
        }
        self.rules.insert(finding.rule);
        self.stops_generator |= finding.class != Class::Advice;
        self.list.push(finding);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    pub(crate) fn into_vec(self) -> Vec<Diagnostic> {
        self.list
    }

    /// The findings at exactly this position.
    pub(crate) fn at(&self, span: &Span) -> impl Iterator<Item = &Diagnostic> {
        self.indexed(&self.by_position, span.start).filter(|finding| finding.span == *span)
    }

    /// The findings in exactly this object.
    pub(crate) fn in_object(&self, object: &Span) -> impl Iterator<Item = &Diagnostic> {
        self.indexed(&self.by_object, object.start).filter(|finding| finding.object_span == *object)
    }

    pub(crate) fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Returns whether the rule of this id has found something.
    pub(crate) fn has_rule(&self, id: &str) -> bool {
        self.rules.contains(id)
    }

    /// Returns whether a finding says why no code can be generated.
    pub(crate) fn stops_generator(&self) -> bool {
        self.stops_generator
    }

    /// Returns whether an error begins in this part of the document.
    pub(crate) fn has_error_in(&self, span: &Span) -> bool {
        span.start < span.end && self.errors.range(span.clone()).next().is_some()
    }

    fn indexed<'a>(
        &'a self,
        index: &'a HashMap<usize, Vec<usize>>,
        start: usize,
    ) -> impl Iterator<Item = &'a Diagnostic> {
        index.get(&start).into_iter().flatten().filter_map(|index| self.list.get(*index))
    }
}

impl Extend<Diagnostic> for Findings {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, findings: T) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }
}
