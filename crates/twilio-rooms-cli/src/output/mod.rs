//! The output of a command: tables for people, and JSON or separated values for programs.

mod delimited;
mod format;
mod json;
mod layout;
mod paint;
#[cfg(feature = "parquet")]
mod parquet;
mod printer;
mod row;
mod safe;
mod screen;
mod table;
mod value;

pub(crate) use self::format::{Format, OutputOptions};
pub(crate) use self::paint::Paint;
pub(crate) use self::printer::Printer;
pub(crate) use self::row::{Column, Fit, Kind, Row};
pub(crate) use self::screen::{Screen, Width};
pub(crate) use self::value::{Value, size_text};
