//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// The tasks of this workspace. They exit with 0 for success, 1 for findings, 2 when they could not run, 4 for stale generated
/// files, 5 for a breaking change without its version.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) task: Task,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    #[command(flatten)]
    Steward(openapi_steward::Command),
    /// Writes the pages of the documentation that show the results of tests, and the page of the rules.
    Docs {
        /// Writes nothing, shows what is stale, and exits with 4 if anything is.
        #[arg(long)]
        check: bool,
    },
    /// Measures how fast the client and the tools are, each beside an alternative.
    Bench(BenchArgs),
    /// Runs every check and test that CI runs, or the named steps of it.
    Ci {
        #[arg(value_name = "STEP")]
        steps: Vec<String>,
    },
}

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct BenchArgs {
    /// Measures little, to see that everything works: no number of it says anything, and none is judged.
    #[arg(long)]
    pub(crate) quick: bool,
    /// Measures this only: decode, stream, latency, memory, windows, build, generate, validate or compression; can be given more than once.
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
