//! The objects that have a schema and examples for it.

use crate::document::shape::{HEADER, MEDIA_TYPE, PARAMETER, REQUEST_BODY, RESPONSE};
use crate::document::{Node, Value, is_json};
use crate::rules::rule::Context;
use crate::schema::{Composition, Direction, Options, References};

/// An object that has a schema and examples for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Holder<'a> {
    pub(super) node: &'a Node,
    pub(super) schema: &'a Node,
    /// Missing for a header that is a component.
    direction: Option<Direction>,
    notation: Notation,
}

/// The notation of a value in a message. An example in another notation than JSON is a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notation {
    Json,
    /// A notation such as XML, whose examples are strings.
    OtherMediaType,
    /// The notation that `style` sets for parameters and headers.
    Style,
}

/// The objects with a schema and examples, in the order of the document.
pub(super) fn holders<'d, 'a>(context: &'d Context<'a>) -> impl Iterator<Item = Holder<'a>> + 'd {
    context.walk.objects.iter().enumerate().filter_map(|(index, object)| {
        let notation = if object.is(&PARAMETER) || object.is(&HEADER) {
            Notation::Style
        } else if !object.is(&MEDIA_TYPE) {
            return None;
        } else if is_json(object.key) {
            Notation::Json
        } else {
            Notation::OtherMediaType
        };
        let schema = object.node.get("schema")?;
        Some(Holder { node: object.node, schema, direction: direction(context, index), notation })
    })
}

/// The direction of the message that contains an object.
fn direction(context: &Context<'_>, index: usize) -> Option<Direction> {
    let mut index = Some(index);
    while let Some(object) = index.and_then(|index| context.walk.objects.get(index)) {
        if object.is(&REQUEST_BODY) || object.is(&PARAMETER) {
            return Some(Direction::Request);
        }
        if object.is(&RESPONSE) {
            return Some(Direction::Response);
        }
        index = object.parent;
    }
    None
}

impl Holder<'_> {
    pub(super) fn options(self, strict: bool) -> Options {
        Options { direction: self.direction, strict }
    }

    /// Returns whether an example file has JSON.
    pub(super) fn is_json(self) -> bool {
        self.notation == Notation::Json
    }

    /// Returns whether an example is a string in the notation of the message, which its schema says nothing about.
    pub(super) fn is_serialized(self, example: &Node, references: References<'_>) -> bool {
        let is_string = matches!(example.value, Value::String(_));
        match self.notation {
            Notation::Json => false,
            Notation::OtherMediaType => is_string,
            Notation::Style => is_string && has_structure(self.schema, references),
        }
    }
}

/// Returns whether a schema is that of a list or an object.
fn has_structure<'a>(schema: &'a Node, references: References<'a>) -> bool {
    let composition = Composition::of(schema, references);
    let is_structure = |schema: &Node| {
        let kind = schema.get_str("type");
        kind == Some("array")
            || kind == Some("object")
            || schema.get("properties").is_some()
            || schema.get("items").is_some()
    };
    composition.parts().iter().any(|part| is_structure(part))
        || composition.alternatives().any(|alternatives| {
            let mut schemas = alternatives.schemas.iter().filter_map(|schema| references.resolve(schema));
            schemas.any(is_structure)
        })
}
