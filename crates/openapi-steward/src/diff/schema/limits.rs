//! Changes of the limits of numbers, texts, lists and objects.

use serde_json::Value;

use super::super::change::ChangeSeverity;
use super::super::comparison::{Comparison, SchemaPair, narrower, wider};
use super::super::view::View;
use super::bounds::{Bound, bound, is_met_by_all};
use super::kinds::{joined_or_none, quoted_or_none, texts};
use crate::schema::Strings;

/// A limit: its keyword, `true` for a lower one, and the kinds of its changes when it is raised and lowered.
type Limit = (&'static str, bool, &'static str, &'static str);

const NUMBERS: [Limit; 2] =
    [("minimum", true, "minimum-raised", "minimum-lowered"), ("maximum", false, "maximum-raised", "maximum-lowered")];
const STRINGS: [Limit; 2] = [
    ("minLength", true, "min-length-raised", "min-length-lowered"),
    ("maxLength", false, "max-length-raised", "max-length-lowered"),
];
const ARRAYS: [Limit; 2] = [
    ("minItems", true, "min-items-raised", "min-items-lowered"),
    ("maxItems", false, "max-items-raised", "max-items-lowered"),
];
const OBJECTS: [Limit; 2] = [
    ("minProperties", true, "min-properties-raised", "min-properties-lowered"),
    ("maxProperties", false, "max-properties-raised", "max-properties-lowered"),
];

impl<'a> SchemaPair<'a> {
    /// Compares the limits. One of another type than that of the values limits nothing.
    pub(super) fn limits(&self, comparison: &mut Comparison<'a>) {
        // Most schemas have none, and finding out their types takes longer.
        let has = |keys: &[&str]| keys.iter().any(|key| self.old.entry(key).or_else(|| self.new.entry(key)).is_some());
        if has(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"])
            && self.both_can_be("number")
        {
            self.bounds(comparison, NUMBERS);
            self.multiple_of(comparison);
        }
        // A number that becomes a text is written as one where values have no types.
        let becomes_text = || self.new.notation.is_text() && (self.old.can_be("string") || self.new.can_be("string"));
        if has(&["minLength", "maxLength", "pattern"]) && (becomes_text() || self.both_can_be("string")) {
            self.bounds(comparison, STRINGS);
            self.pattern(comparison);
        }
        if has(&["minItems", "maxItems", "uniqueItems"]) && self.both_can_be("array") {
            self.bounds(comparison, ARRAYS);
            self.unique_items(comparison);
        }
        if has(&["minProperties", "maxProperties"]) && self.both_can_be("object") {
            self.bounds(comparison, OBJECTS);
        }
    }

    fn bounds(&self, comparison: &mut Comparison<'a>, limits: [Limit; 2]) {
        let views = [&self.old, &self.new];
        for (key, least, raised, lowered) in limits {
            // A limit tells nothing of listed values that are within it.
            let counts = |bound: &Bound| !views.into_iter().any(|view| is_met_by_all(view, key, *bound, least));
            let [old, new] = views.map(|view| bound(view, key, least).filter(counts));
            let is_narrower = match (old, new) {
                (None, Some(_)) => true,
                (Some(_), None) => false,
                (Some(old), Some(new)) if new.is_tighter(old, least) => true,
                (Some(old), Some(new)) if old.is_tighter(new, least) => false,
                _ => continue,
            };
            let severity = if is_narrower { narrower(self.direction) } else { wider(self.direction) };
            let kind = if is_narrower == least { raised } else { lowered };
            let text = |bound: Option<Bound>| bound.map_or_else(|| "none".to_owned(), Bound::text);
            let how = format!("the {key} was {} and is {}", text(old), text(new));
            let values = (old.map(Bound::text), new.map(Bound::text));
            let place = self.place(key);
            comparison.add_directed((&place, self.direction), severity, kind, &how, self.bound_at(key), values);
        }
    }

    /// The positions of a limit, which can be an exclusive one.
    fn bound_at(&self, key: &str) -> super::super::comparison::At {
        let exclusive = match key {
            "minimum" => "exclusiveMinimum",
            "maximum" => "exclusiveMaximum",
            key => key,
        };
        let of = |view: &View<'a>, other: &View<'a>| {
            let differs = view.values(exclusive) != other.values(exclusive) && view.values(key) == other.values(key);
            view.position(if differs && view.entry(exclusive).is_some() { exclusive } else { key })
        };
        super::super::comparison::At(of(&self.old, &self.new), of(&self.new, &self.old))
    }

    fn pattern(&self, comparison: &mut Comparison<'a>) {
        // A pattern tells nothing of listed values that match it.
        let strings = Strings::default();
        let is_met = |pattern: &str| {
            let matches = |value: &Value| value.as_str().is_none_or(|text| strings.match_pattern(pattern, text));
            [&self.old, &self.new].into_iter().any(|view| view.lists_only(matches))
        };
        let patterns = |view: &View<'a>| {
            let mut all = texts(view, "pattern");
            all.retain(|pattern| !matches!(pattern.as_str(), "" | ".*" | "^.*$" | "^.*" | ".*$" | "^" | "$"));
            all.retain(|pattern| !is_met(pattern));
            all
        };
        let (old, new) = (patterns(&self.old), patterns(&self.new));
        let (severity, kind) = match (old.is_subset(&new), new.is_subset(&old)) {
            (true, true) => return,
            (true, false) => (narrower(self.direction), "pattern-added"),
            (false, true) => (wider(self.direction), "pattern-removed"),
            (false, false) => (ChangeSeverity::Breaking, "pattern-changed"),
        };
        let how = format!("the pattern was {} and is {}", quoted_or_none(&old), quoted_or_none(&new));
        let values = (joined_or_none(&old), joined_or_none(&new));
        let place = self.place("pattern");
        comparison.add_directed((&place, self.direction), severity, kind, &how, self.at("pattern"), values);
    }

    fn multiple_of(&self, comparison: &mut Comparison<'a>) {
        let (old, new) = (multiples(&self.old), multiples(&self.new));
        let fits = |from: &[f64], to: &[f64]| {
            to.iter().all(|divisor| from.iter().any(|number| is_multiple(*number, *divisor)))
        };
        let (severity, kind) = match (fits(&old, &new), fits(&new, &old)) {
            (true, true) => return,
            (false, true) => (narrower(self.direction), "multiple-of-narrowed"),
            (true, false) => (wider(self.direction), "multiple-of-widened"),
            (false, false) => (ChangeSeverity::Breaking, "multiple-of-changed"),
        };
        let text = |numbers: &[f64]| {
            let all: Vec<String> = numbers.iter().map(f64::to_string).collect();
            (!all.is_empty()).then(|| all.join(", "))
        };
        let shown = |numbers: &[f64]| text(numbers).unwrap_or_else(|| "none".to_owned());
        let how = format!("the multipleOf was {} and is {}", shown(&old), shown(&new));
        let place = self.place("multipleOf");
        let values = (text(&old), text(&new));
        comparison.add_directed((&place, self.direction), severity, kind, &how, self.at("multipleOf"), values);
    }

    fn unique_items(&self, comparison: &mut Comparison<'a>) {
        let is_on = |view: &View<'a>| view.values("uniqueItems").contains(&Value::Bool(true));
        let (severity, kind, how) = match (is_on(&self.old), is_on(&self.new)) {
            (false, true) => (narrower(self.direction), "unique-items-added", "now has to have different items"),
            (true, false) => (wider(self.direction), "unique-items-removed", "no longer has to have different items"),
            _ => return,
        };
        let place = self.place("uniqueItems");
        comparison.add_directed((&place, self.direction), severity, kind, how, self.at("uniqueItems"), (None, None));
    }
}

fn multiples(view: &View<'_>) -> Vec<f64> {
    let is_integer = view.types().is_some_and(|types| types.len() == 1 && types.contains("integer"));
    let numbers = view.values("multipleOf").into_iter().filter_map(|value| value.as_f64());
    numbers.filter(|number| *number > 0.0 && !(is_integer && is_multiple(1.0, *number))).collect()
}

/// Returns whether a number is a multiple of another, as far as decimal fractions can tell.
fn is_multiple(number: f64, divisor: f64) -> bool {
    let quotient = number / divisor;
    (quotient - quotient.round()).abs() < 1e-9 * quotient.abs().max(1.0)
}
