//! Finds the place of the spec that is to blame for what progenitor could not do.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

use serde_json::{Value, json};

use super::{Prepared, passes, progenitor, read};
use crate::document::{Diagnostic, Node};
use crate::formats::Formats;

/// Runs what may panic, and gives back the panic's message as the error. Nothing is printed.
pub(super) fn without_panic<T>(run: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    thread_local! {
        static MESSAGE: RefCell<Option<String>> = const { RefCell::new(None) };
        static WATCHED: RefCell<bool> = const { RefCell::new(false) };
    }
    static HOOK: std::sync::Once = std::sync::Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if WATCHED.with_borrow(|watched| *watched) {
                let payload = info.payload();
                let text = payload.downcast_ref::<String>().cloned();
                let message = text.or_else(|| payload.downcast_ref::<&str>().map(ToString::to_string));
                MESSAGE.set(message);
            } else {
                before(info);
            }
        }));
    });
    WATCHED.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(run));
    WATCHED.set(false);
    result.unwrap_or_else(|_| Err(MESSAGE.take().unwrap_or_else(|| "it panicked".to_owned())))
}

/// The document has a value that `openapiv3` has no place for.
pub(super) fn unreadable(root: &Node, error: &serde_path_to_error::Error<serde_json::Error>) -> Diagnostic {
    let path = error.path().to_string().replace(['[', ']'], ".");
    let span = root.locate(path.split('.').filter(|step| !step.is_empty()));
    Diagnostic::new(format!("this cannot be read: {}", error.inner()), span)
}

/// progenitor has failed: the first schema or operation that it fails on alone is to blame.
pub(super) fn refused(root: &Node, prepared: &Prepared, formats: &Formats, message: &str) -> Diagnostic {
    let names = |pointer: &str| -> Vec<String> {
        let map = prepared.document.pointer(pointer).and_then(Value::as_object);
        map.into_iter().flat_map(|map| map.keys().cloned()).collect()
    };
    let schema = names("/components/schemas").into_iter().find_map(|name| {
        let alone = only_schema(&prepared.document, &name);
        Some((["components".to_owned(), "schemas".to_owned(), name], fails(&alone, prepared, formats)?))
    });
    let path = || {
        names("/paths").into_iter().find_map(|path| {
            let methods = prepared.document["paths"][&path].as_object().into_iter().flat_map(|item| item.keys());
            methods.into_iter().find_map(|method| {
                let mut alone = prepared.document.clone();
                alone["paths"] = json!({ &path: { method: prepared.document["paths"][&path][method] } });
                Some((["paths".to_owned(), path.clone(), method.clone()], fails(&alone, prepared, formats)?))
            })
        })
    };
    let (steps, message) = schema.or_else(path).unwrap_or_else(|| (Default::default(), message.to_owned()));
    let span = root.locate(steps.iter().map(String::as_str));
    Diagnostic::new("the generator cannot take this", span)
        .label(message.lines().next().unwrap_or_default())
        .help("write it with the shapes that the rest of the spec uses")
}

/// The document without paths, and with no schemas but this one and those that it refers to.
fn only_schema(document: &Value, name: &str) -> Value {
    let mut alone = document.clone();
    alone["paths"] = json!({ "/": { "get": {
        "operationId": "alone",
        "responses": { "2XX": { "description": "", "content": { "application/json": {
            "schema": { "$ref": format!("#/components/schemas/{name}") }
        } } } },
    } } });
    passes::prune_unused_schemas(&mut alone);
    alone
}

fn fails(document: &Value, prepared: &Prepared, formats: &Formats) -> Option<String> {
    let api = read(document).ok()?;
    progenitor(&api, prepared, formats).err()
}
