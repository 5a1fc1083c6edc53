//! Lowers a document to the shapes that progenitor and typify take, without losing what it says.
//!
//! After it, schemas are the only components, each called as its Rust type; an object, an enum or a union is a component, and every
//! other schema is a scalar, a list, a map, a reference or `{}`. Compositions are gone: `allOf` is one object, and `oneOf` and
//! `anyOf` are unions under `x-union`, whose types the steward writes itself.
//!
//! Schemas are inside each other, and so are the functions that lower them: those of `schema`, `all_of` and `alternatives` call each
//! other.

mod all_of;
mod alternatives;
mod components;
mod discriminator;
mod inline;
mod inline_names;
mod keywords;
mod operation_names;
mod operations;
mod schema;
mod subtypes;
mod view;

use serde_json::Value;

pub(super) use self::inline::{operations as inline_operations, target};
use self::schema::Lowering;
pub(super) use self::schema::kind;
use super::names::Taken;

/// Lowers a document. The error is that a chosen name is taken.
pub(super) fn lower(document: &mut Value) -> Result<(), Taken> {
    inline::operations(document);
    keywords::reduce(document);
    inline::schemas(document);
    operation_names::assign(document)?;
    let originals = components::rename(document)?;
    let mut lowering = Lowering::new(document, originals)?;
    lowering.components();
    operations::lower(document, &mut lowering);
    let schemas = lowering.finish()?;
    if !schemas.is_empty() {
        document["components"]["schemas"] = Value::Object(schemas);
    }
    components::replace_aliases(document);
    Ok(())
}

#[cfg(test)]
mod tests;
