//! Generates the source of a client from a document. Pure: a document in, code or a diagnostic out.
//!
//! The steps: passes over the document ([`input`]), progenitor ([`generator`]), and passes over the syntax tree of the code
//! that it writes ([`rust_passes`]). [`package`] has the other files of a generated crate.

mod document_passes;
mod document_visitor;
mod failures;
mod form_field;
mod forms;
mod generator;
mod input;
mod limits;
mod lower;
mod multipart;
mod names;
pub(crate) mod naming;
mod open_enum;
mod operation;
pub(crate) mod package;
mod property_names;
mod rust_passes;
mod rust_type;
mod unions;

use serde_json::Value;
use syn::File;

use self::input::Input;
use crate::document::{Diagnostic, Node};
use crate::formats::Formats;

/// Returns the code for a document in which no rule has found an error.
pub(crate) fn code(root: &Node, formats: &Formats) -> Result<String, Diagnostic> {
    Ok(rust_passes::print(file(root, formats)?))
}

/// Returns the reason why no code can be generated from a document in which no other rule has found an error.
pub(crate) fn refusal(root: &Node, formats: &Formats) -> Option<Diagnostic> {
    file(root, formats).err()
}

/// Returns the document as progenitor gets it: after the passes over the document.
pub(crate) fn progenitor_input(root: &Node, formats: &Formats) -> Value {
    Input::new(root.to_json(), formats).document
}

/// Generates the syntax tree of the client.
fn file(root: &Node, formats: &Formats) -> Result<File, Diagnostic> {
    let input = Input::new(root.to_json(), formats);
    limits::check(root, &input)?;
    let api = generator::parse(&input.document).map_err(|error| failures::unreadable(root, &error))?;
    let file = generator::run(&api, &input, formats)
        .and_then(|tokens| syn::parse2(tokens).map_err(|error| error.to_string()))
        .map_err(|message| failures::locate(root, &input, formats, &message))?;
    rust_passes::run(file, &input).map_err(|error| failures::unexpected_code(root, &error))
}

#[cfg(test)]
mod tests;
