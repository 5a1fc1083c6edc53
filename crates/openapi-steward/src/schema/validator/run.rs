//! One check of a value: the schemas that apply to it, one after the other.

use std::collections::{HashMap, HashSet};

use super::mismatch::{Mismatch, MismatchKind, Path, shown};
use super::outcome::Outcome;
use super::{Options, ValueValidator};
use crate::document::{Node, Value};
use crate::schema::composition::Direction;
use crate::schema::references::id;

/// The number of schemas that one value is compared with at most, counted for all of its parts.
const MAX_STEPS: usize = 500_000;

/// The number of schemas that all values of a document are compared with at most.
const MAX_STEPS_IN_TOTAL: usize = 20_000_000;

/// The number of mismatches that are kept for a part of a value.
const MAX_MISMATCHES: usize = 10_000;

/// The depth of schemas within each other, which recursive code can handle.
const MAX_DEPTH: usize = 320;

/// The keywords that have schemas for the same value, or that choose one.
const COMPOSING: [&str; 10] = [
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "discriminator",
    "if",
    "dependentSchemas",
    "dependentRequired",
    "unevaluatedProperties",
    "unevaluatedItems",
];

/// A schema, a value, and the schema that applies to the value as a whole, by their identity, and whether the known parts are
/// collected.
type Key = (usize, usize, usize, bool);

pub(super) struct Run<'r, 'a, 'v> {
    pub(super) validator: &'r ValueValidator<'a>,
    pub(super) direction: Direction,
    pub(super) options: Options,
    /// Collects the known parts of the value at hand.
    pub(super) collects: bool,
    /// The outcomes of schemas with alternatives. Without them, the time would grow exponentially with nested alternatives.
    outcomes: HashMap<Key, Outcome<'v>>,
    /// The schemas that are being checked, which refer to themselves if they come up again for the same value.
    active: HashSet<Key>,
    depth: usize,
    steps: usize,
}

/// The place of a value: its path, and the schema that applies to the value as a whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'p, 'a> {
    pub(super) path: Path<'p>,
    pub(super) whole: &'a Node,
    /// `true` for a part of an `allOf`, whose discriminator does not choose the schema again.
    pub(super) is_part: bool,
}

impl<'r, 'a, 'v> Run<'r, 'a, 'v> {
    pub(super) fn new(validator: &'r ValueValidator<'a>, direction: Direction, options: Options) -> Self {
        let (outcomes, active) = (HashMap::new(), HashSet::new());
        Self { validator, direction, options, collects: options.strict, outcomes, active, depth: 0, steps: 0 }
    }

    /// Returns the mismatches of a value with the schema that applies to it as a whole.
    pub(super) fn value(&mut self, schema: &'a Node, value: &'v Node, path: Path<'_>) -> Vec<Mismatch> {
        let place = Place { path, whole: schema, is_part: false };
        let collects = std::mem::replace(&mut self.collects, self.options.strict);
        let outcome = self.apply(schema, value, place);
        self.collects = collects;
        let mut mismatches = outcome.mismatches;
        mismatches.truncate(MAX_MISMATCHES);
        if self.options.strict && outcome.known.lists_properties && !outcome.known.all {
            for entry in value.entries().iter().filter(|entry| !outcome.known.properties.contains(entry.key.as_str())) {
                let reason = "the schema has no such property".to_owned();
                let path = Path::Key(&path, &entry.key);
                let cause = format!("unknown {}", entry.key);
                mismatches.push(mismatch(MismatchKind::Unknown, schema, &entry.node, path, reason, &cause));
            }
        }
        mismatches
    }

    /// Applies a schema to a value. Other schemas can apply to the same value.
    pub(super) fn apply(&mut self, schema: &'a Node, value: &'v Node, place: Place<'_, 'a>) -> Outcome<'v> {
        // `nullable` beside a reference has no effect by the letter, but whoever writes it expects one.
        if matches!(value.value, Value::Null) && schema.is_true("nullable") {
            return Outcome::unknown();
        }
        let Some(schema) = self.validator.resolve(schema) else { return Outcome::unknown() };
        if matches!(value.value, Value::Null) && schema.is_true("nullable") {
            return Outcome::unknown();
        }
        let cost = 1 + schema.items_of("enum").len() / 16;
        self.steps += cost;
        let steps_in_total = self.validator.count_steps(cost);
        if self.depth >= MAX_DEPTH || self.steps > MAX_STEPS || steps_in_total > MAX_STEPS_IN_TOTAL {
            let reason = "this value takes too many steps to check".to_owned();
            return Outcome::of(mismatch(MismatchKind::Unchecked, schema, value, place.path, reason, "unchecked"));
        }
        if !COMPOSING.iter().any(|key| schema.get(key).is_some()) {
            return self.nested(|run| run.own_keywords(schema, value, place));
        }
        let has_rest = ["unevaluatedProperties", "unevaluatedItems"].iter().any(|key| schema.get(key).is_some());
        let collects = self.collects || has_rest;
        let key = (id(schema), id(value), id(place.whole), collects);
        if let Some(outcome) = self.outcomes.get(&key).filter(|_| !place.is_part) {
            return outcome.clone();
        }
        if !self.active.insert(key) {
            return Outcome::default();
        }
        let before = std::mem::replace(&mut self.collects, collects);
        let outcome = self.nested(|run| {
            let mut outcome = run.own_keywords(schema, value, place);
            if super::scalar::wrong_type(schema, value).is_none() {
                run.composed(schema, value, place, &mut outcome);
            }
            outcome
        });
        self.collects = before;
        self.active.remove(&key);
        if !place.is_part {
            self.outcomes.insert(key, outcome.clone());
        }
        outcome
    }

    fn nested<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        let result = run(self);
        self.depth -= 1;
        result
    }

    /// Applies the parts and the alternatives of a schema.
    fn composed(&mut self, schema: &'a Node, value: &'v Node, place: Place<'_, 'a>, outcome: &mut Outcome<'v>) {
        for part in schema.items_of("allOf") {
            let part = self.apply(part, value, Place { is_part: true, ..place });
            outcome.merge(part);
        }
        self.alternatives(schema, value, place, outcome);
        self.conditions(schema, value, place, outcome);
        if let Some(excluded) = schema.get("not")
            && self.apply(excluded, value, Place { is_part: true, ..place }).is_valid()
        {
            let reason = format!("{} matches the schema in `not`", shown(value));
            outcome.mismatches.push(mismatch(MismatchKind::Value, schema, value, place.path, reason, "not"));
        }
        self.unevaluated(schema, value, place, outcome);
    }

    /// Applies the keywords of a schema that have no further schemas for the same value.
    fn own_keywords(&mut self, schema: &'a Node, value: &'v Node, place: Place<'_, 'a>) -> Outcome<'v> {
        if let Some(reason) = super::scalar::wrong_type(schema, value) {
            let cause = if matches!(value.value, Value::Null) { "null" } else { "type" };
            return Outcome::of(mismatch(MismatchKind::Value, schema, value, place.path, reason, cause));
        }
        let mut outcome = Outcome::default();
        self.scalar(schema, value, place.path, &mut outcome.mismatches);
        match &value.value {
            Value::List(items) => self.array(schema, value, items, place.path, &mut outcome),
            Value::Map(entries) => self.object(schema, value, entries, place, &mut outcome),
            _ => {}
        }
        outcome
    }
}

/// Returns a mismatch of a value. `cause` names the reason, which is the same for all values that the schema refuses for it.
pub(super) fn mismatch(
    kind: MismatchKind,
    schema: &Node,
    value: &Node,
    path: Path<'_>,
    reason: String,
    cause: &str,
) -> Mismatch {
    // A null that is not allowed has one cause in all schemas: the service sends null where the document does not expect it.
    let cause = if cause == "null" { cause.to_owned() } else { format!("{cause} at {}", schema.span.start) };
    Mismatch { kind, pointer: path.pointer(), span: value.span.clone(), reason, schema: schema.span.clone(), cause }
}
