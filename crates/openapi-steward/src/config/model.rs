//! The configuration as the other parts of the tool read it.

use std::fmt;

use super::entries::{
    AcceptedBreak, CrateConfig, KindSeverity, MissingType, RustDifference, RustReplacement, VendorDifference,
};
use crate::document::Source;
use crate::formats::Formats;
use crate::rules::LevelEntry;
use crate::rust_names::RustName;

/// The configuration of a document. Without a `steward.toml` it is empty.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The file that the configuration was read from, for findings about its entries. Empty if there is none.
    pub(crate) source: Source,
    /// The command that messages name: `openapi-steward`, or the command that wraps it in this repository.
    pub(crate) command: Command,
    /// The path of the document, relative to the folder of `steward.toml`.
    pub(crate) document: Option<String>,
    /// The folder that JSON Schemas are written to, relative to the folder of `steward.toml`.
    pub(crate) schemas: Option<String>,
    pub(crate) formats: Formats,
    pub(crate) crates: Vec<CrateConfig>,
    pub(crate) levels: Vec<LevelEntry>,
    pub(crate) accepted_breaks: Vec<AcceptedBreak>,
    pub(crate) change_severities: Vec<KindSeverity>,
    /// The names of generated Rust items.
    pub(crate) names: Vec<RustName>,
    pub(crate) vendor_differences: Vec<VendorDifference>,
    pub(crate) rust_differences: Vec<RustDifference>,
    pub(crate) rust_replacements: Vec<RustReplacement>,
    pub(crate) missing_types: Vec<MissingType>,
}

/// The command line that runs this tool.
#[derive(Debug, Clone)]
pub(crate) struct Command(pub(crate) String);

impl Default for Command {
    fn default() -> Self {
        Self("openapi-steward".to_owned())
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
