//! The command line.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::diff_args::{AcceptArgs, DiffArgs, HistoryArgs};
use super::level_args::LevelArgs;
use crate::report;

/// A command, with its arguments.
///
/// Without `DOCUMENT`, the command uses the document that `steward.toml` names. It looks for this file in the current folder, in
/// its folder `spec`, and in the folders above.
#[derive(Debug, Clone, Subcommand)]
#[non_exhaustive]
pub enum Command {
    /// Writes a `steward.toml` that explains every setting, beside a document.
    Init(InitArgs),
    /// Reports all findings in a document and its examples, or in bodies that should match one of its schemas.
    Validate(ValidateArgs),
    /// Lists the changes of a document since an earlier version, and reports breaking changes.
    Diff(DiffArgs),
    /// Accepts changes that `diff` lists, by their fingerprints: writes an entry with your reason into `steward.toml`.
    Accept(AcceptArgs),
    /// Lists the changes of a document over the revisions of git, the newest first.
    History(HistoryArgs),
    /// Generates the client, the JSON Schemas, and the lists of public items.
    Generate(GenerateArgs),
    /// Writes a JSON Schema for each component of a document.
    Schema(SchemaArgs),
    /// Writes the reference of a document as one HTML file.
    Docs(DocsArgs),
    /// Compares a document with the vendor's document, and reports the differences that `steward.toml` does not list.
    VendorDiff(VendorDiffArgs),
    /// Lists the public items of each crate that `steward.toml` names.
    Api(ApiArgs),
    /// Explains a rule with an example, or lists the rules of a group.
    Explain(ExplainArgs),
}

/// Arguments of `init`.
#[derive(Debug, Clone, Default, Args)]
pub struct InitArgs {
    /// The document. The default is the only one in the current folder and those below it.
    #[arg(value_name = "DOCUMENT")]
    pub document: Option<PathBuf>,
    /// Also writes an example document, `openapi.yaml`, to try the commands on.
    #[arg(long, conflicts_with = "document")]
    pub example: bool,
    /// Writes nothing, and prints `steward.toml` to standard output.
    #[arg(long)]
    pub dry_run: bool,
}

/// Arguments of `validate`.
#[derive(Debug, Clone, Default, Args)]
pub struct ValidateArgs {
    /// The document to check.
    #[arg(value_name = "DOCUMENT")]
    pub document: Option<PathBuf>,
    /// Checks a file with one JSON value, or with one per line, instead of the document; `-` is standard input.
    #[arg(long, value_name = "FILE", requires = "schema")]
    pub payload: Option<PathBuf>,
    /// The schema that the payload should match, such as `Room`.
    #[arg(long = "as", value_name = "SCHEMA", requires = "payload")]
    pub schema: Option<String>,
    /// Reports properties of payloads and examples that their schema does not define.
    #[arg(long)]
    pub strict: bool,
    /// The direction of the payload: a request must not have `readOnly` properties, and a response no `writeOnly` ones. Without
    /// it, the payload has to match in one of the two directions.
    #[arg(long, value_name = "DIRECTION", requires = "payload")]
    pub direction: Option<BodyDirection>,
    /// The format of the findings.
    #[arg(long, value_enum, default_value = "human")]
    pub format: report::Format,
    /// Also reports the parts of the document that this command does not support.
    #[arg(long = "for", value_name = "PURPOSE", conflicts_with = "payload")]
    pub purpose: Option<Purpose>,
    /// The levels of findings.
    #[command(flatten)]
    pub levels: LevelArgs,
}

/// The use that a document is validated for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[non_exhaustive]
pub enum Purpose {
    /// Generating a client with `generate`.
    Generate,
}

/// The direction of a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[non_exhaustive]
pub enum BodyDirection {
    /// The body of a request.
    Request,
    /// The body of a response.
    Response,
}

/// Arguments of `generate`.
#[derive(Debug, Clone, Default, Args)]
pub struct GenerateArgs {
    /// The document to generate from.
    #[arg(value_name = "DOCUMENT")]
    pub document: Option<PathBuf>,
    /// Writes nothing, shows stale files, and exits with 4 if there are any.
    #[arg(long)]
    pub check: bool,
    /// Writes a standalone crate into this folder, and nothing else.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Writes the types alone into the standalone crate: no client, and no dependency on `reqwest`.
    #[arg(long, requires = "out")]
    pub types_only: bool,
    /// Also writes a test into the standalone crate, which calls each operation and compares the request with the document.
    #[arg(long, requires = "out", conflicts_with = "types_only")]
    pub with_tests: bool,
}

/// Arguments of `schema`.
#[derive(Debug, Clone, Default, Args)]
pub struct SchemaArgs {
    /// The document to read.
    #[arg(value_name = "DOCUMENT")]
    pub document: Option<PathBuf>,
    /// Writes nothing, shows stale files, and exits with 4 if there are any.
    #[arg(long)]
    pub check: bool,
}

/// Arguments of `docs`.
#[derive(Debug, Clone, Default, Args)]
pub struct DocsArgs {
    /// The document to read.
    #[arg(value_name = "DOCUMENT")]
    pub document: Option<PathBuf>,
    /// The page to write. The default is `reference.html`. A document or JSON Schemas of more than 1 MB are written to files beside it.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// A template for requests in Rust: text with `{{operation}}`, `{{method}}`, `{{path}}` and `{{url}}`. The text between
    /// `{{#parameters}}` and `{{/parameters}}` is repeated for each parameter, with `{{name}}`, `{{rust_name}}`, `{{value}}` and
    /// `{{text}}`; `query` and `fields` are lists too.
    #[arg(long, value_name = "FILE")]
    pub rust_template: Option<PathBuf>,
    /// The URL of the site that the page belongs to, for a link in the header.
    #[arg(long, value_name = "URL")]
    pub home: Option<String>,
}

/// Arguments of `vendor-diff`.
#[derive(Debug, Clone, Default, Args)]
pub struct VendorDiffArgs {
    /// The vendor's document.
    #[arg(value_name = "VENDOR")]
    pub vendor: PathBuf,
    /// The document to compare with it.
    #[arg(value_name = "DOCUMENT")]
    pub document: Option<PathBuf>,
    /// The format of the findings.
    #[arg(long, value_enum, default_value = "human")]
    pub format: report::Format,
}

/// Arguments of `api`.
#[derive(Debug, Clone, Default, Args)]
pub struct ApiArgs {
    /// The document whose `steward.toml` names the crates.
    #[arg(value_name = "DOCUMENT")]
    pub document: Option<PathBuf>,
    /// Writes nothing, shows stale files, and exits with 4 if there are any.
    #[arg(long)]
    pub check: bool,
}

/// Arguments of `explain`.
#[derive(Debug, Clone, Default, Args)]
pub struct ExplainArgs {
    /// The id of a rule, such as `empty-range`, or the name of a group, such as `style`. Without it, all rules are listed.
    #[arg(value_name = "RULE|GROUP")]
    pub rule: Option<String>,
}
