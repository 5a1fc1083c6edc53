//! Collects the operations of a lowered document.

use serde_json::Value;

use super::answer::answers;
use super::body::Body;
use super::call::Call;
use super::parameter::{Parameter, Place};
use crate::codegen::chosen_names::chosen;
use crate::codegen::document_visitor::operations;
use crate::codegen::names::{Kind, Names, Taken};
use crate::codegen::naming::{pascal_case, snake_case, type_name};
use crate::codegen::rust_type::RustTypes;
use crate::codegen::servers::{base_url, own_base_url};

/// Functions of a builder that are no setters.
const FUNCTIONS: [&str; 3] = ["new", "send", "stream"];

/// Returns the operations, in the order of the document. `forms` are the components whose types are forms.
pub(in crate::codegen) fn collect(types: RustTypes<'_>, forms: &[String]) -> Result<Vec<Call>, Taken> {
    let document = types.document;
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let mut type_names = Names::reserving(schemas.into_iter().flat_map(|schemas| schemas.keys().map(String::as_str)));
    let base = base_url(document);
    operations(document)
        .map(|operation| {
            let value = operation.value;
            let id = value.get("operationId").and_then(Value::as_str).unwrap_or_default();
            let function = snake_case(id);
            let body = value.get("requestBody").and_then(|body| Body::new(body, forms));
            let mut names =
                Names::reserving(FUNCTIONS.into_iter().chain(body.as_ref().map(|body| body.ident.as_str())));
            let parameters = value.get("parameters").and_then(Value::as_array).into_iter().flatten();
            let (scope, parameters): (Vec<_>, Vec<_>) = parameters
                .filter_map(|parameter| Some(((Parameter::name(parameter)?, chosen(parameter)), parameter)))
                .unzip();
            let idents = names.assign(Kind::Field, &scope)?;
            let in_path = |parameter: &Parameter| {
                parameter.place != Place::Path || operation.path.contains(&format!("{{{}}}", parameter.name))
            };
            let mut parameters: Vec<Parameter> = parameters
                .into_iter()
                .zip(idents)
                .filter_map(|(parameter, ident)| Parameter::new(parameter, ident, types))
                .filter(in_path)
                .collect();
            // The order of progenitor.
            parameters.sort_by(|one, other| match (one.place, other.place) {
                (Place::Query, Place::Query) => one.name.cmp(&other.name),
                _ => std::cmp::Ordering::Equal,
            });
            let builder = pascal_case(id);
            // The names of the enums are only taken if there are any.
            let [mut success, mut failure] = answers(value, operation.method, types);
            for (answer, kind) in [(&mut success, "Success"), (&mut failure, "Failure")] {
                answer.name_with(|| type_names.type_(&format!("{builder}{kind}")));
            }
            let accept = accept(value);
            Ok(Call {
                builder: type_name(&function),
                function,
                method: operation.method.to_owned(),
                path: operation.path.to_owned(),
                server: own_base_url(value, base.as_deref()).zip(base.clone()).map(|(own, base)| [base, own]),
                parameters,
                body,
                success,
                failure,
                accept,
                deprecated: value.get("deprecated") == Some(&Value::Bool(true)),
            })
        })
        .collect()
}

/// Returns the media types of the responses. Nothing is asked of a service that answers with anything.
fn accept(operation: &Value) -> Option<String> {
    let responses = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    let mut accepted: Vec<&str> = Vec::new();
    for (_, response) in responses {
        let media_types = response.get("content").and_then(Value::as_object).into_iter().flatten();
        for (media, _) in media_types {
            let media = media.split(';').next().unwrap_or_default().trim();
            if !accepted.contains(&media) {
                accepted.push(media);
            }
        }
    }
    let is_header = |media: &&str| media.chars().all(|char| char.is_ascii_graphic() || char == ' ');
    (!accepted.is_empty() && !accepted.iter().any(|media| media.contains("*/*")) && accepted.iter().all(is_header))
        .then(|| accepted.join(", "))
}
