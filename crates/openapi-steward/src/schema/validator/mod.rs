//! Checks values against the schemas of a document, as OpenAPI 3.0 defines them.
//!
//! The validator reads the schemas where they are in the document, so that a reference can lead anywhere, and nothing is compiled
//! or copied for a schema. Only patterns and formats are compiled, once each.

mod alternatives;
mod array;
mod mismatch;
mod object;
mod outcome;
mod run;
mod scalar;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use self::mismatch::Path;
pub(crate) use self::mismatch::{Mismatch, MismatchKind};
use self::run::Run;
pub(crate) use self::scalar::has_type;
use super::composition::Direction;
use super::discriminator::children;
use super::pattern::Strings;
use super::references::{References, id};
use crate::document::{Entry, Node};
use crate::formats::Formats;

/// The settings of one check.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Options {
    /// The direction of the message that has the value. Without one, a value has to match in one of the two.
    pub(crate) direction: Option<Direction>,
    /// Reports properties that no part of a schema defines, unless it says that there are others.
    pub(crate) strict: bool,
}

/// Checks values against the schemas of one document.
#[derive(Debug)]
pub(crate) struct ValueValidator<'a> {
    references: References<'a>,
    formats: &'a Formats,
    strings: Strings,
    /// The components that extend each schema with a discriminator.
    children: HashMap<usize, Vec<&'a Entry>>,
}

impl<'a> ValueValidator<'a> {
    pub(crate) fn new(references: References<'a>, formats: &'a Formats) -> Self {
        let mut of_parents: HashMap<usize, Vec<&'a Entry>> = HashMap::new();
        for (parent, child) in children(references) {
            of_parents.entry(id(parent)).or_default().push(child);
        }
        Self { references, formats, strings: Strings::default(), children: of_parents }
    }

    /// Returns the mismatches of a value with a schema, at most one for each part of the value. The time and the memory that this
    /// takes are bounded.
    pub(crate) fn mismatches(&self, schema: &'a Node, value: &Node, options: Options) -> Vec<Mismatch> {
        if let Some(direction) = options.direction {
            return self.in_direction(schema, value, direction, options);
        }
        let response = self.in_direction(schema, value, Direction::Response, options);
        if response.is_empty() {
            return response;
        }
        let request = self.in_direction(schema, value, Direction::Request, options);
        if request.len() < response.len() { request } else { response }
    }

    fn in_direction(&self, schema: &'a Node, value: &Node, direction: Direction, options: Options) -> Vec<Mismatch> {
        mismatch::first_of_each_place(Run::new(self, direction, options).value(schema, value, Path::Root))
    }
}
