//! The command line as it is typed, and the help, in which the options of all commands take a few lines so that it fits a screen.

use std::io::Write;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Command, CommandFactory, Error, Parser};

use crate::failure::{Exit, Failure};

/// The heading of the options of all commands.
pub(crate) const GLOBAL: &str = "Global options";

/// These options in the help of the commands below the program.
const SUMMARY: &str = "Global options: -o, --output table|wide|json|ndjson|csv|tsv|parquet
  --columns NAMES  --no-header  --profile NAME  --sandbox  --verbose  --debug";

/// The command line. If it is help that was asked for, or wrong, that is printed and the exit code returned.
pub(crate) fn parse<C: Parser>() -> Result<C, ExitCode> {
    C::try_parse().map_err(|error| {
        let error = shorten::<C>(error);
        let printed = error.print().and_then(|()| std::io::stdout().flush());
        match printed {
            // The errors themselves cannot be printed either.
            _ if error.use_stderr() => ExitCode::from(Exit::Usage as u8),
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                let failure = Failure::from(error);
                failure.print();
                ExitCode::from(failure.exit as u8)
            }
        }
    })
}

/// The help that the arguments ask for, in its short form; or the error.
fn shorten<C: CommandFactory>(error: Error) -> Error {
    let kind = error.kind();
    if !matches!(kind, ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand) {
        return error;
    }
    match program::<C>().try_get_matches_from(std::env::args_os()) {
        Err(short) if short.kind() == kind => short,
        _ => error,
    }
}

/// The program whose commands have short help.
pub(crate) fn program<C: CommandFactory>() -> Command {
    let mut program = C::command();
    program.build();
    program.mut_subcommands(summarize)
}

fn summarize(command: Command) -> Command {
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let command = command.mut_subcommands(summarize).after_help(format!("{SUMMARY}\n\n{after}"));
    command.mut_args(|argument| {
        let is_global = argument.get_help_heading() == Some(GLOBAL);
        argument.hide(is_global)
    })
}
