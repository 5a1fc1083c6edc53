//! Changes of schemas. A change that breaks a request can be additive in a response, and the other way round.

mod alternatives;
mod applicators;
mod bounds;
mod discriminator;
mod fits;
mod keywords;
mod kinds;
mod limits;
mod lists;
mod pairing;
mod properties;
mod texts;

use std::rc::Rc;

use super::comparison::{At, Comparison, SchemaPair, narrower, wider};
use super::notation::Notation;
use super::place::Place;
use super::view::View;
use crate::document::Node;
use crate::schema::Direction;

/// The number of times that two schemas are compared at places of different names.
const MAX_VISITS: u8 = 8;
/// The number of schemas that are compared to try whether one fits in another.
const MAX_TRIED: usize = 2_000;

impl<'a> Comparison<'a> {
    /// Compares two schemas at a place. A missing one allows every value.
    pub(super) fn schema(
        &mut self,
        place: &Place,
        (old, new): (Option<&'a Node>, Option<&'a Node>),
        direction: Direction,
        notation: Notation,
    ) {
        let old: Vec<&Node> = old.into_iter().collect();
        let new: Vec<&Node> = new.into_iter().collect();
        let (old, new) = (View::of(&old, self.old_references), View::of(&new, self.new_references));
        self.views(place.clone(), old.written(notation), new.written(notation), direction);
    }

    pub(super) fn views(&mut self, place: Place, old: View<'a>, new: View<'a>, direction: Direction) {
        if self.depth > 0 && self.visits.len() > MAX_TRIED {
            self.gave_up = true;
            return;
        }
        let component = new.name.filter(|name| old.name == Some(name));
        let limit = if component.is_some() { 1 } else { MAX_VISITS };
        let visits = self.visits.entry((old.id(), new.id(), direction, new.notation)).or_default();
        if *visits >= limit {
            return;
        }
        *visits = visits.saturating_add(1);
        let place = component.map_or(place, |name| Place::component("schemas", name));
        self.queue.push_back(SchemaPair { place, old, new, direction });
    }

    /// Compares the schemas of the queue, and those below them.
    pub(super) fn compare_schemas(&mut self) {
        while let Some(pair) = self.queue.pop_front() {
            pair.compare(self);
        }
    }
}

impl<'a> SchemaPair<'a> {
    fn compare(&self, comparison: &mut Comparison<'a>) {
        self.texts(comparison);
        if !self.single_value_and_list(comparison) {
            self.values_of_both(comparison);
        }
    }

    /// Compares the values that the schemas allow.
    fn values_of_both(&self, comparison: &mut Comparison<'a>) {
        if self.any_value(comparison) || self.choices(comparison) {
            return;
        }
        self.kind(comparison);
        self.values(comparison);
        self.limits(comparison);
        self.keywords(comparison);
        self.applicators(comparison);
        if self.both_can_be("object") {
            self.properties(comparison);
            self.additional_properties(comparison, "additionalProperties");
            self.additional_properties(comparison, "unevaluatedProperties");
        }
        if self.both_can_be("array") {
            self.items(comparison);
        }
    }

    /// Reports a schema with parts that is no longer described, or is described now. Returns whether the schemas are such a pair.
    fn any_value(&self, comparison: &mut Comparison<'a>) -> bool {
        let (severity, kind, how) = match (self.old.allows_everything(), self.new.allows_everything()) {
            (false, true) if self.old.has_parts() => {
                (wider(self.direction), "type-widened", "had a schema and can now be any value")
            }
            (true, false) if self.new.has_parts() => {
                (narrower(self.direction), "type-narrowed", "could be any value and now has a schema")
            }
            _ => return false,
        };
        let types = |view: &View<'a>| view.types().map(|types| types.into_iter().collect::<Vec<_>>().join(", "));
        let values = (types(&self.old), types(&self.new));
        comparison.add_directed((&self.place("type"), self.direction), severity, kind, how, self.at("type"), values);
        true
    }

    /// Compares schemas of the properties, items or parts of these two.
    fn inner(&self, comparison: &mut Comparison<'a>, place: &Place, old: &[&'a Node], new: &[&'a Node]) {
        let (old, new) = (View::of(old, self.old.references), View::of(new, self.new.references));
        let is_object = new.can_be("object") || old.can_be("object");
        let notation = match self.new.notation {
            // An object in a form is written as JSON.
            Notation::Listed | Notation::Form if is_object => Notation::Typed,
            Notation::Form => Notation::Listed,
            notation => notation,
        };
        comparison.views(place.clone(), old.written(notation), new.written(notation), self.direction);
    }

    /// The place of a key: that of a reference, or of the component that it leads to.
    fn place(&self, key: &str) -> Place {
        let wrapped = self.new.wrapped.filter(|name| self.old.wrapped == Some(name) || self.old.name == Some(name));
        let wrapped = wrapped.or_else(|| self.new.name.filter(|name| self.old.wrapped == Some(name)));
        match wrapped {
            Some(name) if !self.old.has_beside_reference(key) && !self.new.has_beside_reference(key) => {
                let component: Rc<str> = name.into();
                Place { component: Some(("schemas", component)), ..Place::component("schemas", name) }
            }
            _ => self.place.clone(),
        }
    }

    /// The positions of a key in both versions.
    fn at(&self, key: &str) -> At {
        At(self.old.position(key), self.new.position(key))
    }

    /// Returns whether values of both versions can have a type. Otherwise the change of the type tells everything.
    fn both_can_be(&self, name: &str) -> bool {
        // An integer is a number.
        let is_same = |one: &str| one == name || (name == "number" && one == "integer");
        let can_be = |view: &View<'a>| view.types().is_none_or(|types| types.into_iter().any(is_same));
        can_be(&self.old) && can_be(&self.new)
    }

    fn items(&self, comparison: &mut Comparison<'a>) {
        let nodes = |view: &View<'a>| view.entries("items").map(|entry| &entry.node).collect::<Vec<_>>();
        let (old, new) = (nodes(&self.old), nodes(&self.new));
        if !old.is_empty() || !new.is_empty() {
            self.inner(comparison, &self.place("items").suffix("[]"), &old, &new);
        }
    }
}
