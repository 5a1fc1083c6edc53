//! Changes from a single value to a list of values and back, where a list of one value is written like that value.

use super::super::change::ChangeSeverity;
use super::super::comparison::{Comparison, SchemaPair, narrower, wider};
use super::super::notation::Notation;
use super::super::view::View;

impl<'a> SchemaPair<'a> {
    /// Compares a single value with the items of a list. Returns whether the schemas are such a pair.
    pub(super) fn single_value_and_list(&self, comparison: &mut Comparison<'a>) -> bool {
        if self.new.notation != Notation::Listed {
            return false;
        }
        let (old, new) = if self.old.is_scalar() && is_list(&self.new) {
            (self.old.clone(), items(&self.new))
        } else if is_list(&self.old) && self.new.is_scalar() {
            (items(&self.old), self.new.clone())
        } else {
            return false;
        };
        let (list, is_new) = if is_list(&self.new) { (&self.new, true) } else { (&self.old, false) };
        let limit = |key| list.values(key).iter().filter_map(serde_json::Value::as_u64).max();
        let has_several = limit("minItems").is_some_and(|least| least > 1);
        let (severity, kind) = match (is_new, limit("maxItems")) {
            _ if has_several => (ChangeSeverity::Breaking, "type-changed"),
            (_, Some(0 | 1)) => (ChangeSeverity::Documentation, "type-changed"),
            (true, _) => (wider(self.direction), "type-widened"),
            (false, _) => (narrower(self.direction), "type-narrowed"),
        };
        let how = match (is_new, has_several) {
            (true, false) => "was a single value and is a list, in which one value is written as before",
            (true, true) => "was a single value and is a list of several",
            (false, _) => "was a list and is a single value",
        };
        let names = |view: &View<'a>| view.types().map(|types| types.into_iter().collect::<Vec<_>>().join(", "));
        let values = (names(&self.old), names(&self.new));
        comparison.add_directed((&self.place("type"), self.direction), severity, kind, how, self.at("type"), values);
        let place = if is_new { self.place("items").suffix("[]") } else { self.place.clone() };
        Self { place, old, new, direction: self.direction }.values_of_both(comparison);
        true
    }
}

/// Returns whether every value is a list.
fn is_list(view: &View<'_>) -> bool {
    view.types().is_some_and(|types| types.len() == 1 && types.contains("array"))
}

fn items<'a>(view: &View<'a>) -> View<'a> {
    let items: Vec<_> = view.entries("items").map(|entry| &entry.node).collect();
    View::of(&items, view.references).written(view.notation)
}
