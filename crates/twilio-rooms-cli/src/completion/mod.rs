//! Completions that know the rooms of the account.
//!
//! The shell calls the program for each completion, which then asks the account for its rooms. It has half a second, and says
//! nothing about errors: a person who presses Tab did not ask for any.

mod cache;
mod rooms;

use std::ffi::{OsStr, OsString};

use clap::{Command, CommandFactory};
use clap_complete::engine::ArgValueCompleter;
use clap_complete::{CompleteEnv, Shell};

use crate::failure::Failure;

/// The variable by which the script of a shell asks for completions.
const VARIABLE: &str = "TWILIO_ROOMS_COMPLETE";
const PROGRAM: &str = "twilio-rooms";

/// Completes a command line if a shell asks for it, and ends the program then.
pub(crate) fn complete<C: CommandFactory>() {
    CompleteEnv::with_factory(|| with_rooms(C::command())).var(VARIABLE).bin(PROGRAM).complete();
}

/// The script with which a shell calls the program.
pub(crate) fn script(shell: Shell) -> Result<Vec<u8>, Failure> {
    let shells = clap_complete::env::Shells::builtins();
    let name = shell.to_string();
    let completer = shells.completer(&name).ok_or_else(|| Failure::usage(format!("no completions for {name}")))?;
    let mut script = Vec::new();
    completer.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    Ok(script)
}

/// Completes every argument that is a room.
fn with_rooms(command: Command) -> Command {
    let command = command.mut_args(|argument| match argument.get_id().as_str() {
        "room" | "rooms" => {
            argument.add(ArgValueCompleter::new(|current: &OsStr| rooms::candidates(&words(), current)))
        }
        _ => argument,
    });
    command.mut_subcommands(with_rooms)
}

/// The words of the command line that is completed.
fn words() -> Vec<OsString> {
    std::env::args_os().skip_while(|word| word != "--").skip(1).collect()
}
