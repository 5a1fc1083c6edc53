//! The names of Rust that `steward.toml` gives to places of the document.

use crate::document::Span;

/// The name of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RustName {
    /// A JSON pointer into the document, such as `/components/schemas/Room`.
    pub(crate) at: String,
    /// A type or a variant in `UpperCamelCase`, or a function or a field in `snake_case`.
    pub(crate) name: String,
    /// The position of the entry in `steward.toml`.
    pub(crate) span: Span,
}
