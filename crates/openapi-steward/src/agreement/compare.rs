//! Compares the keywords of the document with those of the Rust types.

use std::fmt;

use super::keywords::Keywords;

/// A keyword that differs between the document and the Rust types. `None` is a missing keyword.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) path: String,
    pub(crate) keyword: &'static str,
    pub(crate) document: Option<String>,
    pub(crate) rust: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "missing".to_owned());
        let (document, rust) = (side(&self.document), side(&self.rust));
        write!(f, "{}, {}: {document} in the document, {rust} in Rust", self.path, self.keyword)
    }
}

/// Returns the keywords that differ, sorted by path.
pub(crate) fn differences(document: &Keywords, rust: &Keywords) -> Vec<Difference> {
    let both = document.keys().chain(rust.keys().filter(|key| !document.contains_key(*key)));
    let mut differences: Vec<Difference> = both
        .filter(|key| document.get(*key) != rust.get(*key))
        .map(|key| Difference {
            path: key.0.clone(),
            keyword: key.1,
            document: document.get(key).cloned(),
            rust: rust.get(key).cloned(),
        })
        .collect();
    differences.sort_by(|one, other| (&one.path, one.keyword).cmp(&(&other.path, other.keyword)));
    differences
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::keywords::keywords;
    use super::*;

    /// A component with each keyword that can differ.
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

    /// The same component as JSON Schema.
    fn json_schema() -> Value {
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
    fn openapi_and_json_schema_have_the_same_keywords() {
        assert_eq!(keywords("Room", &component()), keywords("Room", &json_schema()));
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
        let mut lines = Vec::new();
        for (pointer, value) in edits {
            let mut other = json_schema();
            if let Some(place) = other.pointer_mut(pointer) {
                *place = value;
            }
            let found = differences(&keywords("Room", &component()), &keywords("Room", &other));
            assert!(!found.is_empty(), "{pointer}");
            lines.extend(found.iter().map(ToString::to_string));
        }
        let mut without = json_schema();
        if let Some(properties) = without["properties"].as_object_mut() {
            properties.remove("name");
        }
        let found = differences(&keywords("Room", &component()), &keywords("Room", &without));
        lines.extend(found.iter().map(ToString::to_string));
        insta::assert_snapshot!("differences", lines.join("\n"));
    }
}
