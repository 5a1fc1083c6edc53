//! The commands: each reads its input, calls the parts below, and reports.

mod api;
mod args;
mod diff;
mod explain;
mod generate;
mod output;
mod schema;
pub(crate) mod shell;
mod validate;
mod vendor_diff;

use std::path::Path;

pub use self::args::{
    ApiArgs, Command, DiffArgs, ExplainArgs, FailOn, GenerateArgs, SchemaArgs, ValidateArgs, VendorDiffArgs,
};
#[cfg(test)]
pub(crate) use self::diff::{Generated, heaviest, side};
use self::shell::Shell;
use crate::codegen;
pub use crate::diff::Format as DiffFormat;
use crate::document::{Diagnostic, Source};
use crate::outcome::{CouldNotRun, Outcome};
use crate::project::Project;
use crate::report;
use crate::text::count;

impl Command {
    /// Runs the command, and reports to the shell.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written, or an argument names nothing.
    pub fn run(&self, shell: &Shell) -> Result<Outcome, CouldNotRun> {
        match self {
            Self::Validate(args) => validate::run(args, shell),
            Self::Diff(args) => diff::run(args, shell),
            Self::Generate(args) => generate::run(args, shell),
            Self::Schema(args) => schema::run(args, shell),
            Self::VendorDiff(args) => vendor_diff::run(args, shell),
            Self::Api(args) => api::run(args, shell),
            Self::Explain(args) => explain::run(args, shell),
        }
    }
}

/// The document as it is handed to progenitor, after the passes that make it one that progenitor can read.
///
/// Measurements use it to give another generator the same input.
///
/// # Errors
///
/// When the document cannot be read, or has errors.
pub fn progenitor_input(document: &Path) -> Result<serde_json::Value, CouldNotRun> {
    let project = Project::open(Some(document))?;
    let document = project.parse()?;
    Ok(codegen::progenitor_input(&document.root, &project.config.formats))
}

/// The end of a command that found errors in its document.
fn refused(findings: &[Diagnostic], source: &Source, what: &str, shell: &Shell) -> Outcome {
    shell.text(report::human(findings, source, true));
    shell.error(&format!("{} in {}; {what}", count(findings.len(), "error"), source.path));
    Outcome::Findings
}
