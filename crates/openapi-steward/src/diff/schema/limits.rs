//! Changes of the limits of numbers, texts, lists and objects.

use serde_json::Value;

use super::super::change::ChangeSeverity;
use super::super::comparison::{Comparison, SchemaPair, narrower, wider};
use super::super::view::View;
use super::kinds::{joined_or_none, quoted_or_none, texts};

/// A limit: its keyword, `true` for a lower one, and the kinds of its changes when it is raised and lowered.
type Limit = (&'static str, bool, &'static str, &'static str);

const LIMITS: [Limit; 8] = [
    ("minimum", true, "minimum-raised", "minimum-lowered"),
    ("maximum", false, "maximum-raised", "maximum-lowered"),
    ("minLength", true, "min-length-raised", "min-length-lowered"),
    ("maxLength", false, "max-length-raised", "max-length-lowered"),
    ("minItems", true, "min-items-raised", "min-items-lowered"),
    ("maxItems", false, "max-items-raised", "max-items-lowered"),
    ("minProperties", true, "min-properties-raised", "min-properties-lowered"),
    ("maxProperties", false, "max-properties-raised", "max-properties-lowered"),
];

/// A limit of a version. An exclusive one is not allowed itself.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bound {
    value: f64,
    is_exclusive: bool,
    /// The value as it is written, where an integer that is excluded is compared as the next one.
    written: f64,
}

impl Bound {
    /// Returns whether this limit allows fewer values than another.
    fn is_tighter(self, other: Self, least: bool) -> bool {
        let is_beyond = if least { self.value > other.value } else { self.value < other.value };
        is_beyond || (self.value.total_cmp(&other.value).is_eq() && self.is_exclusive && !other.is_exclusive)
    }

    fn text(self) -> String {
        let is_exclusive = self.is_exclusive || self.written.total_cmp(&self.value).is_ne();
        format!("{}{}", self.written, if is_exclusive { " (exclusive)" } else { "" })
    }
}

impl<'a> SchemaPair<'a> {
    pub(super) fn limits(&self, comparison: &mut Comparison<'a>) {
        for (key, least, raised, lowered) in LIMITS {
            let (old, new) = (bound(&self.old, key, least), bound(&self.new, key, least));
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
        self.pattern(comparison);
        self.multiple_of(comparison);
        self.unique_items(comparison);
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
        let patterns = |view: &View<'a>| {
            let mut all = texts(view, "pattern");
            all.retain(|pattern| !matches!(pattern.as_str(), "" | ".*" | "^.*$" | "^.*" | ".*$" | "^" | "$"));
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

/// The tightest limit of all parts of a schema. Missing if it limits nothing.
fn bound(view: &View<'_>, key: &str, least: bool) -> Option<Bound> {
    let exclusive = match key {
        "minimum" => "exclusiveMinimum",
        "maximum" => "exclusiveMaximum",
        _ => "",
    };
    let number = |value: Option<&crate::document::Node>| value.and_then(|node| node.to_json().as_f64());
    let mut bounds = Vec::new();
    for layer in &view.layers {
        let is_exclusive = layer.is_true(exclusive);
        bounds.extend(number(layer.get(key)).map(|value| Bound { value, is_exclusive, written: value }));
        bounds.extend(number(layer.get(exclusive)).map(|value| Bound { value, is_exclusive: true, written: value }));
    }
    if view.types().is_some_and(|types| types.len() == 1 && types.contains("integer")) {
        for bound in bounds.iter_mut().filter(|bound| bound.is_exclusive && bound.value.fract() == 0.0) {
            bound.value += if least { 1.0 } else { -1.0 };
            bound.is_exclusive = false;
        }
    }
    let tightest = bounds.into_iter().reduce(|one, other| if other.is_tighter(one, least) { other } else { one });
    // A length cannot be smaller than nothing.
    tightest.filter(|bound| !(least && key != "minimum" && bound.value <= 0.0))
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
