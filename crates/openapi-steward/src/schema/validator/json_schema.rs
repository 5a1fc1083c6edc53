//! The keywords of JSON Schema 2020-12 that OpenAPI 3.0 does not have, in documents of later versions.

use std::collections::HashSet;

use super::mismatch::{Mismatch, MismatchKind, Path};
use super::outcome::Outcome;
use super::run::{Place, Run, mismatch};
use super::scalar::limit;
use crate::document::{Entry, Node};

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
                outcome.merge_known(condition.known, condition.knows_all, condition.lists_properties);
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
        if self.options.strict {
            outcome.known.extend(&matching);
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
            let (text, limits) = (&entry.key, |key| limit(names, key));
            let length = text.chars().count() as u64;
            let is_too_long = limits("maxLength").is_some_and(|maximum| length > maximum);
            let is_too_short = limits("minLength").is_some_and(|minimum| length < minimum);
            let pattern =
                names.get_str("pattern").filter(|pattern| !self.validator.strings.match_pattern(pattern, text));
            let allowed = names.items_of("enum");
            let is_unknown = !allowed.is_empty() && !allowed.iter().any(|name| name.str() == Some(text));
            if is_too_long || is_too_short || pattern.is_some() || is_unknown {
                let (reason, path) = ("the schema does not allow this name".to_owned(), Path::Key(&place.path, text));
                let kind = MismatchKind::Value;
                outcome.mismatches.push(mismatch(kind, names, &entry.node, path, reason, "propertyNames"));
            }
        }
    }

    /// Applies the schemas of `prefixItems` to the first items, and returns their number.
    pub(super) fn prefix_items(
        &mut self,
        schema: &'a Node,
        items: &'v [Node],
        path: Path<'_>,
        mismatches: &mut Vec<Mismatch>,
    ) -> usize {
        let prefix = schema.items_of("prefixItems");
        for (index, (item_schema, item)) in prefix.iter().zip(items).enumerate() {
            mismatches.extend(self.value(item_schema, item, Path::Index(&path, index)));
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
        mismatches: &mut Vec<Mismatch>,
    ) {
        let Some(contained) = schema.get("contains") else { return };
        let matches = |run: &mut Self, (index, item)| {
            let place = Place { path: Path::Index(&path, index), whole: contained, is_part: false };
            run.apply(contained, item, place).is_valid()
        };
        let mut count = 0_u64;
        for item in items.iter().enumerate() {
            count += u64::from(matches(self, item));
        }
        let (minimum, maximum) = (limit(schema, "minContains").unwrap_or(1), limit(schema, "maxContains"));
        let reason = match maximum {
            _ if count < minimum => format!("less than {minimum} items match the schema in `contains`"),
            Some(maximum) if count > maximum => format!("more than {maximum} items match the schema in `contains`"),
            _ => return,
        };
        mismatches.push(mismatch(MismatchKind::Value, schema, value, path, reason, "contains"));
    }
}
