//! The keywords for lists.

use std::collections::HashSet;

use super::mismatch::{MismatchKind, Path};
use super::outcome::Outcome;
use super::run::{Run, mismatch};
use super::scalar::limit;
use crate::document::Node;
use crate::schema::canonical::canonical;

impl<'a, 'v> Run<'_, 'a, 'v> {
    pub(super) fn array(
        &mut self,
        schema: &'a Node,
        value: &'v Node,
        items: &'v [Node],
        path: Path<'_>,
        outcome: &mut Outcome<'v>,
    ) {
        let mut report = |cause: &str, reason: String| {
            outcome.mismatches.push(mismatch(MismatchKind::Value, schema, value, path, reason, cause));
        };
        let length = items.len() as u64;
        if let Some(maximum) = limit(schema, "maxItems").filter(|maximum| length > *maximum) {
            report("maxItems", format!("this list has more than {maximum} items"));
        }
        if let Some(minimum) = limit(schema, "minItems").filter(|minimum| length < *minimum) {
            report("minItems", format!("this list has less than {minimum} items"));
        }
        if schema.is_true("uniqueItems") {
            let mut seen = HashSet::new();
            if !items.iter().all(|item| seen.insert(canonical(item))) {
                report("uniqueItems", "this list has an item twice".to_owned());
            }
        }
        let prefix = self.prefix_items(schema, items, path, outcome);
        self.contains(schema, value, items, path, outcome);
        if let Some(item_schema) = schema.get("items") {
            outcome.known.all = true;
            for (index, item) in items.iter().enumerate().skip(prefix) {
                outcome.mismatches.extend(self.value(item_schema, item, Path::Index(&path, index)));
            }
        }
    }
}
