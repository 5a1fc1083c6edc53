//! The tasks of this workspace. Run one with `cargo xtask <task>`.

mod ci;
mod codegen;
mod generate;
mod outcome;
mod shell;
mod spec;
mod validate;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::generate::Mode;
use crate::shell::Shell;

/// The tasks of this workspace. They exit with 0 when all is fine, 1 for findings, 2 if they could not run, 4 when stale.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Generates the client from the spec.
    Generate {
        /// Writes nothing, shows what is stale, and exits with 4 if anything is.
        #[arg(long)]
        check: bool,
        /// The spec to generate from.
        #[arg(long, value_name = "PATH", default_value = generate::SPEC)]
        spec: PathBuf,
    },
    /// Says everything that is wrong with the spec and its examples.
    Validate {
        /// The spec to check.
        #[arg(value_name = "SPEC", default_value = generate::SPEC)]
        spec: PathBuf,
    },
    /// Runs every check and test that CI runs, or those steps of it that are named.
    Ci {
        #[arg(value_name = "STEP")]
        steps: Vec<String>,
    },
}

fn main() -> ExitCode {
    let shell = Shell::stderr();
    let outcome = match Args::parse().task {
        Task::Generate { check, spec } => generate::run(&spec, if check { Mode::Check } else { Mode::Write }, &shell),
        Task::Validate { spec } => validate::run(&spec, &shell),
        Task::Ci { steps } => ci::run(&steps, &shell),
    };
    outcome::exit_code(outcome, &shell)
}
