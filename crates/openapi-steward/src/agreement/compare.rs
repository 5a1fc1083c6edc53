//! The facts of the document beside those of the Rust types.

use std::fmt;

use super::facts::Facts;

/// A fact that the document and the Rust types state differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) place: String,
    pub(crate) fact: &'static str,
    pub(crate) document: Option<String>,
    pub(crate) rust: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".to_owned());
        let (document, rust) = (side(&self.document), side(&self.rust));
        write!(f, "{}, {}: the document says {document}, Rust says {rust}", self.place, self.fact)
    }
}

/// The facts that differ, in the order of their places.
pub(crate) fn differences(document: &Facts, rust: &Facts) -> Vec<Difference> {
    let both = document.keys().chain(rust.keys().filter(|key| !document.contains_key(*key)));
    let mut differences: Vec<Difference> = both
        .filter(|key| document.get(*key) != rust.get(*key))
        .map(|key| Difference {
            place: key.0.clone(),
            fact: key.1,
            document: document.get(key).cloned(),
            rust: rust.get(key).cloned(),
        })
        .collect();
    differences.sort_by(|one, other| (&one.place, one.fact).cmp(&(&other.place, other.fact)));
    differences
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::facts::facts;
    use super::*;

    /// A component with each kind of fact that can differ.
    fn component() -> Value {
        json!({
            "type": "object",
            "required": ["sid"],
            "properties": {
                "sid": { "type": "string", "format": "room-sid" },
                "size": { "type": "integer", "format": "uint32", "minimum": 1, "maximum": 50, "nullable": true },
                "name": { "type": "string", "maxLength": 128, "pattern": "^a", "default": "a" },
                "status": {
                    "allOf": [{ "$ref": "#/components/schemas/RoomStatus" }], "type": "string", "nullable": true
                },
                "codecs": { "type": "array", "items": { "type": "string", "enum": ["VP8", "H264"] } },
            },
        })
    }

    /// The same in JSON Schema.
    fn same() -> Value {
        json!({
            "type": "object",
            "required": ["sid"],
            "properties": {
                "codecs": {
                    "type": "array",
                    "items": { "anyOf": [{ "type": "string", "enum": ["H264", "VP8"] }, { "type": "string" }] }
                },
                "name": { "type": "string", "maxLength": 128, "pattern": "^a", "default": "a" },
                "sid": { "type": "string", "format": "room-sid" },
                "size": { "type": ["integer", "null"], "format": "uint32", "minimum": 1, "maximum": 50 },
                "status": { "anyOf": [{ "$ref": "#/$defs/RoomStatus" }, { "type": "null" }] },
            },
        })
    }

    #[test]
    fn two_dialects_can_state_the_same_facts() {
        assert_eq!(facts("Room", &component()), facts("Room", &same()));
    }

    #[test]
    fn every_kind_of_difference_is_found() {
        let edits: [(&str, Value); 13] = [
            ("/required", json!([])),
            ("/properties/sid/format", json!("account-sid")),
            ("/properties/sid/type", json!("integer")),
            ("/properties/size/type", json!("integer")),
            ("/properties/size/minimum", json!(0)),
            ("/properties/size/maximum", json!(51)),
            ("/properties/name/maxLength", json!(64)),
            ("/properties/name/pattern", json!("^b")),
            ("/properties/name/default", json!("b")),
            ("/properties/status/anyOf/0/$ref", json!("#/$defs/RoomType")),
            ("/properties/codecs/items/anyOf/0/enum", json!(["VP8"])),
            ("/properties/codecs/items", json!({})),
            ("/properties/codecs/type", json!("object")),
        ];
        let mut said = Vec::new();
        for (pointer, value) in edits {
            let mut other = same();
            if let Some(place) = other.pointer_mut(pointer) {
                *place = value;
            }
            let found = differences(&facts("Room", &component()), &facts("Room", &other));
            assert!(!found.is_empty(), "{pointer}");
            said.extend(found.iter().map(ToString::to_string));
        }
        let mut without = same();
        if let Some(properties) = without["properties"].as_object_mut() {
            properties.remove("name");
        }
        let found = differences(&facts("Room", &component()), &facts("Room", &without));
        said.extend(found.iter().map(ToString::to_string));
        insta::assert_snapshot!("differences", said.join("\n"));
    }
}
