//! The tasks of this workspace. Run one with `cargo xtask <task>`.

mod api;
mod args;
mod ci;
mod codegen;
mod diff;
mod files;
mod generate;
mod outcome;
mod payload;
mod schema;
mod shell;
mod spec;
mod validate;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Task};
use crate::files::Mode;
use crate::shell::Shell;

fn main() -> ExitCode {
    let shell = Shell::stderr();
    let outcome = match Args::parse().task {
        Task::Generate { check, spec } => generate::all(&spec, Mode::of(check), &shell),
        Task::Validate(args) => match (&args.payload, &args.schema) {
            (Some(file), Some(schema)) => {
                payload::run(&args.spec, &payload::Payload { file, schema, strict: args.strict }, &shell)
            }
            _ => validate::run(&args.spec, &shell),
        },
        Task::Diff { base, format, fail_on } => {
            let fail_on_breaking = fail_on.is_some();
            diff::run(&diff::Diff { base: base.as_deref(), format, fail_on_breaking }, &shell)
        }
        Task::Schema { check } => schema::run(generate::SPEC.as_ref(), Mode::of(check), &shell),
        Task::Api { check } => api::run(Mode::of(check), &shell),
        Task::Ci { steps } => ci::run(&steps, &shell),
    };
    outcome::exit_code(outcome, &shell)
}
