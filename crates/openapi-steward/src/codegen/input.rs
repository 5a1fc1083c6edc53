//! The input of progenitor: the document after all passes over it, and what those passes keep for the passes over the code.

use serde_json::Value;

use super::document_passes::{self, Properties};
use super::expected::Expected;
use super::forms::{self, Form};
use super::open_enum::{self, OpenEnum};
use crate::formats::Formats;

/// A document after the passes, and the facts about it that the passes over the code need.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) document: Value,
    pub(super) enums: Vec<OpenEnum>,
    pub(super) forms: Vec<Form>,
    pub(super) properties: Properties,
    pub(super) expected: Expected,
}

impl Input {
    /// Runs the passes, in the order in which they build on each other.
    pub(super) fn new(mut document: Value, formats: &Formats) -> Self {
        document_passes::drop_unknown_formats(&mut document, formats);
        document_passes::unwrap_single_all_of(&mut document);
        document_passes::inline_scalars(&mut document);
        document_passes::name_inline_responses(&mut document);
        forms::name_inline(&mut document);
        forms::move_encodings(&mut document);
        document_passes::name_inline_enums(&mut document);
        let forms = forms::collect(&mut document, formats);
        document_passes::strip_constraints(&mut document);
        document_passes::prune_unused_schemas(&mut document);
        let enums = open_enum::collect(&document);
        let properties = document_passes::properties(&document, &forms, formats);
        document_passes::let_optional_lists_be_null(&mut document);
        let expected = Expected::in_code_of(&document);
        Self { document, enums, forms, properties, expected }
    }
}
