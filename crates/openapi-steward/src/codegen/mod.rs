//! Generates the source of a client from a document. Pure: a document in, code or a diagnostic out.
//!
//! The steps: passes over the document ([`input`]), progenitor ([`generator`]), and passes over the syntax tree of the code
//! that it writes ([`rust_passes`]). [`package`] has the other files of a generated crate.

mod chosen_names;
mod document_passes;
mod document_visitor;
mod extensions;
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
mod output;
pub(crate) mod package;
mod parse;
mod property_names;
mod rust_passes;
mod rust_type;
mod servers;
mod settings;
mod unions;

use serde_json::Value;
use syn::File;

pub(crate) use self::chosen_names::NameProblem;
use self::input::Input;
pub(crate) use self::output::Generated;
pub(crate) use self::settings::{Scope, Settings};
use crate::document::{Diagnostic, Node};
use crate::formats::Formats;
use crate::rust_names::RustName;

/// The reason why no code is generated.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The generator does not support a part of the document.
    Document(Diagnostic),
    /// A name that `steward.toml` chooses cannot be given.
    Name(NameProblem),
}

/// Returns the code for a document in which no rule has found an error.
pub(crate) fn generate(root: &Node, settings: Settings<'_>) -> Result<Generated, Refusal> {
    let input = Input::new(root.to_json(), settings).map_err(Refusal::Name)?;
    let file = file(root, &input, settings).map_err(Refusal::Document)?;
    let Input { calls, forms, multiparts, .. } = input;
    Ok(Generated { code: rust_passes::print(file), calls, forms, multiparts })
}

/// Returns the names whose places exist in a document.
pub(crate) fn existing_names(root: &Node, names: &[RustName]) -> Vec<RustName> {
    if names.is_empty() { Vec::new() } else { chosen_names::existing(&root.to_json(), names) }
}

/// Returns the reason why no code can be generated from a document in which no other rule has found an error.
pub(crate) fn refusal(root: &Node, formats: &Formats) -> Option<Diagnostic> {
    let settings = Settings { formats, names: &[], scope: Scope::Client };
    // Without chosen names, none is a problem.
    let input = Input::new(root.to_json(), settings).ok()?;
    file(root, &input, settings).err()
}

/// Returns the document as progenitor gets it: after the passes over the document.
pub(crate) fn progenitor_input(root: &Node, settings: Settings<'_>) -> Result<Value, NameProblem> {
    Input::new(root.to_json(), settings).map(|input| input.document)
}

/// Generates the syntax tree of the code.
fn file(root: &Node, input: &Input, settings: Settings<'_>) -> Result<File, Diagnostic> {
    limits::check(root, input)?;
    let api = generator::parse(&input.document).map_err(|error| failures::unreadable(root, &error))?;
    let file = generator::run(&api, input, settings.formats)
        .and_then(parse::file)
        .map_err(|message| failures::locate(root, input, settings.formats, &message))?;
    rust_passes::run(file, input, settings.scope).map_err(|error| failures::unexpected_code(root, &error))
}

#[cfg(test)]
mod tests;
