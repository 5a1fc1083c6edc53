//! The command `openapi-steward`.

use std::process::ExitCode;

use clap::Parser;
use openapi_steward::Command;
use openapi_steward::cli::Shell;

/// Validates OpenAPI documents, compares their versions, and generates Rust clients from them.
///
/// Exit codes: 0 for success, 1 for findings, 2 for a command that could not run, 4 for stale files, 5 for a breaking change
/// without a new version.
#[derive(Debug, Parser)]
#[command(version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let shell = Shell::stderr();
    shell.exit_code(Args::parse().command.run(&shell))
}
