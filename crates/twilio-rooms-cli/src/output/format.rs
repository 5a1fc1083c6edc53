//! The options of the output.

use clap::{Args, ValueEnum};

use crate::failure::Failure;
use crate::help;

/// The form of the output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table that fits the terminal.
    #[default]
    Table,
    /// A table with all columns.
    Wide,
    /// JSON as the service sends it: an array, or one object.
    Json,
    /// JSON, one resource a line.
    Ndjson,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// Parquet, in builds with that feature.
    Parquet,
}

impl Format {
    /// Returns an error if this build cannot write the form.
    pub(crate) fn check(self) -> Result<(), Failure> {
        if self == Self::Parquet && !cfg!(feature = "parquet") {
            let failure = Failure::usage("this build of the program cannot write Parquet");
            return Err(
                failure.hint("Install one that can: cargo install twilio-rooms-cli --locked --features parquet")
            );
        }
        Ok(())
    }
}

/// The options that all commands with an output share.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = help::GLOBAL)]
pub(crate) struct OutputOptions {
    /// table, wide, json, ndjson, csv, tsv or parquet
    #[arg(
        short,
        long,
        global = true,
        value_enum,
        value_name = "FORM",
        default_value_t,
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(crate) output: Format,
    /// Print these columns of a table, CSV or TSV
    #[arg(long, global = true, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
    /// Print no header
    #[arg(long, global = true)]
    pub(crate) no_header: bool,
}
