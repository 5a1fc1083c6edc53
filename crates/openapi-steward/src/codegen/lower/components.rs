//! The names of the components: each is called as its Rust type, so that there is one source of names.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::codegen::chosen_names::chosen;
use crate::codegen::document_visitor::{SCHEMAS, for_each_schema, referenced_schema};
use crate::codegen::extensions::CHOSEN_NAME;
use crate::codegen::names::{Kind, Names, Taken, stable_type_name};

/// The number of references that are followed one after another.
const MAX_REFERENCES: usize = 32;

/// Gives each component the name of its type. Returns the names in the document, by those of the types.
pub(super) fn rename(document: &mut Value) -> Result<BTreeMap<String, String>, Taken> {
    let schemas = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    let Some(schemas) = schemas else { return Ok(BTreeMap::new()) };
    // A name that is a type's already is that type's, whatever comes before it. A reference becomes no type.
    let order = |name: &str, schema: &Value| (schema.get("$ref").is_some(), stable_type_name(name) != name);
    let mut components: Vec<(&String, &Value)> = schemas.iter().collect();
    components.sort_by_key(|(name, schema)| order(name, schema));
    let scope: Vec<_> = components.into_iter().map(|(name, schema)| (name.as_str(), chosen(schema))).collect();
    let types = Names::default().assign(Kind::Type, &scope)?;
    let renamed: BTreeMap<String, String> = scope.iter().map(|(name, _)| (*name).to_owned()).zip(types).collect();
    let original = std::mem::take(schemas);
    *schemas = original.into_iter().map(|(name, schema)| (renamed[&name].clone(), schema)).collect();
    for schema in schemas.values_mut().filter_map(Value::as_object_mut) {
        schema.shift_remove(CHOSEN_NAME);
    }
    for_each_schema(document, &mut |schema| {
        if let Some(name) = referenced_schema(schema).and_then(|name| renamed.get(name)) {
            schema["$ref"] = json!(format!("{SCHEMAS}{name}"));
        }
        rename_mapping(schema, &renamed);
    });
    Ok(renamed.into_iter().map(|(original, name)| (name, original)).collect())
}

/// The values of the mapping of a discriminator are references, or names of components.
fn rename_mapping(schema: &mut Value, renamed: &BTreeMap<String, String>) {
    let mapping = schema.pointer_mut("/discriminator/mapping").and_then(Value::as_object_mut);
    for target in mapping.into_iter().flat_map(Map::values_mut) {
        let name = target.as_str().map(|target| target.strip_prefix(SCHEMAS).unwrap_or(target).to_owned());
        if let Some(name) = name.and_then(|name| renamed.get(&name)) {
            *target = json!(name);
        }
    }
}

/// Replaces references to a component that is a reference itself by what it leads to, and removes the component.
///
/// typify would make a new type of it.
pub(super) fn replace_aliases(document: &mut Value) {
    let Some(schemas) = document.pointer("/components/schemas").and_then(Value::as_object) else { return };
    let mut aliases: BTreeMap<String, Value> = BTreeMap::new();
    for (name, schema) in schemas.iter().filter(|(_, schema)| schema.get("$ref").is_some()) {
        let (mut end, mut nullable) = (schema, false);
        for _ in 0..MAX_REFERENCES {
            nullable |= end.get("nullable") == Some(&Value::Bool(true));
            match referenced_schema(end)
                .and_then(|target| schemas.get(target))
                .filter(|next| next.get("$ref").is_some())
            {
                Some(next) => end = next,
                None => break,
            }
        }
        let mut end = end.clone();
        let is_circle = referenced_schema(&end)
            .is_none_or(|target| schemas.get(target).is_none_or(|target| target.get("$ref").is_some()));
        if is_circle {
            end = json!({});
        }
        if nullable {
            end["nullable"] = Value::Bool(true);
        }
        aliases.insert(name.clone(), end);
    }
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.retain(|name, _| !aliases.contains_key(name));
    }
    replace_references(document, &aliases);
}

/// Replaces references anywhere, in unions as well.
fn replace_references(value: &mut Value, aliases: &BTreeMap<String, Value>) {
    match value {
        Value::Object(map) => {
            let alias = map.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix(SCHEMAS));
            if let Some(alias) = alias.and_then(|name| aliases.get(name)).and_then(Value::as_object) {
                map.shift_remove("$ref");
                for (key, value) in alias {
                    map.entry(key).or_insert_with(|| value.clone());
                }
            }
            map.values_mut().for_each(|value| replace_references(value, aliases));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace_references(item, aliases)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_are_called_as_their_types() {
        let mut document = json!({ "components": { "schemas": {
            "room.kind": { "type": "string" },
            "RoomKind": { "type": "string" },
            "A": { "discriminator": { "mapping": { "x": "#/components/schemas/room.kind" } }, "$ref": "#/components/schemas/room.kind" },
        } } });
        let originals = rename(&mut document).unwrap_or_default();
        assert_eq!(originals.get("RoomDotKind").map(String::as_str), Some("room.kind"));
        let schema = &document["components"]["schemas"]["A"];
        assert_eq!(schema["$ref"], "#/components/schemas/RoomDotKind");
        assert_eq!(schema["discriminator"]["mapping"]["x"], "RoomDotKind");
    }

    #[test]
    fn a_component_that_is_a_reference_takes_no_name_from_a_type() {
        let reference = json!({ "$ref": "#/components/schemas/room" });
        let mut document = json!({ "components": { "schemas": { "Room": reference, "room": { "type": "object" } } } });
        let originals = rename(&mut document).unwrap_or_default();
        assert_eq!(originals.get("Room").map(String::as_str), Some("room"));
    }

    #[test]
    fn a_reference_to_a_reference_leads_to_its_end_and_a_circle_to_anything() {
        let mut document = json!({ "components": { "schemas": {
            "Room": { "type": "object" },
            "Alias": { "$ref": "#/components/schemas/Room", "nullable": true },
            "Second": { "$ref": "#/components/schemas/Alias" },
            "Circle": { "$ref": "#/components/schemas/Circle" },
            "User": { "properties": { "a": { "$ref": "#/components/schemas/Second" }, "b": { "$ref": "#/components/schemas/Circle" } } },
        } } });
        replace_aliases(&mut document);
        let schemas = document["components"]["schemas"].as_object().map(serde_json::Map::len);
        assert_eq!(schemas, Some(2));
        let properties = &document["components"]["schemas"]["User"]["properties"];
        assert_eq!(properties["a"], json!({ "$ref": "#/components/schemas/Room", "nullable": true }));
        assert_eq!(properties["b"], json!({}));
    }
}
