//! The pass that gives the properties of each object distinct names in Rust. typify writes two fields of one name for `roomSid` and
//! `room_sid`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::chosen_names::field;
use super::names::{Kind, Names, Taken};
use super::naming::snake_case;

/// The names of properties in JSON, by the name of the type and the name that progenitor gets.
pub(super) type WireNames = BTreeMap<(String, String), String>;

/// Renames the properties whose names collide, or that progenitor converts in another way than the steward.
pub(super) fn assign(document: &mut Value) -> Result<WireNames, Taken> {
    let mut wire_names = WireNames::new();
    let schemas = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    for (component, schema) in schemas.into_iter().flatten() {
        let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { continue };
        // typify calls the field of all other properties so.
        let mut names = Names::reserving(["extra"]);
        let (mut renamed, mut changes) = (Map::new(), BTreeMap::new());
        // Names that stay as they are come first.
        let (plain, others): (Vec<_>, Vec<_>) = properties
            .iter()
            .map(|(name, schema)| (name.as_str(), field(schema)))
            .partition(|(name, _)| is_plain(name));
        let scope = [plain, others].concat();
        let idents = names.assign(Kind::Field, &scope)?;
        let idents: BTreeMap<String, String> = scope.iter().map(|(name, _)| (*name).to_owned()).zip(idents).collect();
        for (name, schema) in std::mem::take(properties) {
            let ident = &idents[&name];
            let input = if is_plain(&name) && snake_case(&name) == *ident {
                name.clone()
            } else {
                ident.trim_end_matches('_').to_owned()
            };
            if input != name {
                wire_names.insert((component.clone(), input.clone()), name.clone());
                changes.insert(name, input.clone());
            }
            renamed.insert(input, schema);
        }
        *properties = renamed;
        for name in schema.get_mut("required").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(input) = name.as_str().and_then(|name| changes.get(name)) {
                *name = json!(input);
            }
        }
    }
    Ok(wire_names)
}

/// Returns whether progenitor certainly converts a name as the steward does.
fn is_plain(name: &str) -> bool {
    name.starts_with(|char: char| char.is_ascii_alphabetic())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || "_-".contains(char))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_of_one_name_in_rust_are_renamed_and_keep_their_name_in_json() {
        let mut document = json!({ "components": { "schemas": { "Reactions": {
            "required": ["-1", "type"],
            "properties": { "+1": {}, "-1": {}, "type": {}, "roomSid": {}, "room_sid": {}, "$ref": {} },
        } } } });
        let wire_names = assign(&mut document).unwrap_or_default();
        let schema = &document["components"]["schemas"]["Reactions"];
        let names: Vec<&String> = schema["properties"].as_object().into_iter().flat_map(Map::keys).collect();
        assert_eq!(names, ["x1", "minus_1", "type", "roomSid", "room_underscore_sid", "ref"]);
        assert_eq!(schema["required"], json!(["minus_1", "type"]));
        let wire = |input: &str| wire_names[&("Reactions".to_owned(), input.to_owned())].clone();
        assert_eq!([wire("x1"), wire("minus_1"), wire("ref")], ["+1", "-1", "$ref"]);
    }
}
