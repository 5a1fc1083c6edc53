//! Changes of the properties of an object.

use serde_json::Value;

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison, SchemaPair, narrower, wider};
use super::super::view::View;
use crate::document::Node;
use crate::schema::Direction;

impl<'a> SchemaPair<'a> {
    /// Compares the properties that belong in messages of this direction.
    pub(super) fn properties(&self, comparison: &mut Comparison<'a>) {
        let (old, new) = (self.old.properties(self.direction), self.new.properties(self.direction));
        let (was_required, is_required) = (self.old.required(), self.new.required());
        let place = self.place("properties");
        let new_at: std::collections::HashMap<&str, usize> =
            new.iter().enumerate().map(|(at, (name, _, _))| (*name, at)).collect();
        for (name, schemas, position) in &old {
            let property = place.suffix(&step(name));
            let Some((_, others, other_position)) = new_at.get(name).and_then(|at| new.get(*at)) else {
                self.removed(comparison, name, schemas, *position);
                continue;
            };
            let at = At(Some(*position), Some(*other_position));
            let (severity, kind, how) = match (was_required.contains(name), is_required.contains(name)) {
                (false, true) => (narrower(self.direction), "property-now-required", "is now required"),
                (true, false) => (wider(self.direction), "property-now-optional", "is no longer required"),
                _ => (ChangeSeverity::Notice, "", ""),
            };
            if !how.is_empty() {
                comparison.add_directed((&property, self.direction), severity, kind, how, at, (None, None));
            }
            self.access(comparison, name, schemas, others);
            self.inner(comparison, &property, schemas, others);
        }
        let old_names: std::collections::HashSet<&str> = old.iter().map(|(name, _, _)| *name).collect();
        for (name, _, position) in new.iter().filter(|(name, _, _)| !old_names.contains(name)) {
            self.added(comparison, name, *position, is_required.contains(name));
        }
        // A name can be required without a schema.
        for name in was_required.symmetric_difference(&is_required) {
            let is_listed = |view: &View<'a>| !view.property(name).is_empty();
            if !is_listed(&self.old) && !is_listed(&self.new) {
                let property = place.suffix(&step(name));
                let (severity, kind, how) = if is_required.contains(name) {
                    (narrower(self.direction), "property-now-required", "is now required")
                } else {
                    (wider(self.direction), "property-now-optional", "is no longer required")
                };
                let at = self.at("required");
                comparison.add_directed((&property, self.direction), severity, kind, how, at, (None, None));
            }
        }
    }

    fn removed(&self, comparison: &mut Comparison<'a>, name: &str, schemas: &[&'a Node], position: usize) {
        let property = self.place("properties").suffix(&step(name));
        let others = self.new.property(name);
        let at = At(Some(position), others.first().map(|node| node.span.start).or(self.new.position("properties")));
        let kinds = ["property-removed", "property-removed-before-sunset", "property-removed-after-sunset"];
        let (severity, kind, how) = if others.is_empty() {
            let deprecated = schemas.iter().find(|schema| schema.is_true("deprecated"));
            comparison.removal(deprecated.or(schemas.first()).copied().unwrap_or(comparison.old), kinds)
        } else if self.direction == Direction::Request {
            (
                ChangeSeverity::Breaking,
                "property-now-read-only",
                "is now readOnly: requests no longer have it".to_owned(),
            )
        } else {
            (
                ChangeSeverity::Breaking,
                "property-now-write-only",
                "is now writeOnly: responses no longer have it".to_owned(),
            )
        };
        comparison.add_directed((&property, self.direction), severity, kind, &how, at, (None, None));
    }

    fn added(&self, comparison: &mut Comparison<'a>, name: &str, position: usize, required: bool) {
        let property = self.place("properties").suffix(&step(name));
        let others = self.old.property(name);
        let at = At(others.first().map(|node| node.span.start).or(self.old.position("properties")), Some(position));
        let (severity, kind, how) = match (others.is_empty(), self.direction) {
            (true, Direction::Request) if required => {
                (ChangeSeverity::Breaking, "required-property-added", "was added and is required")
            }
            (true, _) => (ChangeSeverity::Additive, "property-added", "was added"),
            (false, Direction::Request) if required => {
                (ChangeSeverity::Breaking, "property-no-longer-read-only", "is no longer readOnly, and is required")
            }
            (false, Direction::Request) => {
                (ChangeSeverity::Additive, "property-no-longer-read-only", "is no longer readOnly")
            }
            (false, Direction::Response) => {
                (ChangeSeverity::Additive, "property-no-longer-write-only", "is no longer writeOnly")
            }
        };
        comparison.add_directed((&property, self.direction), severity, kind, how, at, (None, None));
    }

    /// Reports a change of `readOnly` or `writeOnly` in the direction in which it does not count.
    fn access(&self, comparison: &mut Comparison<'a>, name: &str, old: &[&'a Node], new: &[&'a Node]) {
        let other = match self.direction {
            Direction::Request => Direction::Response,
            Direction::Response => Direction::Request,
        };
        let (was, is) = (self.old.is_excluded(old, other), self.new.is_excluded(new, other));
        if was != is {
            let kind = match (other, is) {
                (Direction::Request, true) => "property-now-read-only",
                (Direction::Request, false) => "property-no-longer-read-only",
                (Direction::Response, true) => "property-now-write-only",
                (Direction::Response, false) => "property-no-longer-write-only",
            };
            let how = format!("is {} {}", if is { "now" } else { "no longer" }, other.excluded_by());
            let at = At(old.first().map(|node| node.span.start), new.first().map(|node| node.span.start));
            let place = self.place("properties").suffix(&step(name));
            let severity = ChangeSeverity::Documentation;
            comparison.add_directed((&place, self.direction), severity, kind, &how, at, (None, None));
        }
    }

    /// Compares the rules for properties that are not listed. Without a rule they are allowed.
    pub(super) fn additional_properties(&self, comparison: &mut Comparison<'a>, key: &str) {
        let (old, new) = (Additional::of(&self.old, key), Additional::of(&self.new, key));
        let (severity, kind, how) = match (&old, &new) {
            (Additional::Forbidden, Additional::Forbidden) | (Additional::Any, Additional::Any) => return,
            (Additional::Schemas(old), Additional::Schemas(new)) => {
                return self.inner(comparison, &self.place(key).suffix(".*"), old, new);
            }
            (_, Additional::Forbidden) => (
                narrower(self.direction),
                "additional-properties-forbidden",
                "no longer allows properties that are not listed",
            ),
            // A client ignores an unknown property.
            (Additional::Forbidden, _) => {
                (ChangeSeverity::Additive, "additional-properties-allowed", "now allows properties that are not listed")
            }
            (Additional::Any, Additional::Schemas(_)) => (
                narrower(self.direction),
                "additional-properties-limited",
                "now limits the schema of properties that are not listed",
            ),
            (Additional::Schemas(_), Additional::Any) => (
                wider(self.direction),
                "additional-properties-not-limited",
                "no longer limits the schema of properties that are not listed",
            ),
        };
        let place = self.place(key);
        comparison.add_directed((&place, self.direction), severity, kind, how, self.at(key), (None, None));
    }
}

/// The name of a property behind that of its object.
fn step(name: &str) -> String {
    if name.is_empty() { ".\"\"".to_owned() } else { format!(".{name}") }
}

/// The rule for properties that are not listed.
enum Additional<'a> {
    Any,
    Forbidden,
    Schemas(Vec<&'a Node>),
}

impl<'a> Additional<'a> {
    fn of(view: &View<'a>, key: &str) -> Self {
        let mut schemas = Vec::new();
        for entry in view.entries(key) {
            match entry.node.to_json() {
                Value::Bool(false) => return Self::Forbidden,
                Value::Object(map) if !map.is_empty() => schemas.push(&entry.node),
                _ => {}
            }
        }
        if schemas.is_empty() { Self::Any } else { Self::Schemas(schemas) }
    }
}
