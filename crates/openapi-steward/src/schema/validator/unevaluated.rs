//! `unevaluatedProperties` and `unevaluatedItems` of JSON Schema 2020-12.

use super::mismatch::{MismatchKind, Path};
use super::outcome::Outcome;
use super::run::{Place, Run, mismatch};
use crate::document::{Node, Value};

impl<'a, 'v> Run<'_, 'a, 'v> {
    /// Applies the schemas for the properties and items that no other keyword of the schema, or of its parts, has a schema for.
    pub(super) fn unevaluated(
        &mut self,
        schema: &'a Node,
        value: &'v Node,
        place: Place<'_, 'a>,
        outcome: &mut Outcome<'v>,
    ) {
        let keyword = match value.value {
            Value::Map(_) => "unevaluatedProperties",
            Value::List(_) => "unevaluatedItems",
            _ => return,
        };
        let Some(rest) = schema.get(keyword) else { return };
        if !outcome.known.all {
            for entry in value.entries().iter().filter(|entry| !outcome.known.properties.contains(entry.key.as_str())) {
                let path = Path::Key(&place.path, &entry.key);
                let refused = self.refused(rest, &entry.node, path, "no part of the schema has such a property");
                outcome.mismatches.extend(refused);
            }
            for (index, item) in value.items().iter().enumerate() {
                if !outcome.known.items.contains(&index) {
                    let path = Path::Index(&place.path, index);
                    let refused = self.refused(rest, item, path, "no part of the schema has such an item");
                    outcome.mismatches.extend(refused);
                }
            }
        }
        outcome.known.all = true;
    }

    /// The mismatches of a value that has this schema only. `false` allows none.
    fn refused(&mut self, rest: &'a Node, value: &'v Node, path: Path<'_>, reason: &str) -> Vec<super::Mismatch> {
        if matches!(rest.value, Value::Bool(false)) {
            return vec![mismatch(MismatchKind::Value, rest, value, path, reason.to_owned(), "unevaluated")];
        }
        self.value(rest, value, path)
    }
}
