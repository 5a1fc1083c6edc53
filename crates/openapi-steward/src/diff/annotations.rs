//! The keywords that describe a schema.

/// The keywords that describe a schema, and limit no value.
pub(super) const ANNOTATIONS: [&str; 8] =
    ["description", "title", "example", "examples", "externalDocs", "xml", "deprecated", "nullable"];

/// Returns whether a keyword allows every value.
pub(super) fn limits_nothing(key: &str) -> bool {
    ANNOTATIONS.contains(&key) || ["$comment", "$schema"].contains(&key) || key.starts_with("x-")
}
