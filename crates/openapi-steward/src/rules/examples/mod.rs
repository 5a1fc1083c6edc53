//! Rules for examples.

pub(super) mod example_file;
pub(super) mod example_mismatch;
mod grouped_findings;
pub(super) mod unused_example_file;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::rule::Context;
use crate::document::shape::{HEADER, MEDIA_TYPE, PARAMETER};
use crate::document::{Entry, Node};

/// The folder of the example files, next to the document.
const FOLDER: &str = "examples";

/// The fix for an example that does not match its schema.
const EXAMPLE_FIX: &str = "fix the example, or the schema if the service really sends this value";

/// The objects that have both a schema and examples: the schema of each, and the object.
fn with_examples<'d, 'a>(context: &'d Context<'a>) -> impl Iterator<Item = (&'a Node, &'a Node)> + 'd {
    let kinds = [&MEDIA_TYPE, &PARAMETER, &HEADER];
    let objects =
        context.walk.objects.iter().filter(move |object| kinds.iter().any(|kind| std::ptr::eq(*kind, object.kind)));
    objects.filter_map(|object| Some((object.node.get("schema")?, object.node)))
}

/// The examples that are files: the schema of each, and its `externalValue`.
fn example_files<'d, 'a>(context: &'d Context<'a>) -> impl Iterator<Item = (&'a Node, &'a Entry)> + 'd {
    with_examples(context).flat_map(move |(schema, holder)| {
        let examples = holder.entries_of("examples").iter();
        examples.filter_map(move |example| Some((schema, context.resolve(&example.node).entry("externalValue")?)))
    })
}

/// The files in the folder of examples, with the paths that examples use.
fn files_in_folder(directory: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(directory.join(FOLDER)).into_iter().flatten().flatten();
    entries.map(|entry| format!("{FOLDER}/{}", entry.file_name().to_string_lossy())).collect()
}
