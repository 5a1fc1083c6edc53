//! The tasks of this workspace: `cargo xtask <task>` runs one.

mod args;
mod bench;
mod cargo;
mod ci;
mod dist;
mod docs;
mod folders;
mod git;
mod inspector;
mod outside;
mod packages;
mod release;
mod site;
#[cfg(test)]
mod workflows;
mod workspace;

use std::process::ExitCode;

use clap::Parser;
use openapi_steward::cli::{Mode, Shell};

use crate::args::{Args, Task};

fn main() -> ExitCode {
    let shell = Shell::stderr();
    let result = match Args::parse().task {
        Task::Steward(command) => command.run(&shell),
        Task::DocPages { check } => docs::run(Mode::of(check), &shell),
        Task::Site => site::run(&shell),
        Task::Bench(args) => bench::run(&args, &shell),
        Task::Release(args) => release::run(&args, &shell),
        Task::Dist(args) => dist::run(&args, &shell),
        Task::Ci { extended, steps } => ci::run(&steps, extended, &shell),
    };
    shell.exit_code(result)
}
