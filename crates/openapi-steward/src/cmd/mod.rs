//! The commands. Each reads its input, calls the other parts of the tool, and reports.

mod accept;
mod accepted;
mod api;
mod args;
mod checked_code;
mod compare;
mod crate_versions;
mod diff;
mod diff_args;
#[cfg(test)]
mod diff_tests;
mod docs;
mod document_version;
mod explain;
mod find_documents;
mod findings;
mod generate;
mod history;
mod init;
mod level_args;
mod output;
mod own_files;
mod revision;
mod schema;
pub(crate) mod shell;
mod timeline;
mod validate;
mod vendor_diff;

use std::path::Path;

pub use self::args::{
    ApiArgs, BodyDirection, Command, DocsArgs, ExplainArgs, GenerateArgs, InitArgs, Purpose, SchemaArgs, ValidateArgs,
    VendorDiffArgs,
};
#[cfg(test)]
pub(crate) use self::crate_versions::heaviest;
pub use self::diff_args::{AcceptArgs, DiffArgs, FailOn, HistoryArgs, HistoryFormat};
#[cfg(test)]
pub(crate) use self::document_version::{Generated, document_version};
pub use self::level_args::LevelArgs;
use self::shell::Shell;
use crate::codegen;
pub use crate::diff::Format as DiffFormat;
use crate::outcome::{CouldNotRun, Outcome};
use crate::project::Project;

impl Command {
    /// Runs the command, and reports to the shell.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written, or an argument names an unknown rule, schema or revision.
    pub fn run(&self, shell: &Shell) -> Result<Outcome, CouldNotRun> {
        match self {
            Self::Init(args) => init::run(args, shell),
            Self::Validate(args) => validate::run(args, shell),
            Self::Diff(args) => diff::run(args, shell),
            Self::Accept(args) => accept::run(args, shell),
            Self::History(args) => history::run(args, shell),
            Self::Generate(args) => generate::run(args, shell),
            Self::Schema(args) => schema::run(args, shell),
            Self::Docs(args) => docs::run(args, shell),
            Self::VendorDiff(args) => vendor_diff::run(args, shell),
            Self::Api(args) => api::run(args, shell),
            Self::Explain(args) => explain::run(args, shell),
        }
    }
}

/// Returns the input of progenitor for a document, after the passes that prepare it.
///
/// Benchmarks use it to give another generator the same input.
///
/// # Errors
///
/// When the document cannot be read, or has errors.
pub fn progenitor_input(document: &Path) -> Result<serde_json::Value, CouldNotRun> {
    let project = Project::open(Some(document))?;
    let document = project.parse()?;
    let settings = checked_code::settings(&project.config, codegen::Scope::Client);
    codegen::progenitor_input(&document.root, settings)
        .map_err(|problem| checked_code::name_problem(&project.config, &problem))
}
