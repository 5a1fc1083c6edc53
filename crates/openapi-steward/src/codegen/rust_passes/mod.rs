//! Passes over the syntax tree of the code that progenitor has written. Each changes one thing.
//!
//! A pass matches nodes of the tree, never text. One that does not find what the document says that there has to be returns
//! [`UnexpectedCode`]: otherwise a new version of progenitor could turn it off without a word.

mod additions;
mod bodies;
mod client;
mod docs;
mod error;
mod layout;
mod matchers;
mod types;

use syn::File;

pub(super) use self::error::UnexpectedCode;
pub(super) use self::layout::print;
use super::input::Input;

/// Runs all passes, in the order in which they build on each other.
pub(super) fn run(mut file: File, input: &Input) -> Result<File, UnexpectedCode> {
    let expected = input.expected;
    client::remove_api_version_header(&mut file, expected.operations)?;
    client::remove_constructor_with_timeouts(&mut file)?;
    client::remove_prelude(&mut file)?;
    client::replace_encode_path(&mut file, expected.path_parameters)?;
    bodies::replace_body_decoding(&mut file, expected.json_responses)?;
    types::remove_struct_builders(&mut file)?;
    types::adapt_structs(&mut file, &input.properties)?;
    additions::add_constructors(&mut file)?;
    additions::add_operations(&mut file, &input.document);
    additions::add_types(&mut file, &input.enums, &input.forms)?;
    docs::tidy(&mut file, expected.operations)?;
    Ok(file)
}

#[cfg(test)]
mod tests;
