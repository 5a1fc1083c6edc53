//! The bodies that no request can have: the generator refuses them by name.

use serde_json::Value;

use super::input::Input;
use super::operation::{BodyKind, Call};
use crate::document::{Diagnostic, Node};

/// Returns the first operation whose body cannot be written.
pub(super) fn check(root: &Node, input: &Input) -> Result<(), Diagnostic> {
    match input.calls.iter().find_map(|call| Some((call, problem(call)?))) {
        Some((call, problem)) => {
            let span = root.locate(["paths", &call.path, &call.method, "requestBody", "content"]);
            Err(Diagnostic::new(problem, span)
                .label("its schema is no object")
                .help("make it an object, or give the body another media type"))
        }
        None => Ok(()),
    }
}

fn problem(call: &Call) -> Option<&'static str> {
    let body = call.body.as_ref()?;
    let kind = body.schema.get("type").and_then(Value::as_str);
    match body.kind {
        BodyKind::Fields(_) if kind.is_some_and(|kind| kind != "object") => Some("a form consists of named values"),
        BodyKind::Multipart if kind.is_some_and(|kind| kind != "object") => {
            Some("a multipart body consists of named parts")
        }
        _ => None,
    }
}
