//! The keywords of JSON Schema 2020-12 that OpenAPI 3.0 does not have, in documents of later versions.

use std::collections::HashSet;

use super::mismatch::{MismatchKind, Path};
use super::outcome::Outcome;
use super::run::{Place, Run, mismatch};
use super::scalar::limit;
use crate::document::{Entry, Node, Value};

impl<'a, 'v> Run<'_, 'a, 'v> {
    /// Applies the keywords that have schemas for the same value: `if`, and those of an object that depend on a property.
    pub(super) fn conditions(
        &mut self,
        schema: &'a Node,
        value: &'v Node,
        place: Place<'_, 'a>,
        outcome: &mut Outcome<'v>,
    ) {
        let part = Place { is_part: true, ..place };
        if let Some(condition) = schema.get("if") {
            let condition = self.apply(condition, value, part);
            let consequence = schema.get(if condition.is_valid() { "then" } else { "else" });
            if condition.is_valid() {
                outcome.known.merge(condition.known);
            }
            if let Some(consequence) = consequence {
                let consequence = self.apply(consequence, value, part);
                outcome.merge(consequence);
            }
        }
        for dependent in schema.entries_of("dependentSchemas").iter().filter(|entry| value.get(&entry.key).is_some()) {
            let dependent = self.apply(&dependent.node, value, part);
            outcome.merge(dependent);
        }
        for dependent in schema.entries_of("dependentRequired").iter().filter(|entry| value.get(&entry.key).is_some()) {
            let missing = dependent.node.items().iter().filter_map(Node::str).filter(|name| value.get(name).is_none());
            outcome.mismatches.extend(missing.map(|name| {
                let reason = format!("\"{name}\" is required beside \"{}\"", dependent.key);
                mismatch(MismatchKind::Value, schema, value, place.path, reason, &format!("required {name}"))
            }));
        }
    }

    /// Applies the schemas of `patternProperties`, and returns the properties that match a pattern.
    pub(super) fn pattern_properties(
        &mut self,
        schema: &'a Node,
        entries: &'v [Entry],
        place: Place<'_, 'a>,
        outcome: &mut Outcome<'v>,
    ) -> HashSet<&'v str> {
        let mut matching = HashSet::new();
        for pattern in schema.entries_of("patternProperties") {
            for entry in entries {
                if self.validator.strings.match_pattern(&pattern.key, &entry.key) {
                    matching.insert(entry.key.as_str());
                    let path = Path::Key(&place.path, &entry.key);
                    outcome.mismatches.extend(self.value(&pattern.node, &entry.node, path));
                }
            }
        }
        if self.collects {
            outcome.known.properties.extend(&matching);
        }
        matching
    }

    /// Applies the schema of `propertyNames` to the names of an object.
    pub(super) fn property_names(
        &mut self,
        schema: &'a Node,
        entries: &'v [Entry],
        place: Place<'_, 'a>,
        outcome: &mut Outcome<'v>,
    ) {
        let Some(names) = schema.get("propertyNames") else { return };
        for entry in entries {
            let name = Node { value: Value::String(entry.key.clone()), span: entry.key_span.clone(), plain: false };
            let refused = self.validator.in_direction(names, &name, self.direction, self.options);
            if let Some(refusal) = refused.into_iter().find(|refusal| refusal.kind.is_invalid()) {
                let (reason, path) = (format!("this name: {}", refusal.reason), Path::Key(&place.path, &entry.key));
                let kind = MismatchKind::Value;
                outcome.mismatches.push(mismatch(kind, names, &name, path, reason, "propertyNames"));
            }
        }
    }

    /// Applies the schemas of `prefixItems` to the first items, and returns their number.
    pub(super) fn prefix_items(
        &mut self,
        schema: &'a Node,
        items: &'v [Node],
        path: Path<'_>,
        outcome: &mut Outcome<'v>,
    ) -> usize {
        let prefix = schema.items_of("prefixItems");
        for (index, (item_schema, item)) in prefix.iter().zip(items).enumerate() {
            outcome.mismatches.extend(self.value(item_schema, item, Path::Index(&path, index)));
        }
        if self.collects {
            outcome.known.items.extend(0..prefix.len());
        }
        prefix.len()
    }

    /// Counts the items that match the schema of `contains`.
    pub(super) fn contains(
        &mut self,
        schema: &'a Node,
        value: &'v Node,
        items: &'v [Node],
        path: Path<'_>,
        outcome: &mut Outcome<'v>,
    ) {
        let Some(contained) = schema.get("contains") else { return };
        let mut count = 0_u64;
        for (index, item) in items.iter().enumerate() {
            let mismatches = self.value(contained, item, Path::Index(&path, index));
            if !mismatches.iter().any(|mismatch| mismatch.kind.is_invalid()) {
                count += 1;
                if self.collects {
                    outcome.known.items.insert(index);
                }
            }
        }
        let (minimum, maximum) = (limit(schema, "minContains").unwrap_or(1), limit(schema, "maxContains"));
        let reason = match maximum {
            _ if count < minimum => format!("less than {minimum} items match the schema in `contains`"),
            Some(maximum) if count > maximum => format!("more than {maximum} items match the schema in `contains`"),
            _ => return,
        };
        outcome.mismatches.push(mismatch(MismatchKind::Value, schema, value, path, reason, "contains"));
    }
}
