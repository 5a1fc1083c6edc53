//! The arguments of `diff`, `accept` and `history`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::diff;

/// Arguments of `diff`.
#[derive(Debug, Clone, Default, Args)]
pub struct DiffArgs {
    /// The new version of the document; with `NEW`, the old one. A file, `REV:PATH` for a revision of git, or `-` for standard input.
    #[arg(value_name = "DOCUMENT|OLD")]
    pub document: Option<PathBuf>,
    /// The new version of the document. Any two documents can be compared.
    #[arg(value_name = "NEW", conflicts_with = "base")]
    pub new: Option<PathBuf>,
    /// The old version: a git revision, `REV:PATH`, a file, or `-`. The default is the commit where this branch left the main branch.
    #[arg(long, value_name = "REV|PATH")]
    pub base: Option<String>,
    /// The version of the crates in the old version of the document, if that names none, such as a file.
    #[arg(long, value_name = "VERSION")]
    pub base_version: Option<String>,
    /// Also compares the Rust clients that `generate` would write, for documents without crates.
    #[arg(long)]
    pub rust: bool,
    /// The date that `x-sunset` is compared with, such as `2030-01-31`. The default is today in UTC.
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// The format of the changes.
    #[arg(long, value_enum, default_value = "human")]
    pub format: diff::Format,
    /// Exits with 5 if there is a change of this severity or a more serious one. A breaking change passes if the version of
    /// each crate announces it, and an accepted change always passes.
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
}

/// The changes that fail a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A breaking change without a new version.
    Breaking,
    /// Also a change that has to be deliberate.
    Notice,
    /// Also an addition.
    Additive,
    /// Every change.
    Documentation,
}

/// Arguments of `accept`.
#[derive(Debug, Clone, Default, Args)]
pub struct AcceptArgs {
    /// The fingerprints of the changes, which `diff --format json` shows.
    #[arg(value_name = "FINGERPRINT", required = true)]
    pub fingerprints: Vec<String>,
    /// The reason why the changes are right.
    #[arg(long)]
    pub reason: String,
    /// The new version of the document. The default is the one that `steward.toml` names.
    #[arg(long, value_name = "PATH")]
    pub document: Option<PathBuf>,
    /// The old version, as for `diff`.
    #[arg(long, value_name = "REV|PATH")]
    pub base: Option<String>,
}

/// Arguments of `history`.
#[derive(Debug, Clone, Default, Args)]
pub struct HistoryArgs {
    /// The document. The default is the one that `steward.toml` names.
    #[arg(value_name = "DOCUMENT")]
    pub document: Option<PathBuf>,
    /// The revision to begin with. The default is `HEAD`.
    #[arg(long, value_name = "REV")]
    pub from: Option<String>,
    /// The maximum number of revisions.
    #[arg(long, value_name = "NUMBER", default_value = "100")]
    pub limit: u32,
    /// The format of the changes.
    #[arg(long, value_enum, default_value = "human")]
    pub format: HistoryFormat,
}

/// The format of a history.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
#[non_exhaustive]
pub enum HistoryFormat {
    /// For a person at a terminal.
    #[default]
    Human,
    /// For a program.
    Json,
    /// A page with a timeline.
    Html,
}
