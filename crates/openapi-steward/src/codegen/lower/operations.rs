//! Lowers the schemas of operations: of their parameters, bodies and responses.

use serde_json::{Map, Value, json};

use super::schema::Lowering;
use crate::codegen::document_visitor::for_each_operation;
use crate::codegen::extensions::CHOSEN_NAME;
use crate::codegen::naming::pascal_case;
use crate::codegen::operation::is_form;

/// Lowers all schemas in the paths of a document. `RoomStatus` names the enum of the parameter `Status` of `room`,
/// `CreateRoomRequest` a body, and `ListRoomsResponse` a response; that of an error has its status behind it.
pub(super) fn lower(document: &mut Value, lowering: &mut Lowering) {
    for_each_operation(document, &mut |operation| {
        let id = pascal_case(operation.get("operationId").and_then(Value::as_str).unwrap_or_default());
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            let name =
                format!("{id}{}", pascal_case(parameter.get("name").and_then(Value::as_str).unwrap_or_default()));
            if let Some(schema) = parameter.get_mut("schema") {
                *schema = lowering.inline(schema, &name);
            }
            lower_content(parameter, &name, lowering);
        }
        if let Some(body) = operation.get_mut("requestBody") {
            lower_content(body, &format!("{id}Request"), lowering);
        }
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
        for (status, response) in responses.into_iter().flatten() {
            let is_error = !status.starts_with('2') && status != "default";
            let name = if is_error { format!("{id}Response{status}") } else { format!("{id}Response") };
            lower_content(response, &name, lowering);
        }
    });
}

fn lower_content(body: &mut Value, name: &str, lowering: &mut Lowering) {
    let content = body.get_mut("content").and_then(Value::as_object_mut);
    for (media, value) in content.into_iter().flatten() {
        let schema = value.get("schema").cloned().unwrap_or_else(|| json!({}));
        // The parts of a multipart body are those of the document; each is lowered by itself.
        let lowered = if media.starts_with("multipart/") {
            let mut lowered = parts(&schema, name, lowering);
            if let Some(name) = schema.get(CHOSEN_NAME) {
                lowered[CHOSEN_NAME] = name.clone();
            }
            lowered
        } else if is_form(media) && schema.as_object().is_some_and(Map::is_empty) {
            json!({ "type": "object" })
        } else {
            lowering.inline(&schema, name)
        };
        value["schema"] = lowered;
    }
}

/// The object of a multipart body, in its place.
fn parts(schema: &Value, name: &str, lowering: &mut Lowering) -> Value {
    match super::view::view(schema, &lowering.source) {
        Some(whole) => {
            let whole = whole.into_schema();
            let mut lowered = lowering.definition(&whole, name);
            // Their type is the steward's, so that no component is made of it.
            let properties = whole.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
            for (property, schema) in properties {
                mark_binary(&schema, &mut lowered["properties"][&property], lowering);
            }
            lowered
        }
        None if schema.as_object().is_some_and(|schema| schema.get("type").is_none()) => {
            json!({ "type": "object", "properties": Map::new() })
        }
        None => json!({ "type": "string" }),
    }
}

/// `format: binary` of a part is kept behind references.
fn mark_binary(schema: &Value, lowered: &mut Value, lowering: &Lowering) {
    let resolved = lowering.resolved(schema);
    if resolved.get("format").is_some_and(|format| format == "binary") {
        *lowered = json!({ "type": "string", "format": "binary" });
    } else if let (Some(items), true) = (resolved.get("items"), lowered.get("items").is_some()) {
        let items = items.clone();
        mark_binary(&items, &mut lowered["items"], lowering);
    }
}
