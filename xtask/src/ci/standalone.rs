//! A client that the generator makes of another document than ours, as a crate of its own: it has to compile.

use std::path::Path;

use openapi_steward::cli::{CouldNotRun, Outcome, Shell};
use openapi_steward::{Command, GenerateArgs};

use super::outside;
use crate::workspace::root;

/// A document with features of OpenAPI that ours does not use.
const DOCUMENT: &str = "crates/openapi-steward/fixtures/other.yaml";
/// The folder of the crate, which gives it its name.
const FOLDER: &str = "target/standalone/other-client";

/// Generates the crate and compiles it, without its features and with all of them.
pub(super) fn run(shell: &Shell) -> Result<(), String> {
    let folder = root().join(FOLDER);
    let (document, out) = (Some(root().join(DOCUMENT)), Some(folder.clone()));
    match Command::Generate(GenerateArgs { document, check: false, out }).run(shell) {
        Ok(Outcome::Success) => {}
        Ok(_) => return Err(String::new()),
        Err(CouldNotRun(message)) => return Err(message),
    }
    compile(&folder, &[])?;
    compile(&folder, &["--all-features"])
}

/// Checks the crate as `cargo check` does, but denies warnings in it, and not in its dependencies.
fn compile(folder: &Path, features: &[&str]) -> Result<(), String> {
    let arguments = [&["--lib", "--profile", "check"], features, &["--", "-D", "warnings"]].concat();
    outside::check(folder, &[], "rustc", &arguments)
}
