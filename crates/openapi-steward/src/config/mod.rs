//! `steward.toml`: everything that is particular to one document and its repository, each entry with its reason.

mod entries;
mod read;

pub(crate) use self::entries::{
    AcceptedBreak, CrateConfig, Exception, MissingType, RustDifference, RustReplacement, VendorDifference,
};
pub(crate) use self::read::FILE;
use crate::document::{Diagnostic, Source};
use crate::formats::Formats;

/// The configuration of a document. Without a `steward.toml` it is empty.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The file that it was read from, for findings about its entries; empty when there is none.
    pub(crate) source: Source,
    /// The command that messages name: `openapi-steward`, or what wraps it in this repository.
    pub(crate) command: Command,
    /// The file name of the document, relative to the folder of `steward.toml`.
    pub(crate) document: Option<String>,
    /// The folder that JSON Schemas are written to, relative to the folder of `steward.toml`.
    pub(crate) schemas: Option<String>,
    pub(crate) formats: Formats,
    pub(crate) crates: Vec<CrateConfig>,
    pub(crate) exceptions: Vec<Exception>,
    pub(crate) accepted_breaks: Vec<AcceptedBreak>,
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

impl std::fmt::Display for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The finding that an entry of `steward.toml` matches nothing.
pub(crate) fn unused(entry: &str, at: &crate::document::Span, why: &str) -> Diagnostic {
    let finding = Diagnostic::new(format!("{entry} is not needed any more"), at.clone());
    let finding = finding.label(why).help("remove the entry, or correct it");
    Diagnostic { rule: "unused-entry", severity: crate::document::Severity::Warning, ..finding }
}
