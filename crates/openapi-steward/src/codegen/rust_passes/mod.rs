//! Passes over the syntax tree of the code that progenitor has written. Each changes one thing.
//!
//! A pass matches nodes of the tree, never text. One that does not find what the document says that there has to be returns
//! [`UnexpectedCode`]: otherwise a new version of progenitor could turn it off without a word.

mod additions;
mod client;
mod docs;
mod error;
mod layout;
mod matchers;
mod send;
mod types;

use syn::File;

pub(super) use self::docs::tidy_all;
pub(super) use self::error::UnexpectedCode;
pub(super) use self::layout::print;
use super::input::Input;
use super::settings::Scope;

/// Runs all passes, in the order in which they build on each other.
pub(super) fn run(mut file: File, input: &Input, scope: Scope) -> Result<File, UnexpectedCode> {
    client::remove_constructor_with_timeouts(&mut file)?;
    client::remove_prelude(&mut file)?;
    client::replace_encode_path(&mut file)?;
    send::replace_send(&mut file, &input.calls)?;
    types::remove_struct_builders(&mut file)?;
    types::adapt_structs(&mut file, &input.properties)?;
    additions::add_constructors(&mut file)?;
    additions::add_operations(&mut file, &input.operations);
    additions::add_types(&mut file, input, scope)?;
    docs::tidy(&mut file, input.calls.len())?;
    send::mark_deprecated(&mut file, &input.calls);
    if scope == Scope::Types {
        keep_types(&mut file);
    }
    Ok(file)
}

/// Removes everything but the types.
fn keep_types(file: &mut File) {
    file.items.retain(|item| matches!(item, syn::Item::Mod(module) if module.ident == "types"));
}

#[cfg(test)]
mod tests;
