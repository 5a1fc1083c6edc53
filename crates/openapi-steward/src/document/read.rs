//! Reads a text as JSON or as YAML.

use std::path::Path;

use super::diagnostic::Diagnostic;
use super::node::Node;
use super::{json, yaml};

/// Reads JSON strictly. A duplicate key is an error.
pub(crate) fn parse_json(source: &str) -> Result<Node, Diagnostic> {
    let (root, duplicates) = json::read(source)?;
    duplicates.into_iter().next().map_or(Ok(root), Err)
}

/// Reads a file: strictly as JSON if it is named so, otherwise as YAML, of which JSON is a part.
pub(super) fn read_file(source: &str, path: &str) -> Result<(Node, Vec<Diagnostic>), Diagnostic> {
    let is_json = Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if is_json { json::read(source) } else { read(source) }
}

/// Reads YAML, or JSON if the text is that, and reports its duplicate keys. The first of them counts.
pub(crate) fn read(source: &str) -> Result<(Node, Vec<Diagnostic>), Diagnostic> {
    if is_json(source) { json::read(source) } else { yaml::read(source) }
}

fn is_json(source: &str) -> bool {
    source.trim_start().starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(source).is_ok()
}
