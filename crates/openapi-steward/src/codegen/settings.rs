//! The settings of the generator.

use crate::formats::Formats;
use crate::rust_names::RustName;

/// The extent of the generated code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// A client with its types.
    Client,
    /// The types alone, which need no HTTP.
    Types,
}

/// The settings for one document, which come from `steward.toml` and the command line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings<'a> {
    pub(crate) formats: &'a Formats,
    pub(crate) names: &'a [RustName],
    pub(crate) scope: Scope,
}
