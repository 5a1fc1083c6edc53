//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// The tasks of this workspace.
///
/// Exit codes: 0 for success, 1 for findings, 2 for a task that could not run, 4 for stale files, 5 for a breaking change without a
/// new version.
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
    /// Writes the pages that come from code or snapshots: the rules, the fault table, the inspector, and the command's reference.
    DocPages {
        /// Writes nothing, shows what is stale, and exits with 4 if anything is.
        #[arg(long)]
        check: bool,
    },
    /// Writes the site of this repository to `target/site`: the guide, the reference, the benchmarks, the rules and the changelog.
    Site,
    /// Benchmarks the client and the tools against alternatives.
    Bench(BenchArgs),
    /// Checks everything about a release that can run here. The workflow `release` publishes.
    Release(ReleaseArgs),
    /// Writes the archives of a release: each program with its completions, manual pages, licences and bill of materials.
    Dist(DistArgs),
    /// Runs all checks and tests of CI, or only the named steps.
    Ci {
        /// Also runs the steps that are slow or need more than Rust, such as a browser. A step whose tools are missing is skipped
        /// with a message.
        #[arg(long)]
        extended: bool,
        /// The steps to run. Without any, all steps run.
        #[arg(value_name = "STEP")]
        steps: Vec<String>,
    },
}

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ReleaseArgs {
    /// Makes the packages and the archives, and uses them as a new user would, but publishes nothing.
    #[arg(long, conflicts_with = "publish")]
    pub(crate) dry_run: bool,
    /// Fails if anything is left to do before the release.
    #[arg(long, requires = "dry_run")]
    pub(crate) strict: bool,
    /// Runs only this check; can be given more than once.
    #[arg(long, value_name = "CHECK", requires = "dry_run")]
    pub(crate) only: Vec<String>,
    /// Publishes the packages that crates.io does not have yet, with the token in `CARGO_REGISTRY_TOKEN`.
    #[arg(long)]
    pub(crate) publish: bool,
    /// Writes the changelog of the version to this file, and its tag to the outputs of a workflow.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dry_run", "publish"])]
    pub(crate) notes: Option<PathBuf>,
}

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DistArgs {
    /// The platform of the programs, such as `x86_64-unknown-linux-musl`. The default is this one. The machine has to be able to run
    /// them.
    #[arg(long, value_name = "TRIPLE")]
    pub(crate) target: Option<String>,
    /// The folder of the archives.
    #[arg(long, value_name = "DIR", default_value = "target/dist")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct BenchArgs {
    /// Runs short benchmarks to test the setup. Their numbers mean nothing and are not checked.
    #[arg(long)]
    pub(crate) quick: bool,
    /// Runs only this benchmark: decode, stream, latency, memory, parallel, command, build, generate, validate, documents, diff, pages, fresh or compression; can be given more than once.
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,
    /// Compares the ratios with those of this commit, which was measured here or has results of its own.
    #[arg(long, value_name = "REV", conflicts_with = "quick")]
    pub(crate) compare: Option<String>,
    /// Writes the table and the plot to the documentation of the client. With `--only`, the other rows stay as they are there, if they are of this machine.
    #[arg(long, conflicts_with = "quick")]
    pub(crate) write: bool,
    /// The Python interpreter with the vendor's library and openapi-spec-validator.
    #[arg(long, value_name = "PATH", default_value = "python3")]
    pub(crate) python: PathBuf,
    /// The folder `node_modules` with the vendor's library, Spectral and Redocly. The default is to search `NODE_PATH` and `PATH`.
    #[arg(long, value_name = "DIR")]
    pub(crate) node_modules: Option<PathBuf>,
    /// The command cargo-progenitor.
    #[arg(long, value_name = "PATH", default_value = "cargo-progenitor")]
    pub(crate) progenitor: PathBuf,
}

impl BenchArgs {
    /// Short benchmarks, with the installed tools.
    pub(crate) fn quick() -> Self {
        let [python, progenitor] = ["python3", "cargo-progenitor"].map(PathBuf::from);
        Self { quick: true, only: Vec::new(), compare: None, write: false, python, node_modules: None, progenitor }
    }
}
