//! The speed of pages in a browser, and their size.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::documents::{document, usage};
use super::row::{Aim, Measured, Row, Unit, median, number};
use super::tools::exists;
use super::{Scale, folder};
use crate::cargo::{self, cargo};
use crate::dist;
use crate::workspace::{SPEC, root};

/// The size of the large document, in bytes.
const LARGE: usize = 12_000_000;
/// The limits: of the first contentful paint and of an answer of the search, in seconds, and of the page of the spec, in bytes.
const MOST_SECONDS_TO_PAINT: f64 = 2.0;
const MOST_SECONDS_TO_SEARCH: f64 = 0.2;
const MOST_BYTES: f64 = 250_000.0;

/// The times of a page, in milliseconds.
#[derive(Debug, PartialEq)]
struct Times {
    paint: f64,
    /// The answers of the search, each the median of a query.
    answers: Vec<f64>,
}

/// Measures the reference of a large document in a browser, and the size of that of the spec.
pub(super) fn references(scale: &Scale) -> Result<Vec<Row>, String> {
    let steward = dist::released("openapi-steward")?;
    let folder = folder()?.join("pages");
    fs::create_dir_all(&folder).map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    let small = page(&steward, &root().join(SPEC), &folder.join("spec.html"))?;
    let bytes = fs::metadata(&small).map(|metadata| metadata.len()).unwrap_or_default();
    let row = |name, what, result| Row { name, what, reference: "the limit", aim: Aim::Times(1.0), result };
    let within = |ours, reference, unit| Measured::Both { ours, reference, unit };
    let size = row("pages-size", "the reference of the spec", within(number(bytes), MOST_BYTES, Unit::Bytes));
    let times = times(&steward, &folder, scale);
    let [paint, median_answer, slowest] = match times {
        Ok(Times { paint, answers }) => {
            let slowest = answers.iter().copied().fold(0.0, f64::max);
            let middle = median(answers).unwrap_or_default();
            let limits = [MOST_SECONDS_TO_PAINT, MOST_SECONDS_TO_SEARCH, MOST_SECONDS_TO_SEARCH];
            [0, 1, 2].map(|at| within([paint, middle, slowest][at] / 1e3, limits[at], Unit::Seconds))
        }
        Err(result) => [result.clone(), result.clone(), result],
    };
    Ok(vec![
        size,
        row("pages-paint", "first contentful paint of the reference of a document of 12 MB", paint),
        row("pages-search", "an answer of its search, the median of 14 queries", median_answer),
        row("pages-search-slowest", "the slowest of these answers", slowest),
    ])
}

/// Measures the reference of a large document, or says why it cannot.
fn times(steward: &Path, folder: &Path, scale: &Scale) -> Result<Times, Measured> {
    if !exists("chromedriver") {
        return Err(Measured::Skipped("not installed: `apt-get install chromium-driver`".to_owned()));
    }
    let measured = || {
        let large = folder.join("large.yaml");
        fs::write(&large, document(LARGE)).map_err(|error| format!("cannot write {}: {error}", large.display()))?;
        let page = page(steward, &large, &folder.join("large.html"))?;
        let output = folder.join("times.json");
        let manifest = root().join("tests/browser/Cargo.toml").display().to_string();
        let target = root().join("target/browser").display().to_string();
        let mut test = cargo(&[
            "test",
            "--manifest-path",
            &manifest,
            "--target-dir",
            &target,
            "--",
            "--ignored",
            "a_page_is_measured",
        ]);
        test.env("PAGE", &page).env("MEASUREMENT", &output).env("ROUNDS", scale.rounds.to_string());
        cargo::run(&mut test)?;
        let times =
            fs::read_to_string(&output).map_err(|error| format!("cannot read {}: {error}", output.display()))?;
        read(&times)
    };
    measured().map_err(Measured::Failed)
}

/// Writes the reference of a document, and returns its path.
fn page(steward: &Path, document: &Path, page: &Path) -> Result<PathBuf, String> {
    usage(Command::new(steward).arg("docs").arg(document).arg("-o").arg(page))?;
    Ok(page.to_owned())
}

fn read(text: &str) -> Result<Times, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| format!("the times are no JSON: {error}"))?;
    let paint = value["paint_ms"].as_f64().ok_or("the times have no paint")?;
    let queries = value["queries"].as_array().map(Vec::as_slice).unwrap_or_default();
    let answers: Vec<f64> = queries.iter().filter_map(|query| query["ms"].as_f64()).collect();
    if answers.is_empty() { Err("the times have no answers".to_owned()) } else { Ok(Times { paint, answers }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_of_a_page_are_read() {
        let text = r#"{ "paint_ms": 400, "index_ms": 9, "queries": [{ "query": "e", "ms": 30.5 }, { "query": "x", "ms": 2 }] }"#;
        assert_eq!(read(text), Ok(Times { paint: 400.0, answers: vec![30.5, 2.0] }));
        assert!(read("{}").is_err() && read(r#"{ "paint_ms": 1, "queries": [] }"#).is_err() && read("").is_err());
    }
}
