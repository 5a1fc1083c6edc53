//! How a task ends, and the exit code that says so. The codes are the same for every task.

use std::process::ExitCode;

use crate::shell::Shell;

/// How a task that could run has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing is wrong.
    Fine,
    /// There are findings, which the task has printed.
    Findings,
    /// A generated file is not what the spec says.
    Stale,
    /// Something breaks, and the version does not say so.
    Breaking,
}

/// Why a task could not run: one message that says what, where and what to do.
#[derive(Debug)]
pub(crate) struct CouldNotRun(pub(crate) String);

/// The exit code for the end of a task; the message of a task that could not run is printed.
pub(crate) fn exit_code(outcome: Result<Outcome, CouldNotRun>, shell: &Shell) -> ExitCode {
    ExitCode::from(match outcome {
        Ok(Outcome::Fine) => 0,
        Ok(Outcome::Findings) => 1,
        Err(CouldNotRun(message)) => {
            shell.error(&message);
            2
        }
        Ok(Outcome::Stale) => 4,
        Ok(Outcome::Breaking) => 5,
    })
}
