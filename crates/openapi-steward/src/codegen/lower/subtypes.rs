//! Types that others extend: a component with a `discriminator` and no `oneOf`, to which others refer in their `allOf`.
//!
//! A reference to such a component means any of them, and reading it as the component alone would lose what the others add.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::codegen::document_visitor::referenced_schema;

/// Returns the types that extend each base, by the name of the base.
pub(super) fn find(schemas: &Map<String, Value>) -> BTreeMap<String, Vec<String>> {
    let is_base = |schema: &Value| {
        schema.get("discriminator").is_some() && schema.get("oneOf").is_none() && schema.get("anyOf").is_none()
    };
    let bases = schemas.iter().filter(|(_, schema)| is_base(schema));
    bases
        .map(|(base, schema)| {
            let mapping = schema.pointer("/discriminator/mapping").and_then(Value::as_object);
            let mapped = mapping.into_iter().flat_map(Map::values).filter_map(Value::as_str);
            let mut names: Vec<String> = Vec::new();
            let extending = schemas.keys().filter(|name| extends(schemas, name, base, 0)).map(String::as_str);
            for name in mapped.chain(extending) {
                if name != base && schemas.contains_key(name) && !names.iter().any(|other| other == name) {
                    names.push(name.to_owned());
                }
            }
            (base.clone(), names)
        })
        .filter(|(_, names)| !names.is_empty())
        .collect()
}

fn extends(schemas: &Map<String, Value>, name: &str, base: &str, depth: usize) -> bool {
    let parts = schemas.get(name).and_then(|schema| schema.get("allOf")).and_then(Value::as_array);
    let mut parents = parts.into_iter().flatten().filter_map(referenced_schema);
    depth < 16 && parents.any(|parent| parent == base || extends(schemas, parent, base, depth + 1))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn subtypes_are_those_that_extend_the_base_and_those_of_the_mapping() {
        let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
        let schemas = json!({
            "Pet": { "discriminator": { "propertyName": "kind", "mapping": { "fish": "Fish" } } },
            "Cat": { "allOf": [reference("Pet")] },
            "Tiger": { "allOf": [reference("Cat")] },
            "Fish": {},
            "Other": {},
        });
        let found = find(schemas.as_object().unwrap_or(&Map::new()));
        assert_eq!(found["Pet"], ["Fish", "Cat", "Tiger"]);
    }
}
