//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::diff::Format;
use crate::generate;
use crate::report;

/// The tasks of this workspace. They exit with 0 when all is fine, 1 for findings, 2 if they could not run, 4 when
/// stale, 5 for a breaking change without its version.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) task: Task,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Generates the client from the spec, the JSON Schemas, and the lists of the public API.
    Generate {
        /// Writes nothing, shows what is stale, and exits with 4 if anything is.
        #[arg(long)]
        check: bool,
        /// The spec to generate from.
        #[arg(long, value_name = "PATH", default_value = generate::SPEC)]
        spec: PathBuf,
        /// Writes a crate that stands on its own into this folder, and nothing else.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Says everything that is wrong with the spec and its examples, or with bodies that should match it.
    Validate(ValidateArgs),
    /// Lists what has changed since another version of the spec, and whom it breaks.
    Diff {
        /// A revision of git, or a file; by default where this branch left the main one.
        #[arg(long, value_name = "REV|PATH")]
        base: Option<String>,
        /// The form of the list.
        #[arg(long, value_enum, default_value = "human")]
        format: Format,
        /// Exits with 5 when something breaks and the version in Cargo.toml does not say so.
        #[arg(long, value_name = "WHAT")]
        fail_on: Option<FailOn>,
    },
    /// Writes a JSON Schema for each component of the spec, for others to validate with.
    Schema {
        /// Writes nothing, shows what is stale, and exits with 4 if anything is.
        #[arg(long)]
        check: bool,
    },
    /// Lists the public items of each published crate, to be reviewed.
    Api {
        /// Writes nothing, shows what is stale, and exits with 4 if anything is.
        #[arg(long)]
        check: bool,
    },
    /// Writes the pages of the documentation that show the results of tests.
    Docs {
        /// Writes nothing, shows what is stale, and exits with 4 if anything is.
        #[arg(long)]
        check: bool,
    },
    /// Measures how fast the client and the tools are, each against its usual alternative.
    Bench(BenchArgs),
    /// Runs every check and test that CI runs, or those steps of it that are named.
    Ci {
        #[arg(value_name = "STEP")]
        steps: Vec<String>,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct ValidateArgs {
    /// The spec to check.
    #[arg(value_name = "SPEC", default_value = generate::SPEC)]
    pub(crate) spec: PathBuf,
    /// Checks this file of JSON, or of a JSON value a line, instead of the spec; `-` is standard input.
    #[arg(long, value_name = "FILE", requires = "schema")]
    pub(crate) payload: Option<PathBuf>,
    /// The schema that the payload should match, such as `Room`.
    #[arg(long = "as", value_name = "SCHEMA", requires = "payload")]
    pub(crate) schema: Option<String>,
    /// Takes a property that the spec does not have for an error.
    #[arg(long, requires = "payload")]
    pub(crate) strict: bool,
    /// The form of the findings.
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: report::Format,
    /// Leaves out a rule or a group of rules, such as `house`; can be given more than once.
    #[arg(long, value_name = "RULE|GROUP", conflicts_with = "payload")]
    pub(crate) allow: Vec<String>,
    /// Compares the spec with another document of the same service, and says what differs and is not listed in spec/README.md.
    #[arg(long, value_name = "PATH", conflicts_with_all = ["payload", "allow"])]
    pub(crate) against: Option<PathBuf>,
    /// Prints what a rule asks for and why, with an example, or the rules of a group; checks nothing.
    #[arg(long, value_name = "RULE|GROUP", exclusive = true)]
    pub(crate) explain: Option<String>,
}

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct BenchArgs {
    /// Measures little, to see that everything works: no number of it says anything, and none is judged.
    #[arg(long)]
    pub(crate) quick: bool,
    /// Measures this only: decode, stream, latency, memory, parallel, build, generate, validate or compression; can be given more than once.
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,
    /// Writes the table and the plot to the documentation of the client.
    #[arg(long, conflicts_with_all = ["quick", "only"])]
    pub(crate) write: bool,
    /// The Python that has the vendor's library.
    #[arg(long, value_name = "PATH", default_value = "python3")]
    pub(crate) python: PathBuf,
    /// The folder `node_modules` that has the vendor's library, Spectral and Redocly; by default they are looked for where
    /// `NODE_PATH` and `PATH` say.
    #[arg(long, value_name = "DIR")]
    pub(crate) node_modules: Option<PathBuf>,
    /// The program cargo-progenitor.
    #[arg(long, value_name = "PATH", default_value = "cargo-progenitor")]
    pub(crate) progenitor: PathBuf,
}

impl BenchArgs {
    /// The quick form, with what is installed.
    pub(crate) fn quick() -> Self {
        let [python, progenitor] = ["python3", "cargo-progenitor"].map(PathBuf::from);
        Self { quick: true, only: Vec::new(), write: false, python, node_modules: None, progenitor }
    }
}

/// What fails a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum FailOn {
    /// A breaking change without the version for it.
    Breaking,
}
