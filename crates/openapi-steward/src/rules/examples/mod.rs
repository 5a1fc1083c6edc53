//! Rules for examples.

pub(super) mod example_file;
pub(super) mod example_mismatch;
pub(super) mod example_value;
mod holder;
pub(super) mod unused_example_file;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use self::holder::{Holder, holders};
use super::rule::Context;
use crate::document::{Diagnostic, Entry, Node};
use crate::schema::{Mismatch, MismatchKind};

/// The folder of the example files, next to the document.
const FOLDER: &str = "examples";

/// The fix for an example that does not match its schema.
const EXAMPLE_FIX: &str = "fix the example, or the schema if the service really sends this value";

/// The examples that are files: the holder of each, and its `externalValue`.
fn example_files<'d, 'a>(context: &'d Context<'a>) -> impl Iterator<Item = (Holder<'a>, &'a Entry)> + 'd {
    holders(context).flat_map(move |holder| {
        named_examples(context, holder).filter_map(move |example| Some((holder, example.entry("externalValue")?)))
    })
}

/// The example objects of `examples`.
fn named_examples<'d, 'a>(context: &'d Context<'a>, holder: Holder<'a>) -> impl Iterator<Item = &'a Node> + 'd {
    holder.node.entries_of("examples").iter().map(|example| context.resolve(&example.node))
}

/// Sets the class, the cause and the fix of the finding of a mismatch. A format alone is no reason to refuse an example.
fn graded(finding: Diagnostic, mismatch: &Mismatch) -> Diagnostic {
    let finding = finding.cause(mismatch.cause.as_str());
    match mismatch.kind {
        MismatchKind::Value | MismatchKind::Unknown => finding.help(EXAMPLE_FIX),
        MismatchKind::Format => finding.help("write the example in this format, or remove the `format`").advice(),
        MismatchKind::Direction => finding.help("remove the property from the example").advice(),
        MismatchKind::Unchecked => finding.help("move nested alternatives into fewer schemas").advice(),
    }
}

/// The files in the folder of examples, with the paths that examples use.
fn files_in_folder(directory: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(directory.join(FOLDER)).into_iter().flatten().flatten();
    entries.map(|entry| format!("{FOLDER}/{}", entry.file_name().to_string_lossy())).collect()
}
