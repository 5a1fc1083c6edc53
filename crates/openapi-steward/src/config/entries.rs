//! The entries of `steward.toml`. Each has its position, so that a finding about it names its line.

use crate::diff::ChangeSeverity;
use crate::document::Span;
use crate::text::matches;

/// A crate that is generated from the document, or that is built on one.
#[derive(Debug, Clone)]
pub(crate) struct CrateConfig {
    /// The folder of the crate, relative to the folder of `steward.toml`.
    pub(crate) path: String,
    /// The file of generated code, relative to the folder of the crate.
    pub(crate) generated: Option<String>,
    /// The list of public items, relative to the folder of the crate.
    pub(crate) public_api: Option<String>,
    /// The name of the generated crate whose types this one re-exports.
    pub(crate) reexports: Option<String>,
    /// Includes the public items of the crate in `diff`.
    pub(crate) diff: bool,
}

/// A deliberate breaking change that needs no new version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AcceptedBreak {
    /// The changed item, as `diff` prints it.
    pub(crate) item: String,
    /// The change, as `diff` prints it.
    pub(crate) change: String,
    /// The fingerprint of the change. With it, the words above are for readers only.
    pub(crate) fingerprint: Option<String>,
    pub(crate) reason: String,
    pub(crate) span: Span,
}

/// The severity of a kind of changes, in place of the one that `diff` gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KindSeverity {
    /// The id of the kind, such as `enum-values-added`.
    pub(crate) kind: String,
    /// `request` or `response`, to give it to the changes of one direction only.
    pub(crate) direction: Option<String>,
    pub(crate) severity: ChangeSeverity,
}

/// Deliberate differences from the vendor's document.
#[derive(Debug, Clone)]
pub(crate) struct VendorDifference {
    /// The names of the differences, in which `*` matches any characters, each with its position.
    pub(crate) differences: Vec<(String, Span)>,
}

/// A deliberate difference between the document and the Rust types. `*` matches any characters, and `-` a missing keyword.
#[derive(Debug, Clone)]
pub(crate) struct RustDifference {
    /// The path of a schema, such as `Room.sid`.
    pub(crate) path: String,
    /// The keyword of JSON Schema that differs, such as `format`.
    pub(crate) keyword: String,
    pub(crate) document: String,
    pub(crate) rust: String,
    pub(crate) span: Span,
}

impl RustDifference {
    /// Returns whether the entry matches a keyword with these two values.
    pub(crate) fn matches(&self, path: &str, keyword: &str, document: Option<&str>, rust: Option<&str>) -> bool {
        let side = |pattern: &str, value: Option<&str>| match value {
            Some(value) => pattern != "-" && matches(pattern, value),
            None => pattern == "-",
        };
        matches(&self.path, path) && self.keyword == keyword && side(&self.document, document) && side(&self.rust, rust)
    }
}

/// A component whose generated type is not public, because the crate on top has another type instead.
#[derive(Debug, Clone)]
pub(crate) struct RustReplacement {
    pub(crate) component: String,
    pub(crate) span: Span,
}

/// A component that has no Rust type.
#[derive(Debug, Clone)]
pub(crate) struct MissingType {
    pub(crate) component: String,
    pub(crate) span: Span,
}
