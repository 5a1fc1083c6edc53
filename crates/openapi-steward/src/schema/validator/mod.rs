//! Checks values against the schemas of a document, as OpenAPI 3.0 defines them.
//!
//! The validator reads the schemas where they are in the document, so that a reference can lead anywhere, and nothing is compiled
//! or copied for a schema. Only patterns and formats are compiled, once each.

mod alternatives;
mod array;
mod json_schema;
mod mismatch;
mod object;
mod outcome;
mod run;
mod scalar;
#[cfg(test)]
mod tests;
mod unevaluated;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use self::mismatch::Path;
pub(crate) use self::mismatch::{Mismatch, MismatchKind};
use self::run::Run;
pub(crate) use self::scalar::has_type;
use super::composition::Direction;
use super::discriminator::{Discriminator, children};
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
    /// The targets of references that were followed before.
    targets: RefCell<HashMap<usize, Option<&'a Node>>>,
    /// The kinds of discriminators that were read before.
    kinds: RefCell<HashMap<usize, Rc<HashMap<&'a str, &'a Node>>>>,
    steps: Cell<usize>,
}

impl<'a> ValueValidator<'a> {
    pub(crate) fn new(references: References<'a>, formats: &'a Formats) -> Self {
        let mut of_parents: HashMap<usize, Vec<&'a Entry>> = HashMap::new();
        for (parent, child) in children(references) {
            of_parents.entry(id(parent)).or_default().push(child);
        }
        Self {
            references,
            formats,
            strings: Strings::default(),
            children: of_parents,
            targets: RefCell::default(),
            kinds: RefCell::default(),
            steps: Cell::default(),
        }
    }

    /// The target of a reference, or the schema itself if it is none.
    fn resolve(&self, schema: &'a Node) -> Option<&'a Node> {
        if schema.get("$ref").is_none() {
            return Some(schema);
        }
        *self.targets.borrow_mut().entry(id(schema)).or_insert_with(|| self.references.resolve(schema))
    }

    /// The schema of each value of a discriminator's property.
    fn kinds(&self, discriminator: Discriminator<'a>) -> Rc<HashMap<&'a str, &'a Node>> {
        let key = id(discriminator.schema);
        let children = self.children.get(&key).map(Vec::as_slice).unwrap_or_default();
        let mut kinds = self.kinds.borrow_mut();
        let known = kinds.entry(key).or_insert_with(|| {
            // The first schema of a value counts: the mapping comes before the names.
            let kinds = discriminator.kinds(children).into_iter().rev();
            Rc::new(kinds.map(|kind| (kind.value, kind.schema)).collect())
        });
        Rc::clone(known)
    }

    /// Counts steps. Returns the number of steps for all values so far.
    fn count_steps(&self, steps: usize) -> usize {
        self.steps.set(self.steps.get().saturating_add(steps));
        self.steps.get()
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
