//! A client of another document than ours, as a crate that stands on its own: it has to compile.

use std::fs;
use std::path::Path;

use openapi_steward::cli::{CouldNotRun, Outcome, Shell};
use openapi_steward::{Command, GenerateArgs};

use super::{cargo, check};
use crate::workspace::root;

/// The document, which has what others have and ours does not.
const DOCUMENT: &str = "crates/openapi-steward/fixtures/other.yaml";
/// Where the crate goes. Its name is that of the folder.
const FOLDER: &str = "target/standalone/other-client";

/// Generates the crate anew and compiles it, with the dependencies that the workspace has.
pub(super) fn run(shell: &Shell) -> Result<(), String> {
    let folder = root().join(FOLDER);
    let (document, out) = (Some(root().join(DOCUMENT)), Some(folder.clone()));
    match Command::Generate(GenerateArgs { document, check: false, out }).run(shell) {
        Ok(Outcome::Success) => {}
        Ok(_) => return Err(String::new()),
        Err(CouldNotRun(message)) => return Err(message),
    }
    copy_lock(&folder).map_err(|error| format!("cannot copy Cargo.lock to {FOLDER}: {error}"))?;
    let manifest = folder.join("Cargo.toml");
    let manifest = manifest.to_string_lossy();
    for features in [&[][..], &["--all-features"][..]] {
        let arguments = [&["check", "--quiet", "--manifest-path", &manifest], features].concat();
        // The packages are built there too, of the same dependencies.
        let output = check(cargo(&arguments).env("CARGO_TARGET_DIR", root().join("target/packages")))?;
        // Warnings cannot be denied in our crate alone without building all others anew.
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if said.contains("warning") {
            return Err(said);
        }
    }
    Ok(())
}

/// Cargo takes out of the copy what the crate does not need.
fn copy_lock(folder: &Path) -> std::io::Result<()> {
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).map(|_| ())
}
