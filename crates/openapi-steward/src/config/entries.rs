//! The entries of `steward.toml`. Each knows where it stands, so that a finding about it names its line.

use crate::document::Span;
use crate::text::matches;

/// A crate that is made of the document, or on top of one that is.
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
    /// Whether `diff` judges the public items of the crate.
    pub(crate) diff: bool,
}

/// A rule that does not apply to a part of the document, or to all of it.
#[derive(Debug, Clone)]
pub(crate) struct Exception {
    /// The id of a rule, or the name of a group.
    pub(crate) rule: String,
    /// A JSON pointer into the document, in which `*` stands for any characters. Everywhere when it is missing.
    pub(crate) at: Option<String>,
    pub(crate) span: Span,
}

/// A breaking change that is made on purpose and needs no version of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AcceptedBreak {
    /// The changed item, as `diff` names it.
    pub(crate) what: String,
    /// The change, as `diff` describes it.
    pub(crate) how: String,
    pub(crate) reason: String,
    pub(crate) span: Span,
}

/// Differences from the vendor's document that are deliberate.
#[derive(Debug, Clone)]
pub(crate) struct VendorDifference {
    /// The names of the differences, in which `*` stands for any characters, each with its place.
    pub(crate) differences: Vec<(String, Span)>,
}

/// A difference between the document and the Rust types that is deliberate. `*` stands for any characters, and `-` for a side
/// that says nothing.
#[derive(Debug, Clone)]
pub(crate) struct RustDifference {
    pub(crate) place: String,
    pub(crate) fact: String,
    pub(crate) document: String,
    pub(crate) rust: String,
    pub(crate) span: Span,
}

impl RustDifference {
    /// Returns whether this entry is about a fact with these two sides.
    pub(crate) fn matches(&self, place: &str, fact: &str, document: Option<&str>, rust: Option<&str>) -> bool {
        let side = |pattern: &str, value: Option<&str>| match value {
            Some(value) => pattern != "-" && matches(pattern, value),
            None => pattern == "-",
        };
        matches(&self.place, place) && self.fact == fact && side(&self.document, document) && side(&self.rust, rust)
    }
}

/// A component whose generated type users do not see, because the crate on top has something else in its place.
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
