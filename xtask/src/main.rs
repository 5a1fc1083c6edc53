//! The tasks of this workspace. Run one with `cargo xtask <task>`.

mod against;
mod api;
mod args;
mod bench;
mod cargo;
mod ci;
mod codegen;
mod diff;
mod docs;
mod files;
mod generate;
mod outcome;
mod payload;
mod report;
mod rules;
mod schema;
mod shell;
mod spec;
mod standalone;
mod validate;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Task, ValidateArgs};
use crate::files::Mode;
use crate::outcome::{CouldNotRun, Outcome};
use crate::shell::Shell;

fn main() -> ExitCode {
    let shell = Shell::stderr();
    let outcome = match Args::parse().task {
        Task::Generate { check, spec, out: Some(folder) } => standalone::run(&spec, &folder, Mode::of(check), &shell),
        Task::Generate { check, spec, out: None } => generate::all(&spec, Mode::of(check), &shell),
        Task::Validate(args) => validate(&args, &shell),
        Task::Diff { base, format, fail_on } => {
            let fail_on_breaking = fail_on.is_some();
            diff::run(&diff::Diff { base: base.as_deref(), format, fail_on_breaking }, &shell)
        }
        Task::Schema { check } => schema::run(generate::SPEC.as_ref(), Mode::of(check), &shell),
        Task::Api { check } => api::run(Mode::of(check), &shell),
        Task::Docs { check } => docs::run(Mode::of(check), &shell),
        Task::Bench(args) => bench::run(&args, &shell),
        Task::Ci { steps } => ci::run(&steps, &shell),
    };
    outcome::exit_code(outcome, &shell)
}

fn validate(args: &ValidateArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let ValidateArgs { spec, format, allow, .. } = args;
    match (&args.explain, &args.against, &args.payload, &args.schema) {
        (Some(rule), ..) => validate::explain(rule, shell),
        (_, Some(other), ..) => against::run(spec, other, *format, shell),
        (.., Some(file), Some(schema)) => {
            payload::run(spec, &payload::Payload { file, schema, strict: args.strict, format: *format }, shell)
        }
        _ => validate::run(&validate::Validate { spec, format: *format, allow }, shell),
    }
}
