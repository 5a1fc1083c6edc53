//! The contents of the generated code that follow from the document. The passes over the code compare them with what they find.

use serde_json::Value;

use super::document_visitor::operations;

/// The numbers of things that progenitor has to write for a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Expected {
    /// The operations. Each has one function that sends its request.
    pub(super) operations: usize,
    /// The parameters in paths, each counted once for each operation.
    pub(super) path_parameters: usize,
    /// The responses whose body is decoded. A `default` response counts as a success and as an error.
    pub(super) json_responses: usize,
}

impl Expected {
    pub(super) fn in_code_of(document: &Value) -> Self {
        let mut expected = Self::default();
        for operation in operations(document) {
            expected.operations += 1;
            expected.path_parameters += operation.path.matches('{').count();
            expected.json_responses += json_responses(document, operation.value);
        }
        expected
    }
}

/// The number of responses of an operation that progenitor decodes.
fn json_responses(document: &Value, operation: &Value) -> usize {
    let responses = operation.get("responses").and_then(Value::as_object);
    let keys = || responses.into_iter().flatten().map(|(status, _)| status.to_ascii_uppercase());
    let has_success_class = keys().any(|status| status == "2XX");
    let decoded = |(status, response): (&String, &Value)| match status.as_bytes() {
        _ if !is_json(document, response) => 0,
        // progenitor drops a default success that can never be met.
        b"default" => 1 + usize::from(!has_success_class),
        [b'2' | b'4' | b'5', _, _] => 1,
        _ => 0,
    };
    responses.into_iter().flatten().map(decoded).sum()
}

/// Returns whether a response, or the component that it refers to, has a JSON body.
fn is_json(document: &Value, response: &Value) -> bool {
    let mut response = response;
    // progenitor follows references of any depth; a document in which they run in a circle does not get here.
    for _ in 0..8 {
        let target = response.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        let Some(target) = target.and_then(|target| document.pointer(target)) else { break };
        response = target;
    }
    let content = response.get("content").and_then(Value::as_object);
    content
        .into_iter()
        .flat_map(|content| content.keys())
        .any(|media| media == "application/json" || media.starts_with("application/json;"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn operations_parameters_of_paths_and_json_responses_are_counted() {
        let json = json!({ "description": "", "content": { "application/json": { "schema": {} } } });
        let text = json!({ "description": "", "content": { "text/plain": { "schema": {} } } });
        let error = json!({ "$ref": "#/components/responses/Error" });
        let document = json!({
            "paths": {
                "/rooms": { "get": { "responses": { "2XX": json, "default": json } }, "post": { "responses": { "default": json } } },
                "/rooms/{a}/{b}": {
                    "parameters": [],
                    "get": { "responses": { "200": json, "204": { "description": "" }, "3XX": json, "4XX": error } },
                    "put": { "responses": { "200": text } },
                },
            },
            "components": { "responses": { "Error": json } },
        });
        let expected = Expected { operations: 4, path_parameters: 4, json_responses: 6 };
        assert_eq!(Expected::in_code_of(&document), expected);
    }
}
