//! Examples are what they are examples of.

pub(super) mod file;
pub(super) mod mismatch;
pub(super) mod unused_file;
mod values;

use self::values::Folded;
pub(super) use self::values::{Checker, place_in};
use super::Context;
use crate::document::shape::{HEADER, MEDIA_TYPE, PARAMETER};
use crate::document::{Entry, Node};

/// The folder of the examples that are files, beside the document.
const FOLDER: &str = "examples";

/// What has a schema and examples for it: each schema with the maps of the examples.
fn with_examples<'d, 'a>(context: &'d Context<'a>) -> impl Iterator<Item = (&'a Node, &'a Node)> + 'd {
    let kinds = [&MEDIA_TYPE, &PARAMETER, &HEADER];
    let found =
        context.walk.objects.iter().filter(move |found| kinds.iter().any(|kind| std::ptr::eq(*kind, found.kind)));
    found.filter_map(|found| Some((found.node.get("schema")?, found.node)))
}

/// The examples that are files: the schema of each, and where it is named.
fn files<'d, 'a>(context: &'d Context<'a>) -> impl Iterator<Item = (&'a Node, &'a Entry)> + 'd {
    with_examples(context).flat_map(move |(schema, holder)| {
        let examples = holder.entries_of("examples").iter();
        examples.filter_map(move |example| Some((schema, context.resolve(&example.node).entry("externalValue")?)))
    })
}
