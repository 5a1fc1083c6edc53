//! The results of earlier commits, to see a slow drift.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::report::Report;
use super::row::ratio_text;
use super::setup::folder;
use crate::git;

/// The results that `--write` has written with the page, from the root of the workspace.
pub(super) const WRITTEN: &str = "xtask/bench/results.json";
/// The change of a ratio that the table points out.
const DRIFT: f64 = 0.1;

/// Keeps the results for the commit, beside those of its other rows. Returns the file, or `None` if the tree is no commit.
pub(super) fn keep(report: &Report) -> Result<Option<PathBuf>, String> {
    let Some(commit) = commit("HEAD").filter(|_| is_clean()) else { return Ok(None) };
    let file = file(&commit)?;
    let new = value(&report.json())?;
    let kept = match fs::read_to_string(&file) {
        Ok(text) => merged(value(&text)?, &new),
        Err(_) => new,
    };
    fs::write(&file, format!("{kept:#}\n")).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    Ok(Some(file))
}

/// The results of a commit: those that were measured here, or else those that are part of it.
pub(super) fn results_of(revision: &str) -> Result<Value, String> {
    let commit = commit(revision).ok_or_else(|| format!("there is no commit `{revision}`"))?;
    if let Ok(text) = fs::read_to_string(file(&commit)?) {
        return value(&text);
    }
    let written = git::read(&["show", &format!("{commit}:{WRITTEN}")]);
    let written = written.ok_or_else(|| {
        format!("{revision} was not measured here, and has no {WRITTEN}: check it out and run `cargo xtask bench`")
    })?;
    value(&written)
}

/// The rows that were measured both then and now, with their ratios.
pub(super) fn comparison(then: &Value, now: &Report) -> Result<String, String> {
    let now = value(&now.json())?;
    let mut lines = Vec::new();
    for row in rows(&now) {
        let before = rows(then).find(|before| before["name"] == row["name"]);
        let ratios = before.and_then(|before| Some((before["ratio"].as_f64()?, row["ratio"].as_f64()?)));
        let Some((before, after)) = ratios else { continue };
        let change = after / before - 1.0;
        let remark = match change {
            change if change > DRIFT => "  worse",
            change if change < -DRIFT => "  better",
            _ => "",
        };
        let (name, before, after) = (row["name"].as_str().unwrap_or_default(), ratio_text(before), ratio_text(after));
        lines.push(format!("  {name:<20} {before:>7} {after:>7} {:>+5.0} %{remark}", change * 100.0));
    }
    if lines.is_empty() {
        return Ok("\n  no row was measured both then and now\n".to_owned());
    }
    let machines =
        if then["machine"] == now["machine"] { "" } else { "\n  They were measured on different machines.\n" };
    let head = format!("  {:<20} {:>7} {:>7}", "ratio", "then", "now");
    Ok(format!("\n{head}\n{}\n{machines}", lines.join("\n")))
}

fn rows(results: &Value) -> impl Iterator<Item = &Value> {
    results["rows"].as_array().into_iter().flatten()
}

/// The kept results with the new rows in the place of those with the same names.
fn merged(mut kept: Value, new: &Value) -> Value {
    let is_new = |row: &Value| rows(new).any(|other| other["name"] == row["name"]);
    let all: Vec<Value> = rows(&kept).filter(|row| !is_new(row)).chain(rows(new)).cloned().collect();
    kept["machine"] = new["machine"].clone();
    kept["rows"] = all.into();
    kept
}

pub(super) fn value(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("the results are not JSON: {error}"))
}

fn file(commit: &str) -> Result<PathBuf, String> {
    let folder = folder()?.join("commits");
    fs::create_dir_all(&folder).map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    Ok(folder.join(format!("{commit}.json")))
}

fn commit(revision: &str) -> Option<String> {
    let id = git::read(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?;
    Some(id.trim().to_owned())
}

fn is_clean() -> bool {
    git::read(&["status", "--porcelain"]).is_some_and(|changes| changes.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::bench::report::tests::report;

    #[test]
    fn a_comparison_points_out_what_has_drifted() -> Result<(), String> {
        let then = json!({ "machine": { "processor": "another" }, "rows": [
            { "name": "decode", "ratio": 0.8 },
            { "name": "memory", "ratio": 1.0 },
            { "name": "build-crates", "ratio": 1.5 },
            { "name": "latency-node", "ratio": 0.05 },
            { "name": "gone", "ratio": 1.0 },
        ] });
        insta::assert_snapshot!("a_comparison_of_commits", comparison(&then, &report(true))?);
        let none = comparison(&json!({ "rows": [] }), &report(true))?;
        assert!(none.contains("no row"), "{none}");
        Ok(())
    }

    #[test]
    fn rows_that_are_measured_again_replace_those_before() {
        let row = |name: &str, ratio: f64| json!({ "name": name, "ratio": ratio });
        let kept = json!({ "machine": 1, "rows": [row("a", 1.0), row("b", 2.0)] });
        let new = json!({ "machine": 2, "rows": [row("b", 3.0), row("c", 4.0)] });
        let expected = json!({ "machine": 2, "rows": [row("a", 1.0), row("b", 3.0), row("c", 4.0)] });
        assert_eq!(merged(kept, &new), expected);
    }

    #[test]
    fn what_was_not_measured_says_how_to() {
        let error = results_of("no-such-revision").err();
        assert_eq!(error.as_deref(), Some("there is no commit `no-such-revision`"));
    }
}
