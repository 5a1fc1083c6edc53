//! Validates OpenAPI documents, compares their versions, and generates Rust clients from them.
//!
//! This is the library of the command `openapi-steward`, which the README describes. A repository that wraps the command, for instance
//! in an xtask, runs a [`Command`] with a [`cli::Shell`]. A test that compares Rust types with a document uses [`agreement`].
//!
//! ```no_run
//! use openapi_steward::cli::{Mode, Outcome, Shell};
//! use openapi_steward::{Command, GenerateArgs};
//!
//! # fn example() -> Result<(), openapi_steward::cli::CouldNotRun> {
//! let check = Command::Generate(GenerateArgs { check: true, ..GenerateArgs::default() });
//! assert_eq!(check.run(&Shell::stderr())?, Outcome::Success);
//! # Ok(()) }
//! ```

#![cfg_attr(test, allow(unexpected_cfgs, reason = "the feature `schemars` belongs to generated crates"))]

pub mod agreement;
mod cmd;
mod codegen;
mod config;
mod diff;
mod document;
mod files;
mod formats;
#[doc(hidden)]
pub mod fuzzing;
mod outcome;
mod pages;
mod payload;
mod project;
mod reference;
mod report;
mod rules;
mod rust_api;
mod rust_names;
mod schema;
#[cfg(test)]
mod tests;
mod text;
mod vendor_diff;
#[cfg(test)]
mod wire_tests;

pub use self::cmd::{
    AcceptArgs, ApiArgs, BodyDirection, Command, DiffArgs, DiffFormat, DocsArgs, ExplainArgs, FailOn, GenerateArgs,
    HistoryArgs, HistoryFormat, InitArgs, LevelArgs, Purpose, SchemaArgs, ValidateArgs, VendorDiffArgs,
    progenitor_input,
};
pub use self::pages::{SiteIndex, SitePage};
pub use self::report::Format;
pub use self::rules::page as rules_page;

/// The parts of the command line that a wrapper of this tool uses as well.
pub mod cli {
    pub use crate::cmd::shell::Shell;
    pub use crate::files::{Mode, State, changed_lines, failed, short_diff, write};
    pub use crate::outcome::{CouldNotRun, Outcome};
    pub use crate::text::{count, did_you_mean};
}

#[cfg(test)]
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::allow_attributes_without_reason,
    missing_docs,
    unreachable_pub,
    unused,
    reason = "the generated code is not ours to style"
)]
#[rustfmt::skip]
mod generated;
#[cfg(test)]
use self::generated::types;

#[cfg(test)]
#[allow(dead_code, unreachable_pub, unused_imports, reason = "a document uses only some parts of the runtime")]
mod runtime;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
