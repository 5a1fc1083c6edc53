//! Changes of the keywords of JSON Schema that apply schemas to parts of a value, or under a condition.

use std::collections::BTreeSet;

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison, SchemaPair, narrower, wider};
use super::super::view::View;
use super::keywords::{brief, list};
use crate::document::{Entry, Node, Value};

/// The effect of a change on the values that are allowed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Effect {
    is_narrower: bool,
    is_wider: bool,
}

impl Effect {
    const NARROWER: Self = Self { is_narrower: true, is_wider: false };
    const WIDER: Self = Self { is_narrower: false, is_wider: true };
    const UNKNOWN: Self = Self { is_narrower: true, is_wider: true };

    fn and(self, other: Self) -> Self {
        Self { is_narrower: self.is_narrower || other.is_narrower, is_wider: self.is_wider || other.is_wider }
    }
}

impl<'a> SchemaPair<'a> {
    pub(super) fn applicators(&self, comparison: &mut Comparison<'a>) {
        self.pattern_properties(comparison);
        self.property_names(comparison);
        self.prefix_items(comparison);
        let contains = self.contains(comparison);
        self.effect(comparison, &["contains", "minContains", "maxContains"], contains);
        let required = self.dependent_required();
        self.effect(comparison, &["dependentRequired", "dependentSchemas"], required);
        let schemas = self.dependent_schemas(comparison);
        self.effect(comparison, &["dependentSchemas"], schemas);
        let condition = self.condition(comparison);
        self.effect(comparison, &["if", "then", "else"], condition);
        let items = self.unevaluated_items(comparison);
        self.effect(comparison, &["unevaluatedItems"], items);
    }

    /// Reports the change of keywords that belong together.
    fn effect(&self, comparison: &mut Comparison<'a>, keys: &[&str], effect: Effect) {
        let (severity, kind) = match (effect.is_narrower, effect.is_wider) {
            (false, false) => return,
            (true, false) => (narrower(self.direction), "keyword-narrowed"),
            (false, true) => (wider(self.direction), "keyword-widened"),
            (true, true) => (ChangeSeverity::Breaking, "keyword-changed"),
        };
        let changed: Vec<&str> =
            keys.iter().copied().filter(|key| self.old.values(key) != self.new.values(key)).collect();
        let Some(key) = changed.first().or(keys.first()) else { return };
        let text = |values: &[serde_json::Value]| if values.is_empty() { "none".to_owned() } else { brief(values) };
        let change = |key: &&str| {
            format!("the {key} was {} and is {}", text(&self.old.values(key)), text(&self.new.values(key)))
        };
        let mut how = changed.iter().map(change).collect::<Vec<_>>().join("; ");
        // The keyword refers to what was changed.
        if how.is_empty() {
            how = format!("what the {key} refers to was changed");
        }
        let values = (list(&self.old.values(key)), list(&self.new.values(key)));
        comparison.add_directed((&self.place(key), self.direction), severity, kind, &how, self.at(key), values);
    }

    /// Compares the schemas of properties whose names match a pattern.
    fn pattern_properties(&self, comparison: &mut Comparison<'a>) {
        let key = "patternProperties";
        let entries = |view: &View<'a>| -> Vec<&'a Entry> {
            view.layers.iter().flat_map(|layer| layer.entries_of("patternProperties")).collect()
        };
        let (old, new) = (entries(&self.old), entries(&self.new));
        let patterns: BTreeSet<&str> = old.iter().chain(&new).map(|entry| entry.key.as_str()).collect();
        for pattern in patterns {
            let of = |entries: &[&'a Entry]| -> Vec<&'a Node> {
                entries.iter().filter(|entry| entry.key == pattern).map(|entry| &entry.node).collect()
            };
            let position = |entries: &[&'a Entry], view: &View<'a>| {
                let own = entries.iter().find(|entry| entry.key == pattern);
                own.map(|entry| entry.key_span.start).or_else(|| view.position(key))
            };
            let (was, is) = (of(&old), of(&new));
            let place = self.place(key);
            let at = At(position(&old, &self.old), position(&new, &self.new));
            let quoted = Some(pattern.to_owned());
            let (severity, kind, how, values) = match (was.is_empty(), is.is_empty()) {
                (false, false) => {
                    self.inner(comparison, &place.suffix(&format!(".`{pattern}`")), &was, &is);
                    continue;
                }
                // Where other properties are forbidden, a pattern allows some.
                (true, _) if self.old.forbids_others() => {
                    let how = format!("now allows properties like `{pattern}`");
                    (ChangeSeverity::Additive, "additional-properties-allowed", how, (None, quoted))
                }
                (_, true) if self.new.forbids_others() => {
                    let how = format!("no longer allows properties like `{pattern}`");
                    (narrower(self.direction), "additional-properties-forbidden", how, (quoted, None))
                }
                (true, _) => {
                    let how = format!("now limits the schema of properties like `{pattern}`");
                    (narrower(self.direction), "additional-properties-limited", how, (None, quoted))
                }
                (_, true) => {
                    let how = format!("no longer limits the schema of properties like `{pattern}`");
                    (wider(self.direction), "additional-properties-not-limited", how, (quoted, None))
                }
            };
            comparison.add_directed((&place, self.direction), severity, kind, &how, at, values);
        }
    }

    fn property_names(&self, comparison: &mut Comparison<'a>) {
        let (old, new) = (nodes(&self.old, "propertyNames"), nodes(&self.new, "propertyNames"));
        if !old.is_empty() || !new.is_empty() {
            let place = self.place("propertyNames").part("the names of properties");
            self.inner(comparison, &place, &old, &new);
        }
    }

    /// Compares the schemas of the first items. Those of the others are compared as `items`.
    fn prefix_items(&self, comparison: &mut Comparison<'a>) {
        let prefix = |view: &View<'a>| view.entry("prefixItems").map(|entry| entry.node.items()).unwrap_or_default();
        let (old, new) = (prefix(&self.old), prefix(&self.new));
        let at = |view: &View<'a>, prefix: &'a [Node], index: usize| {
            prefix.get(index).map_or_else(|| nodes(view, "items"), |schema| vec![schema])
        };
        for index in 0..old.len().max(new.len()) {
            let place = self.place("prefixItems").suffix(&format!("[{index}]"));
            self.inner(comparison, &place, &at(&self.old, old, index), &at(&self.new, new, index));
        }
    }

    fn contains(&self, comparison: &Comparison<'a>) -> Effect {
        let (old, new) = (nodes(&self.old, "contains"), nodes(&self.new, "contains"));
        // Both numbers count the items that the schema fits.
        let number = |view: &View<'a>, key| view.values(key).first().and_then(serde_json::Value::as_u64);
        let least = |view: &View<'a>, is_on: bool| if is_on { number(view, "minContains").unwrap_or(1) } else { 0 };
        let most = |view: &View<'a>, is_on: bool| number(view, "maxContains").filter(|_| is_on).unwrap_or(u64::MAX);
        let (was, is) = (least(&self.old, !old.is_empty()), least(&self.new, !new.is_empty()));
        let mut effect = Effect { is_narrower: is > was, is_wider: is < was };
        let (was_most, is_most) = (most(&self.old, !old.is_empty()), most(&self.new, !new.is_empty()));
        effect = effect.and(Effect { is_narrower: is_most < was_most, is_wider: is_most > was_most });
        if let (false, false) = (old.is_empty(), new.is_empty()) {
            let schema = self.fit(comparison, &old, &new);
            let is_limited = was_most.min(is_most) < u64::MAX;
            effect = effect.and(match schema {
                Effect { is_narrower: false, is_wider: false } => schema,
                // Fewer items fit, which both limits have an opposite opinion of.
                _ if is_limited => Effect::UNKNOWN,
                _ if was.max(is) == 0 => Effect::default(),
                _ => schema,
            });
        }
        effect
    }

    /// Compares the names of properties that others require.
    fn dependent_required(&self) -> Effect {
        let pairs = |view: &View<'a>| -> BTreeSet<(&'a str, &'a str)> {
            let names = view.layers.iter().flat_map(|layer| layer.entries_of("dependentRequired"));
            let names = names.map(|entry| (entry, entry.node.items()));
            let schemas = view.layers.iter().flat_map(|layer| layer.entries_of("dependentSchemas"));
            let schemas = schemas.filter(|entry| only_requires(&entry.node));
            let schemas = schemas.map(|entry| (entry, entry.node.items_of("required")));
            let pairs = names
                .chain(schemas)
                .flat_map(|(entry, names)| names.iter().filter_map(Node::str).map(|name| (entry.key.as_str(), name)));
            pairs.collect()
        };
        let (old, new) = (pairs(&self.old), pairs(&self.new));
        Effect { is_narrower: !new.is_subset(&old), is_wider: !old.is_subset(&new) }
    }

    fn dependent_schemas(&self, comparison: &Comparison<'a>) -> Effect {
        let entries = |view: &View<'a>| -> Vec<&'a Entry> {
            let all = view.layers.iter().flat_map(|layer| layer.entries_of("dependentSchemas"));
            all.filter(|entry| !only_requires(&entry.node)).collect()
        };
        let (old, new) = (entries(&self.old), entries(&self.new));
        let names: BTreeSet<&str> = old.iter().chain(&new).map(|entry| entry.key.as_str()).collect();
        let of = |entries: &[&'a Entry], name: &str| -> Vec<&'a Node> {
            entries.iter().filter(|entry| entry.key == name).map(|entry| &entry.node).collect()
        };
        let effects = names.into_iter().map(|name| self.fit(comparison, &of(&old, name), &of(&new, name)));
        effects.fold(Effect::default(), Effect::and)
    }

    /// Compares the schemas that hold under a condition.
    fn condition(&self, comparison: &Comparison<'a>) -> Effect {
        let of = |key| (nodes(&self.old, key), nodes(&self.new, key));
        let ((old, new), then, other) = (of("if"), of("then"), of("else"));
        match (old.is_empty(), new.is_empty()) {
            (true, true) => Effect::default(),
            (true, false) => Effect::NARROWER,
            (false, true) => Effect::WIDER,
            (false, false) if self.fit(comparison, &old, &new) != Effect::default() => Effect::UNKNOWN,
            (false, false) => {
                let then = self.fit(comparison, &then.0, &then.1);
                then.and(self.fit(comparison, &other.0, &other.1))
            }
        }
    }

    /// Compares the rule for items that no other keyword describes.
    fn unevaluated_items(&self, comparison: &Comparison<'a>) -> Effect {
        let (old, new) = (nodes(&self.old, "unevaluatedItems"), nodes(&self.new, "unevaluatedItems"));
        let forbids = |nodes: &[&'a Node]| nodes.iter().any(|node| matches!(node.value, Value::Bool(false)));
        match (forbids(&old), forbids(&new)) {
            (true, true) => Effect::default(),
            (false, true) => Effect::NARROWER,
            (true, false) => Effect::WIDER,
            (false, false) => self.fit(comparison, &old, &new),
        }
    }

    /// The effect of a change from schemas to others. A missing one allows every value.
    fn fit(&self, comparison: &Comparison<'a>, old: &[&'a Node], new: &[&'a Node]) -> Effect {
        if old.is_empty() && new.is_empty() {
            return Effect::default();
        }
        let old = View::of(old, self.old.references).written(self.old.notation);
        let new = View::of(new, self.new.references).written(self.new.notation);
        Effect {
            is_narrower: !comparison.old_fits_in_new(&old, &new),
            is_wider: !comparison.new_fits_in_old(&new, &old),
        }
    }
}

impl View<'_> {
    /// Returns whether only properties that the schema describes are allowed.
    pub(super) fn forbids_others(&self) -> bool {
        ["additionalProperties", "unevaluatedProperties"]
            .into_iter()
            .any(|key| self.entries(key).any(|entry| matches!(entry.node.value, Value::Bool(false))))
    }
}

/// Returns whether a schema is nothing but names that are required.
fn only_requires(schema: &Node) -> bool {
    matches!(schema.entries(), [only] if only.key == "required")
}

fn nodes<'a>(view: &View<'a>, key: &str) -> Vec<&'a Node> {
    view.entries(key).map(|entry| &entry.node).collect()
}
