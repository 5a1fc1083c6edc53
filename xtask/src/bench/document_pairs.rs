//! The speed of `diff` on two versions of a document.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::documents::{document, usage};
use super::row::{Aim, Measured, Row, Unit, median};
use super::setup::{Scale, folder};
use crate::dist;
use crate::workspace::{SPEC, root};

/// The size of the large document, in bytes.
const LARGE: usize = 13_000_000;
/// The number of places in which its versions differ.
const DIFFERENCES: usize = 100;
/// The time that the large document may take, in seconds.
const MOST_SECONDS: f64 = 4.0;
/// The time that the spec of this workspace may take, in seconds.
const MOST_SECONDS_FOR_SPEC: f64 = 0.1;

/// Measures the comparison of a large document and of the spec of this workspace.
pub(super) fn comparison(scale: &Scale) -> Result<Vec<Row>, String> {
    let steward = dist::released("openapi-steward")?;
    let folder = folder()?.join("document-pairs");
    fs::create_dir_all(&folder).map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    let large = document(LARGE);
    let spec = root().join(SPEC);
    let spec = fs::read_to_string(&spec).map_err(|error| format!("cannot read {}: {error}", spec.display()))?;
    let pairs = [
        (
            "diff-speed",
            "compare two documents of 13 MB that differ in 100 places",
            MOST_SECONDS,
            &large,
            edited(&large),
        ),
        (
            "diff-spec",
            "compare two versions of the spec",
            MOST_SECONDS_FOR_SPEC,
            &spec,
            spec.replace("maximum: 1000", "maximum: 500"),
        ),
    ];
    pairs
        .into_iter()
        .map(|(name, what, limit, old, new)| {
            let write = |version: &str, text: &str| {
                let path = folder.join(format!("{name}-{version}.yaml"));
                fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
                Ok::<_, String>(path)
            };
            let (old, new) = (write("old", old)?, write("new", &new)?);
            let seconds = seconds(&steward, &old, &new, scale)?;
            let result = Measured::Both { ours: seconds, reference: limit, unit: Unit::Seconds };
            Ok(Row { name, what, reference: "the limit", aim: Aim::Times(1.0), result })
        })
        .collect()
}

/// The median of the times of a comparison.
fn seconds(steward: &Path, old: &Path, new: &Path, scale: &Scale) -> Result<f64, String> {
    let run = || usage(Command::new(steward).arg("diff").args([old, new]));
    let runs: Result<Vec<f64>, String> = (0..scale.rounds).map(|_| Ok(run()?.seconds)).collect();
    Ok(median(runs?).unwrap_or_default())
}

/// A document with a smaller limit in each of some places, which are spread over all of it.
fn edited(document: &str) -> String {
    let (from, to) = ("maxLength: 128", "maxLength: 64");
    let step = document.matches(from).count() / DIFFERENCES;
    let mut text = String::with_capacity(document.len());
    for (index, part) in document.split(from).enumerate() {
        if index > 0 {
            let is_edited = index % step.max(1) == 0 && index / step.max(1) <= DIFFERENCES;
            text.push_str(if is_edited { to } else { from });
        }
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_edited_in_so_many_places() {
        let edited = edited(&document(1_000_000));
        assert_eq!(edited.matches("maxLength: 64").count(), DIFFERENCES);
    }
}
