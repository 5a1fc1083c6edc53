//! The packages as crates.io would get them: each has to hold all its files, to compile, and to pass its tests.
//!
//! `cargo package` could compile them too, but it unpacks the packages of other members into `CARGO_HOME`, and takes those of an
//! earlier call for the same ones. Here they are unpacked and compiled below `target`.

use serde_json::Value;

use super::package_contents;
use crate::folders::copy;
use crate::outside;
use crate::packages::{UNPACKED, Unpacked, has_target};
use crate::workspace::root;
use openapi_steward::cli::{self, Shell};

/// The folder of the packages that are compiled together.
const TOGETHER: &str = "target/published";
/// The manifest above them.
const WORKSPACE: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";

/// Checks the contents of each package, and compiles all of them with their programs and examples.
///
/// Cargo compiles their dependencies once, with the features that all of them name. So a package that lacks a feature which another
/// one names is found by [`check_alone`] only.
pub(super) fn check(shell: &Shell) -> Result<(), String> {
    let unpacked = Unpacked::in_folder(&root().join(TOGETHER))?;
    check_contents(&unpacked, shell)?;
    cli::write(&root().join(TOGETHER).join("Cargo.toml"), WORKSPACE).map_err(|error| error.0)?;
    let patches: Result<Vec<_>, _> = unpacked.packages.iter().map(|package| unpacked.patch(&package.name)).collect();
    let targets = ["--workspace", "--lib", "--bins", "--examples"];
    outside::check(&root().join(TOGETHER), &patches?, "check", &targets)
}

/// Checks the contents of each package, and compiles each by itself with its programs and examples.
pub(crate) fn check_alone(shell: &Shell) -> Result<(), String> {
    let unpacked = Unpacked::new()?;
    check_contents(&unpacked, shell)?;
    for package in &unpacked.packages {
        let folder = unpacked.folder(&package.name)?;
        let has_library = has_target(&package.metadata, "lib");
        let targets: &[&str] = if has_library { &["--lib", "--bins", "--examples"] } else { &["--bins", "--examples"] };
        outside::check(folder, &unpacked.patches(package)?, "check", targets)?;
    }
    Ok(())
}

fn check_contents(unpacked: &Unpacked, shell: &Shell) -> Result<(), String> {
    for package in &unpacked.packages {
        shell.status("Checking", format_args!("the package {} {}", package.name, package.version));
        package_contents::check(package, unpacked.folder(&package.name)?)?;
    }
    Ok(())
}

/// Runs the tests and the documentation tests of each package as somebody would who has nothing but the package.
///
/// The folder `spec` lies beside the packages: the tests of `openapi-steward` read the document of this repository, which is no part of
/// a package. The tests in `tests/` are no part of a package either. They are about several crates at once, and run in the workspace
/// only.
pub(super) fn test(shell: &Shell) -> Result<(), String> {
    let unpacked = Unpacked::new()?;
    copy(&root().join("spec"), &root().join(UNPACKED).join("spec"))
        .map_err(|error| format!("cannot copy spec to {UNPACKED}: {error}"))?;
    for package in &unpacked.packages {
        shell.status("Testing", format_args!("the package {} {}", package.name, package.version));
        let features = tested_features(&package.metadata).join(",");
        let arguments = ["--features", &features];
        outside::check(unpacked.folder(&package.name)?, &unpacked.patches(package)?, "test", &arguments)?;
    }
    Ok(())
}

/// The features of a package that its tests are compiled with, beside the default ones. The TLS libraries exclude each other, and not
/// every machine has OpenSSL.
fn tested_features(metadata: &Value) -> Vec<&str> {
    let names = metadata["features"].as_object().into_iter().flat_map(|features| features.keys());
    names.map(String::as_str).filter(|name| *name != "default" && !name.contains("tls")).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tests_do_not_choose_a_tls_library() {
        let metadata = json!({ "features": { "blocking": [], "default": ["rustls"], "native-tls": [], "rustls": [] } });
        assert_eq!(tested_features(&metadata), ["blocking"]);
    }
}
