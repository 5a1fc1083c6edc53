//! Packages outside the workspace, checked as a user would compile them: alone, and with the features that they name.
//!
//! They lie below `target`, use the versions in the workspace's `Cargo.lock`, and share its target folder. Cargo compiles a
//! dependency again only if no earlier check used it with the same features.

use std::fs;
use std::path::Path;

use crate::cargo::{cargo, run};
use crate::workspace::root;

/// Runs a command of cargo for the package in the folder, with the crates of the workspace in place of the published ones.
pub(crate) fn check(folder: &Path, patches: &[Patch], command: &str, arguments: &[&str]) -> Result<(), String> {
    // Cargo removes from the copy the packages that this one does not need.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))
        .map_err(|error| format!("cannot copy Cargo.lock to {}: {error}", folder.display()))?;
    let mut cargo = cargo(&[command, "--manifest-path", &folder.join("Cargo.toml").to_string_lossy()]);
    if std::env::var_os("CARGO_TARGET_DIR").is_none() {
        cargo.arg("--target-dir").arg(root().join("target"));
    }
    for patch in patches {
        cargo.args(["--config", &patch.setting()]);
    }
    run(cargo.args(arguments)).map(|_| ())
}

/// A crate that replaces the published one of this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Patch {
    pub(crate) name: String,
    pub(crate) path: String,
}

impl Patch {
    /// The value of cargo's option `--config`.
    pub(crate) fn setting(&self) -> String {
        format!("patch.crates-io.{}.path={:?}", self.name, self.path)
    }
}
