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
mod hyperlink;
mod interrupt;
mod keyring;
mod listing;
mod output;
mod profiles;
mod progress;
#[cfg(test)]
mod reference;
mod rows;
mod session;
mod when;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::Cli;
use crate::failure::{Exit, Failure};

fn main() -> ExitCode {
    completion::complete::<Cli>();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // A closed stream is not an error.
            let _ = error.print();
            return ExitCode::from(u8::from(error.use_stderr()) * Exit::Usage as u8);
        }
    };
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            ExitCode::from(failure.exit as u8)
        }
    }
}

/// Runs the command on this thread.
fn run(cli: Cli) -> Result<(), Failure> {
    // For the HTTP client that downloads media; that of the library brings its own.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::failed(format!("cannot start: {error}")))?;
    runtime.block_on(cli.run())
}
