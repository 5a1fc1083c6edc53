//! The pass that chooses one media type of each body: progenitor panics on several of a request, and takes no JSON but
//! `application/json`.

use serde_json::{Map, Value, json};

use crate::codegen::document_visitor::for_each_operation;
use crate::document::{essence, is_json};

/// The media type of forms.
pub(in crate::codegen) const FORM: &str = "application/x-www-form-urlencoded";

/// Leaves one media type of each body: JSON, then a form, then parts, then the first other.
pub(in crate::codegen) fn choose_media_types(document: &mut Value) {
    for_each_operation(document, &mut |operation| {
        if let Some(body) = operation.get_mut("requestBody") {
            choose(body, &[is_json, is_form, is_multipart]);
        }
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
        for response in responses.into_iter().flat_map(Map::values_mut) {
            choose(response, &[is_json]);
        }
    });
}

fn choose(body: &mut Value, preferred: &[fn(&str) -> bool]) {
    let Some(content) = body.get("content").and_then(Value::as_object).filter(|content| !content.is_empty()) else {
        return;
    };
    let media_types = || content.keys().map(String::as_str);
    // The plain one is the one that most services understand.
    let plain = media_types().find(|media| essence(media) == "application/json");
    let chosen =
        plain.or_else(|| preferred.iter().find_map(|is_preferred| media_types().find(|media| is_preferred(media))));
    let Some(chosen) = chosen.or_else(|| media_types().next()).map(str::to_owned) else { return };
    let value = content.get(&chosen).cloned().unwrap_or_else(|| json!({}));
    body["content"] = Value::Object(Map::from_iter([(chosen, value)]));
}

pub(in crate::codegen) fn is_form(media: &str) -> bool {
    essence(media) == FORM
}

pub(in crate::codegen) fn is_multipart(media: &str) -> bool {
    essence(media).starts_with("multipart/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_chosen_before_other_media_types() {
        let mut document = json!({ "paths": { "/": { "post": {
            "requestBody": { "content": { "application/xml": {}, FORM: {}, "application/hal+json": { "schema": {} } } },
            "responses": { "200": { "content": { "text/csv": {}, "application/json; charset=utf-8": {} } }, "204": {} },
        } } } });
        choose_media_types(&mut document);
        let operation = &document["paths"]["/"]["post"];
        assert_eq!(operation["requestBody"]["content"], json!({ "application/hal+json": { "schema": {} } }));
        assert_eq!(operation["responses"]["200"]["content"], json!({ "application/json; charset=utf-8": {} }));
        assert_eq!(operation["responses"]["204"], json!({}));
    }
}
