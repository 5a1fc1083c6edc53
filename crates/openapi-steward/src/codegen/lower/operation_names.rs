//! The names of the operations: distinct functions, and distinct builders.

use serde_json::{Value, json};

use crate::codegen::chosen_names::chosen;
use crate::codegen::document_visitor::operations;
use crate::codegen::extensions::ORIGINAL_ID;
use crate::codegen::names::{Kind, Names, Taken};
use crate::codegen::naming::{pascal_case, snake_case};
use crate::document::METHODS;

/// Functions of the client that are no operations. Those of the conversions take a client, and would come first.
const FUNCTIONS: [&str; 9] =
    ["new_with_client", "baseurl", "client", "inner", "pre", "exec", "post", "into", "try_into"];

/// Types that the module of the builders imports, or uses by their short name.
const TYPES: [&str; 17] = [
    "ByteStream",
    "Client",
    "ClientHooks",
    "ClientInfo",
    "Error",
    "OperationInfo",
    "RequestBuilderExt",
    "ResponseValue",
    "Result",
    "Option",
    "String",
    "Self",
    "Self_",
    "Vec",
    "Box",
    "Default",
    "Err",
];

/// Gives each operation an `operationId` that becomes its function and its builder.
///
/// One that is needed for something else, or taken, gets a number: `exec2`. An operation without one is named after its method and
/// path: `get_rooms_sid` for `GET /rooms/{sid}`.
pub(super) fn assign(document: &mut Value) -> Result<(), Taken> {
    let (mut functions, mut builders) = (Names::reserving(FUNCTIONS), Names::reserving(TYPES));
    for operation in operations(document) {
        let Some(name) = chosen(operation.value) else { continue };
        let by_rule = operations(document).filter(|operation| chosen(operation.value).is_none());
        let mut ids = by_rule.filter_map(|operation| operation.value.get("operationId")?.as_str());
        functions.choose(Kind::Function, name, ids.find(|id| snake_case(id) == name))?;
        builders.choose(Kind::Variant, &pascal_case(name), None).map_err(|_| Taken {
            kind: Kind::Function,
            name: name.to_owned(),
            by: None,
        })?;
    }
    // The ids of the document come first, so that none changes because of one that is derived.
    for written in [true, false] {
        let paths = document.get_mut("paths").and_then(Value::as_object_mut);
        for (path, item) in paths.into_iter().flatten() {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                if !METHODS.contains(&method.as_str()) {
                    continue;
                }
                let id = operation.get("operationId").and_then(Value::as_str).filter(|id| !id.is_empty());
                if id.is_some() != written {
                    continue;
                }
                let original = id.map_or_else(|| format!("{method} {path}"), str::to_owned);
                let name = match chosen(operation) {
                    Some(name) => name.to_owned(),
                    None => distinct(&original, &mut functions, &mut builders),
                };
                let keeps = id.is_some_and(|id| snake_case(id) == name && is_simple(id));
                operation[ORIGINAL_ID] = json!(id.unwrap_or(&name));
                if !keeps {
                    operation["operationId"] = json!(name);
                }
            }
        }
    }
    Ok(())
}

/// Returns whether progenitor certainly converts an id as [`snake_case`] does.
fn is_simple(id: &str) -> bool {
    id.starts_with(|char: char| char.is_ascii_alphabetic())
        && id.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
}

fn distinct(id: &str, functions: &mut Names, builders: &mut Names) -> String {
    // progenitor and typify do not agree on a type that begins with a number.
    let id = if id.starts_with(|char: char| char.is_numeric()) { &format!("call {id}") } else { id };
    let mut name = functions.field(id);
    while builders.is_taken(&pascal_case(&name)) {
        name = functions.field(id);
    }
    // The scope now holds the name of the builder.
    builders.variant(&name);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_and_builders_are_distinct() {
        let operation = |id: &str| json!({ "operationId": id });
        let mut document = json!({ "paths": {
            "/a": { "get": operation("listRooms"), "put": operation("list_rooms"), "post": operation("exec"), "patch": {} },
            "/b/{id}": { "get": operation("Error"), "put": operation("room_1"), "post": operation("room1"), "delete": {}, "head": operation("tryInto") },
        } });
        assert_eq!(assign(&mut document), Ok(()));
        let ids: Vec<&str> = document["paths"]
            .as_object()
            .into_iter()
            .flat_map(|paths| paths.values())
            .flat_map(|item| item.as_object().into_iter().flat_map(|item| item.values()))
            .filter_map(|operation| operation["operationId"].as_str())
            .collect();
        assert_eq!(
            ids,
            [
                "listRooms",
                "list_underscore_rooms",
                "exec2",
                "patch_a",
                "error2",
                "room_1",
                "room12",
                "delete_b_id",
                "try_into2"
            ]
        );
        assert_eq!(document["paths"]["/a"]["put"][ORIGINAL_ID], "list_rooms");
    }
}
