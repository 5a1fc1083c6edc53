//! The tasks of this workspace: `cargo xtask <task>` runs one.

mod args;
mod bench;
mod ci;
mod workspace;

use std::process::ExitCode;

use clap::Parser;
use openapi_steward::cli::Shell;

use crate::args::{Args, Task};

fn main() -> ExitCode {
    let shell = Shell::stderr();
    let result = match Args::parse().task {
        Task::Steward(command) => command.run(&shell),
        Task::Bench(args) => bench::run(&args, &shell),
        Task::Ci { steps } => ci::run(&steps, &shell),
    };
    shell.exit_code(result)
}
