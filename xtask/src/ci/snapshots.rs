//! Snapshots that no test uses, and those that wait for a review.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::workspace::root;

/// The variable that names the file in which insta records the snapshots that tests use.
pub(super) const VARIABLE: &str = "INSTA_SNAPSHOT_REFERENCES_FILE";

/// That file.
pub(super) fn references() -> PathBuf {
    root().join("target/snapshot-references.txt")
}

/// Empties that file. Its folder is missing if the target folder is elsewhere.
pub(super) fn start_references() -> Result<(), String> {
    let file = references();
    let folder = file.parent().unwrap_or(&file);
    let emptied = fs::create_dir_all(folder).and_then(|()| fs::write(&file, ""));
    emptied.map_err(|error| format!("cannot write {}: {error}", file.display()))
}

/// Removes that file, since failed tests have not recorded all snapshots.
pub(super) fn forget_references() {
    let _ = fs::remove_file(references());
}

/// Checks that a test used every snapshot, and that no snapshot waits for a review.
pub(super) fn orphans() -> Result<(), String> {
    let recorded = fs::read_to_string(references()).map_err(|error| {
        format!("no test has recorded its snapshots ({error}): run `cargo xtask ci test snapshots`")
    })?;
    let used: BTreeSet<PathBuf> = recorded.lines().filter_map(|line| fs::canonicalize(line).ok()).collect();
    let mut findings = Vec::new();
    for file in files(&root()).map_err(|error| format!("cannot look for snapshots: {error}"))? {
        let name = file.strip_prefix(root()).unwrap_or(&file).to_string_lossy();
        if name.ends_with(".snap.new") || name.ends_with(".pending-snap") {
            findings.push(format!("{name} waits for a review: accept or reject it"));
        } else if name.ends_with(".snap") && !used.contains(&file) {
            findings.push(format!("{name} belongs to no test: remove it"));
        }
    }
    findings.sort();
    if findings.is_empty() { Ok(()) } else { Err(findings.join("\n")) }
}

/// The files below the folder, except hidden ones and those in `target`.
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
