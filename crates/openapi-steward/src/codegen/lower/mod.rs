//! Lowers a document to the shapes that progenitor and typify take, without losing what it says.
//!
//! After it, schemas are the only components, each called as its Rust type; an object, an enum or a union is a component, and every
//! other schema is a scalar, a list, a map, a reference or `{}`. Compositions are gone: `allOf` is one object, and `oneOf` and
//! `anyOf` are unions under `x-union`, whose types the steward writes itself.

mod all_of;
mod alternatives;
mod components;
mod dialect;
mod inline;
mod operation_names;
mod operations;
mod schema;
mod subtypes;
mod view;
mod visit;

use serde_json::Value;

pub(super) use self::inline::{operations as inline_operations, target};
use self::schema::Lowering;
pub(super) use self::schema::kind;

/// The key of the original `operationId`.
pub(super) const ORIGINAL_ID: &str = "x-original-id";

/// The key of a union in a lowered component.
pub(super) const UNION: &str = "x-union";

/// Lowers a document.
pub(super) fn lower(document: &mut Value) {
    inline::operations(document);
    dialect::to_3_0(document);
    inline::schemas(document);
    operation_names::assign(document);
    let originals = components::rename(document);
    let mut lowering = Lowering::new(document, originals);
    lowering.components();
    operations::lower(document, &mut lowering);
    let schemas = lowering.finish();
    if !schemas.is_empty() {
        document["components"]["schemas"] = Value::Object(schemas);
    }
    components::replace_aliases(document);
}

#[cfg(test)]
mod tests;
