//! `twilio-rooms`: the operators' command.

mod bulk;
mod cli;
mod commands;
mod completion;
mod console;
mod contents;
mod days;
mod debug;
mod demo;
mod download;
mod environment;
mod failure;
mod folders;
mod help;
mod hyperlink;
mod interrupt;
mod keyring;
mod listing;
mod lock;
mod output;
mod profiles;
mod progress;
#[cfg(test)]
mod reference;
mod rows;
mod session;
mod when;

use std::process::ExitCode;

use crate::cli::Cli;
use crate::failure::Failure;

fn main() -> ExitCode {
    completion::complete::<Cli>();
    let cli = match help::parse::<Cli>() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let Err(failure) = run(cli) else { return ExitCode::SUCCESS };
    failure.print();
    ExitCode::from(failure.exit as u8)
}

/// Runs the command on this thread.
fn run(cli: Cli) -> Result<(), Failure> {
    // For the HTTP client that downloads media; that of the library brings its own.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::failed(format!("cannot start: {error}")))?;
    runtime.block_on(cli.run())
}
