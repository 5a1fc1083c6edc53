//! A mismatch of a value with a schema, and its place in the value.

use std::collections::HashSet;
use std::fmt::Write;

use crate::document::{Node, Span, Value, escape};

/// A part of a value that does not match its schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mismatch {
    pub(crate) kind: MismatchKind,
    /// The JSON pointer to the part of the value.
    pub(crate) pointer: String,
    /// The position of the part of the value.
    pub(crate) span: Span,
    /// The reason, such as `5 is not of type "string"`.
    pub(crate) reason: String,
    /// The position of the schema that the value does not match.
    pub(crate) schema: Span,
    /// A text that mismatches with the same cause share.
    pub(crate) cause: String,
}

/// The kinds of mismatches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MismatchKind {
    /// The schema does not allow the value.
    Value,
    /// Only the `format` differs, which OpenAPI leaves open.
    Format,
    /// The property does not belong in a message of this direction.
    Direction,
    /// No part of the schema defines the property. Only a strict check reports it.
    Unknown,
    /// The check was given up because it takes too many steps.
    Unchecked,
}

impl MismatchKind {
    /// Returns whether a value with this mismatch is not valid.
    pub(crate) const fn is_invalid(self) -> bool {
        matches!(self, Self::Value)
    }
}

/// The path from a value to a part of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Path<'p> {
    Root,
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    pub(super) fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Key(outer, key) => format!("{}/{}", outer.pointer(), escape(key)),
            Self::Index(outer, index) => format!("{}/{index}", outer.pointer()),
        }
    }
}

/// Removes all mismatches of a place but the first: a value of the wrong type is not in the enum either.
pub(super) fn first_of_each_place(mut mismatches: Vec<Mismatch>) -> Vec<Mismatch> {
    if mismatches.len() > 1 {
        mismatches.sort_by_key(|mismatch| !mismatch.kind.is_invalid());
        let mut pointers = HashSet::new();
        mismatches.retain(|mismatch| pointers.insert(mismatch.pointer.clone()));
        mismatches.sort_by_key(|mismatch| mismatch.span.start);
    }
    mismatches
}

/// A value in a message.
pub(super) fn shown(value: &Node) -> String {
    match &value.value {
        Value::List(items) if !items.is_empty() => "this list".to_owned(),
        Value::Map(entries) if !entries.is_empty() => "this object".to_owned(),
        _ => {
            let text = value.to_json().to_string();
            if text.chars().count() > 80 { "this string".to_owned() } else { text }
        }
    }
}

/// Lists values in a sentence: `"a", "b" or "c"`, with at most 5 of them.
pub(super) fn any_of(values: &[Node]) -> String {
    let mut text = String::new();
    let shown_values: Vec<String> = values.iter().take(5).map(shown).collect();
    let more = values.len() - shown_values.len();
    for (index, value) in shown_values.iter().enumerate() {
        let is_last = more == 0 && index + 1 == shown_values.len();
        let separator = if index == 0 {
            ""
        } else if is_last {
            " or "
        } else {
            ", "
        };
        let _ = write!(text, "{separator}{value}");
    }
    if more > 0 {
        let _ = write!(text, " or {more} more");
    }
    text
}
