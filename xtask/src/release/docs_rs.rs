//! The documentation, built as docs.rs builds it: from the package alone, by a nightly compiler, with the features that the manifest
//! names for docs.rs.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use openapi_steward::cli::Shell;
use serde_json::Value;

use super::Notes;
use crate::cargo::run;
use crate::packages::{Published, Unpacked, has_target};
use crate::workspace::root;

/// The target folder. A nightly compiler shares nothing with the one of the workspace.
const TARGET: &str = "target/docs-rs";
/// The mark of an item that a feature adds.
const BADGE: &str = "Available on <strong>crate feature <code>";

/// Builds the documentation of each library, and looks for the marks of features.
pub(super) fn check(shell: &Shell, notes: &mut Notes) -> Result<(), String> {
    if !has_nightly() {
        notes.not_run.push("the documentation as docs.rs builds it: there is no nightly compiler".to_owned());
        return Ok(());
    }
    let unpacked = Unpacked::new()?;
    for package in unpacked.packages.iter().filter(|package| has_target(&package.metadata, "lib")) {
        shell.status("Documenting", &package.name);
        build(package, &unpacked)?;
        let pages = root().join(TARGET).join("doc").join(package.name.replace('-', "_"));
        let optional = optional_items(&package.metadata);
        if optional > 0 && !has_badge(&pages).map_err(|error| format!("cannot read {}: {error}", pages.display()))? {
            return Err(format!("no page of {} says which feature an item belongs to", package.name));
        }
    }
    Ok(())
}

fn has_nightly() -> bool {
    let mut command = Command::new("rustup");
    command.args(["run", "nightly", "rustdoc", "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The number of features that can add items. Those without a module of their own, such as a choice of a library, add none; so only
/// packages with the conditional modules of the client are looked at.
fn optional_items(package: &Value) -> usize {
    let is_module = |name: &&String| ["blocking", "callbacks", "access-tokens"].contains(&name.as_str());
    package["features"].as_object().map_or(0, |features| features.keys().filter(is_module).count())
}

fn build(package: &Published, unpacked: &Unpacked) -> Result<(), String> {
    let folder = unpacked.folder(&package.name)?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))
        .map_err(|error| format!("cannot copy Cargo.lock to {}: {error}", folder.display()))?;
    let docs_rs = &package.metadata["metadata"]["docs"]["rs"];
    let mut cargo = Command::new("rustup");
    // The variables of the running cargo would choose its own compiler.
    for variable in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN", "RUSTFLAGS"] {
        cargo.env_remove(variable);
    }
    cargo
        .args(["run", "nightly", "cargo", "doc", "--no-deps", "--lib", "--manifest-path"])
        .arg(folder.join("Cargo.toml"));
    cargo.arg("--target-dir").arg(root().join(TARGET)).args(feature_arguments(docs_rs)).current_dir(root());
    for patch in unpacked.patches(package)? {
        cargo.args(["--config", &patch.setting()]);
    }
    let arguments = docs_rs["rustdoc-args"].as_array().map(Vec::as_slice).unwrap_or_default();
    let arguments = arguments.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ");
    run(cargo.env("RUSTDOCFLAGS", format!("{arguments} -D warnings"))).map(|_| ())
}

/// The features that the manifest asks docs.rs for.
fn feature_arguments(docs_rs: &Value) -> Vec<String> {
    if docs_rs["all-features"] == true {
        return vec!["--all-features".to_owned()];
    }
    let features = docs_rs["features"].as_array().map(Vec::as_slice).unwrap_or_default();
    features
        .iter()
        .filter_map(Value::as_str)
        .flat_map(|feature| ["--features".to_owned(), feature.to_owned()])
        .collect()
}

/// Returns whether a page of the folder has the mark of a feature.
fn has_badge(folder: &Path) -> std::io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let found = if entry.file_type()?.is_dir() {
            has_badge(&entry.path())?
        } else {
            entry.path().extension().is_some_and(|extension| extension == "html")
                && fs::read_to_string(entry.path())?.contains(BADGE)
        };
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn docs_rs_builds_the_features_of_the_manifest() {
        assert_eq!(feature_arguments(&json!({ "all-features": true })), ["--all-features"]);
        assert_eq!(feature_arguments(&json!({ "features": ["a", "b"] })), ["--features", "a", "--features", "b"]);
        assert_eq!(feature_arguments(&Value::Null), [""; 0]);
    }

    #[test]
    fn a_badge_is_looked_for_in_all_pages() -> std::io::Result<()> {
        let folder = std::env::temp_dir().join(format!("xtask-{}-badges", std::process::id()));
        fs::create_dir_all(folder.join("inner"))?;
        fs::write(folder.join("index.html"), "<p>No mark.</p>")?;
        assert!(!has_badge(&folder)?);
        fs::write(folder.join("inner/page.html"), format!("<p>{BADGE}blocking</code></strong></p>"))?;
        assert!(has_badge(&folder)?);
        fs::remove_dir_all(folder)
    }
}
