//! Findings with their lines and columns, as all reports need them.

use super::locator::{Location, Locator};
use crate::document::{Class, Diagnostic, Source};

/// The findings in one source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) source: &'a Source,
    pub(crate) findings: &'a [Diagnostic],
}

/// A finding with its positions.
#[derive(Debug)]
pub(super) struct Located<'a> {
    pub(super) finding: &'a Diagnostic,
    pub(super) at: Location<'a>,
    /// The further positions with the same cause.
    pub(super) places: Vec<Location<'a>>,
    /// Another position that is involved, with its explanation.
    pub(super) related: Option<(Location<'a>, &'a str)>,
}

impl Located<'_> {
    /// The rule, and the class unless that is `error`: `undefined-tag, advice`.
    pub(super) fn rule_and_class(&self) -> String {
        match self.finding.class {
            Class::Error => self.finding.rule.to_owned(),
            class => format!("{}, {}", self.finding.rule, class.name()),
        }
    }

    /// The message with its explanation and the fix, for reports that have one text for all of them.
    pub(super) fn text(&self) -> String {
        let help = self.finding.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
        format!("{}{help}{}", self.finding.message_with_label(), self.more_places("\n"))
    }

    /// The number of further places and the first of them, after a separator. Empty without further places.
    pub(super) fn more_places(&self, separator: &str) -> String {
        const SHOWN: usize = 10;
        if self.places.is_empty() {
            return String::new();
        }
        let place = |place: &Location<'_>| {
            if place.file == self.at.file { format!("{}:{}", place.line, place.column) } else { place.to_string() }
        };
        let shown: Vec<String> = self.places.iter().take(SHOWN).map(place).collect();
        let (shown, more) = (shown.join(", "), if self.places.len() > SHOWN { ", …" } else { "" });
        format!("{separator}{} at {shown}{more}", number_of_places(self.places.len()))
    }
}

/// The number of further places, in words.
pub(super) fn number_of_places(number: usize) -> String {
    if number == 1 { "and 1 more place".to_owned() } else { format!("and {number} more places") }
}

/// Locates all findings, in the order of the parts.
pub(super) fn locate<'a>(parts: &[Part<'a>]) -> Vec<Located<'a>> {
    let mut located = Vec::new();
    for part in parts {
        let locator = Locator::new(part.source);
        located.extend(part.findings.iter().map(|finding| Located {
            finding,
            at: locator.locate(&finding.span),
            places: finding.places().iter().map(|place| locator.locate(place)).collect(),
            related: finding.related_position().map(|(span, text)| (locator.locate(span), text.as_str())),
        }));
    }
    located
}
