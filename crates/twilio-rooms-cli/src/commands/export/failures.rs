//! Failures that the files of an export share.

use std::io;
use std::path::Path;

use chrono::NaiveDate;

use crate::failure::Failure;

pub(super) fn out_of_range(day: NaiveDate) -> Failure {
    Failure::usage(format!("{day} is out of range"))
}

pub(super) fn failed(verb: &str, path: &Path, error: &io::Error) -> Failure {
    Failure::failed(format!("cannot {verb} {}: {error}", path.display()))
}
