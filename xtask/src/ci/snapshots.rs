//! Snapshots that no test asks for, and those that wait to be reviewed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::workspace::root;

/// The variable that names the file in which insta notes the snapshots that tests ask for.
pub(super) const VARIABLE: &str = "INSTA_SNAPSHOT_REFERENCES_FILE";

/// That file.
pub(super) fn references() -> PathBuf {
    root().join("target/snapshot-references.txt")
}

/// Empties that file. Its folder may be missing: what is built can go elsewhere.
pub(super) fn start_references() -> Result<(), String> {
    let file = references();
    let folder = file.parent().unwrap_or(&file);
    let emptied = fs::create_dir_all(folder).and_then(|()| fs::write(&file, ""));
    emptied.map_err(|error| format!("cannot write {}: {error}", file.display()))
}

/// Removes that file: tests that failed have not noted all.
pub(super) fn forget_references() {
    let _ = fs::remove_file(references());
}

/// Checks that every snapshot is asked for by a test that ran, and that none waits to be reviewed.
pub(super) fn orphans() -> Result<(), String> {
    let noted = fs::read_to_string(references())
        .map_err(|error| format!("no test has noted its snapshots ({error}): run `cargo xtask ci test snapshots`"))?;
    let asked_for: BTreeSet<PathBuf> = noted.lines().filter_map(|line| fs::canonicalize(line).ok()).collect();
    let mut findings = Vec::new();
    for file in files(&root()).map_err(|error| format!("cannot look for snapshots: {error}"))? {
        let name = file.strip_prefix(root()).unwrap_or(&file).to_string_lossy();
        if name.ends_with(".snap.new") || name.ends_with(".pending-snap") {
            findings.push(format!("{name} waits to be reviewed: accept or reject it"));
        } else if name.ends_with(".snap") && !asked_for.contains(&file) {
            findings.push(format!("{name} belongs to no test: remove it"));
        }
    }
    findings.sort();
    if findings.is_empty() { Ok(()) } else { Err(findings.join("\n")) }
}

/// The files of the workspace, without what is built or hidden.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (name, path) = (entry.file_name(), entry.path());
        let hidden = name.to_string_lossy().starts_with('.');
        if entry.file_type()?.is_dir() {
            if !hidden && name != "target" {
                files.extend(self::files(&path)?);
            }
        } else {
            files.push(fs::canonicalize(path)?);
        }
    }
    Ok(files)
}
