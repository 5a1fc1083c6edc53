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
mod parse;
mod property_names;
mod rust_passes;
mod rust_type;
mod servers;
mod unions;

use serde_json::Value;
use syn::File;

use self::forms::Form;
use self::input::Input;
use self::multipart::Multipart;
use self::operation::Call;
use crate::document::{Diagnostic, Node};
use crate::formats::Formats;

/// The extent of the generated code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// A client with its types.
    Client,
    /// The types alone, which need no HTTP.
    Types,
}

/// The generated code, and what it is about.
#[derive(Debug)]
pub(crate) struct Generated {
    pub(crate) code: String,
    calls: Vec<Call>,
    forms: Vec<Form>,
    multiparts: Vec<Multipart>,
}

/// Returns the code for a document in which no rule has found an error.
pub(crate) fn generate(root: &Node, formats: &Formats, scope: Scope) -> Result<Generated, Diagnostic> {
    let (file, input) = file(root, formats, scope)?;
    let Input { calls, forms, multiparts, .. } = input;
    Ok(Generated { code: rust_passes::print(file), calls, forms, multiparts })
}

/// Returns the reason why no code can be generated from a document in which no other rule has found an error.
pub(crate) fn refusal(root: &Node, formats: &Formats) -> Option<Diagnostic> {
    file(root, formats, Scope::Client).err()
}

/// Returns the document as progenitor gets it: after the passes over the document.
pub(crate) fn progenitor_input(root: &Node, formats: &Formats) -> Value {
    Input::new(root.to_json(), formats, Scope::Client).document
}

/// Generates the syntax tree of the code.
fn file(root: &Node, formats: &Formats, scope: Scope) -> Result<(File, Input), Diagnostic> {
    let input = Input::new(root.to_json(), formats, scope);
    limits::check(root, &input)?;
    let api = generator::parse(&input.document).map_err(|error| failures::unreadable(root, &error))?;
    let file = generator::run(&api, &input, formats)
        .and_then(parse::file)
        .map_err(|message| failures::locate(root, &input, formats, &message))?;
    let file = rust_passes::run(file, &input, scope).map_err(|error| failures::unexpected_code(root, &error))?;
    Ok((file, input))
}

#[cfg(test)]
mod tests;
