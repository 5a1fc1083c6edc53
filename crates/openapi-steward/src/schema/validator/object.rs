//! The keywords for objects.

use super::mismatch::{Mismatch, MismatchKind, Path};
use super::outcome::Outcome;
use super::run::{Place, Run, mismatch};
use super::scalar::limit;
use crate::document::{Entry, Node, Value};
use crate::schema::composition::{Composition, Direction, has_keyword};

impl<'a, 'v> Run<'_, 'a, 'v> {
    pub(super) fn object(
        &mut self,
        schema: &'a Node,
        value: &'v Node,
        entries: &'v [Entry],
        place: Place<'_, 'a>,
        outcome: &mut Outcome<'v>,
    ) {
        let properties = schema.get("properties");
        let additional = schema.get("additionalProperties");
        outcome.known.lists_properties |=
            properties.is_some_and(|properties| matches!(properties.value, Value::Map(_)));
        outcome.known.all |= additional.is_some();
        self.property_names(schema, entries, place, outcome);
        let matching = self.pattern_properties(schema, entries, place, outcome);
        for entry in entries {
            let path = Path::Key(&place.path, &entry.key);
            if let Some(property) = properties.and_then(|properties| properties.get(&entry.key)) {
                let found = self.value(property, &entry.node, path);
                let is_excluded = self.options.direction.is_some()
                    && has_keyword(property, self.direction.excluded_by(), self.validator.references);
                if is_excluded {
                    outcome.mismatches.push(excluded(property, entry, path, self.direction));
                }
                outcome.mismatches.extend(found);
                if self.collects {
                    outcome.known.properties.insert(&entry.key);
                }
                continue;
            }
            if matching.contains(entry.key.as_str()) {
                continue;
            }
            match additional.map(|node| (&node.value, node)) {
                Some((Value::Bool(false), _)) => {
                    let (reason, cause) = ("the schema has no such property", format!("additional {}", entry.key));
                    let unknown = mismatch(MismatchKind::Value, schema, &entry.node, path, reason.to_owned(), &cause);
                    outcome.mismatches.push(unknown);
                }
                Some((Value::Map(_), node)) => outcome.mismatches.extend(self.value(node, &entry.node, path)),
                _ => {}
            }
        }
        self.required(schema, value, place, &mut outcome.mismatches);
        let length = entries.len() as u64;
        let mut report = |cause: &str, reason: String| {
            outcome.mismatches.push(mismatch(MismatchKind::Value, schema, value, place.path, reason, cause));
        };
        if let Some(maximum) = limit(schema, "maxProperties").filter(|maximum| length > *maximum) {
            report("maxProperties", format!("this object has more than {maximum} properties"));
        }
        if let Some(minimum) = limit(schema, "minProperties").filter(|minimum| length < *minimum) {
            report("minProperties", format!("this object has less than {minimum} properties"));
        }
    }

    /// Reports the required properties that are missing. A `readOnly` property is not required in a request, and a `writeOnly`
    /// one not in a response, whichever part of the schema defines it.
    fn required(&self, schema: &'a Node, value: &'v Node, place: Place<'_, 'a>, mismatches: &mut Vec<Mismatch>) {
        let required = schema.items_of("required");
        let missing = required.iter().filter_map(Node::str).filter(|name| value.get(name).is_none());
        let mut compositions = None;
        for name in missing {
            let [own, whole] = compositions.get_or_insert_with(|| {
                [schema, place.whole].map(|schema| Composition::of(schema, self.validator.references))
            });
            let keyword = self.direction.excluded_by();
            if own.has_property_with(name, keyword) || whole.has_property_with(name, keyword) {
                continue;
            }
            let (reason, cause) = (format!("\"{name}\" is a required property"), format!("required {name}"));
            mismatches.push(mismatch(MismatchKind::Value, schema, value, place.path, reason, &cause));
        }
    }
}

/// The mismatch of a property that does not belong in a message of this direction.
fn excluded(property: &Node, entry: &Entry, path: Path<'_>, direction: Direction) -> Mismatch {
    let keyword = direction.excluded_by();
    let (message, cause) = match direction {
        Direction::Request => ("request", format!("readOnly {}", entry.key)),
        Direction::Response => ("response", format!("writeOnly {}", entry.key)),
    };
    let reason = format!("`{}` is {keyword}, and does not belong in a {message}", entry.key);
    mismatch(MismatchKind::Direction, property, &entry.node, path, reason, &cause)
}
