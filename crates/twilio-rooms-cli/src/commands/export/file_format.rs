//! The form of the files of an export.

use crate::output::Format;

/// The form of the files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FileFormat {
    /// JSON as the service sends it, one resource a line.
    #[default]
    Ndjson,
    /// Comma-separated values.
    Csv,
    /// Parquet, in builds with that feature.
    Parquet,
}

impl FileFormat {
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    pub(super) fn output(self) -> Format {
        match self {
            Self::Ndjson => Format::Ndjson,
            Self::Csv => Format::Csv,
            Self::Parquet => Format::Parquet,
        }
    }
}
