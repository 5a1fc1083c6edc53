//! The steps of CI, the quick ones first.
//!
//! Cargo compiles a dependency once for each set of features, and the selected packages decide that set. So these steps select the
//! whole workspace, with its tests, wherever they compile programs to run. What has to compile alone is only checked, in the extended
//! steps where it takes long.

use std::path::PathBuf;

use serde_json::Value;

use openapi_steward::cli::{CouldNotRun, Mode, Outcome, Shell};
use openapi_steward::{Command as Steward, DiffArgs, FailOn, Format, GenerateArgs, ValidateArgs};

use super::{Step, action, browser, dependencies, examples, finding, hooks, package, readme, snapshots, standalone};
use crate::args::BenchArgs;
use crate::bench;
use crate::cargo::{self, cargo, run};
use crate::docs;
use crate::git;
use crate::packages;
use crate::workspace::{SPEC, root};

pub(super) const STEPS: &[Step] = &[
    Step { name: "fmt", run: |_| call(&["fmt", "--all", "--check"]) },
    Step { name: "generated", run: |shell| finding(generated(shell)) },
    Step { name: "docs", run: |shell| finding(docs::run(Mode::Check, shell)) },
    Step { name: "validate", run: |shell| finding(validate_spec(shell)) },
    Step { name: "diff", run: breaking_changes },
    Step { name: "msrv", run: |_| dependencies::rust_version() },
    Step { name: "fence", run: |_| dependencies::fence().and_then(|()| dependencies::shared_features()) },
    Step { name: "agreement", run: |_| call(&["test", "--workspace", "--test", "it", "agreement"]) },
    Step { name: "clippy", run: |_| clippy() },
    Step { name: "doc", run: |_| doc() },
    Step { name: "test", run: test },
    Step { name: "snapshots", run: |_| snapshots::orphans() },
    Step { name: "examples", run: examples::check },
    Step { name: "action", run: action::check },
    Step { name: "hooks", run: hooks::check },
    Step { name: "bench", run: |shell| finding(bench::run(&BenchArgs::quick(), shell)) },
    Step { name: "readme", run: readme::check },
    Step { name: "standalone", run: standalone::run },
    Step { name: "package", run: package::check },
];

/// The steps that take longer, or need more than Rust.
pub(super) const EXTENDED: &[Step] = &[
    Step { name: "features", run: |_| features() },
    Step { name: "keyring", run: |_| keyring() },
    Step { name: "parquet", run: |_| parquet() },
    Step { name: "aws-lc-rs", run: |_| aws_lc_rs() },
    Step { name: "package-tests", run: package::test },
    Step { name: "browser", run: browser::run },
];

/// Checks that the generated client, the schemas and the lists of public items are fresh.
fn generated(shell: &Shell) -> Result<Outcome, CouldNotRun> {
    Steward::Generate(GenerateArgs { document: Some(spec()), check: true, ..GenerateArgs::default() }).run(shell)
}

/// Validates the spec by all rules. In GitHub Actions, the findings are shown on their lines.
fn validate_spec(shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let format = if std::env::var_os("GITHUB_ACTIONS").is_some() { Format::Github } else { Format::Human };
    Steward::Validate(ValidateArgs { document: Some(spec()), format, ..ValidateArgs::default() }).run(shell)
}

/// The document of this workspace.
fn spec() -> PathBuf {
    let from_here = PathBuf::from(SPEC);
    if from_here.is_file() { from_here } else { root().join(SPEC) }
}

/// Compares the spec with that of the main branch.
fn breaking_changes(shell: &Shell) -> Result<(), String> {
    if !has_history() {
        shell.attention("Skipped", "diff: there is no git repository, and so no earlier spec to compare with");
        return Ok(());
    }
    let fail_on = Some(FailOn::Breaking);
    finding(Steward::Diff(DiffArgs { document: Some(spec()), fail_on, ..DiffArgs::default() }).run(shell))
}

/// Returns `true` if there is a git repository, and a git to ask.
fn has_history() -> bool {
    git::read(&["rev-parse", "HEAD"]).is_some()
}

fn clippy() -> Result<(), String> {
    // Not with all features: OpenSSL, which `native-tls` needs, is not on every machine. The step `fence` looks at that feature.
    call(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    // The code behind the feature `compression`.
    let features = ["--features", "tests/compression,bench/compression"];
    let targets = ["--test", "compression", "--bin", "bench", "--", "-D", "warnings"];
    call(&[&["clippy", "--workspace"], &features[..], &targets].concat())
}

/// Checks each feature of each published package by itself, and each package with only the features that it names.
fn features() -> Result<(), String> {
    for package in packages::published_in_order()? {
        for feature in features_alone(&package.metadata) {
            let alone = ["clippy", "--package", &package.name, "--no-default-features", "--features", feature];
            call(&[&alone[..], &["--", "-D", "warnings"]].concat())?;
        }
    }
    let packages = cargo::packages()?;
    let names = packages.iter().filter_map(|package| package["name"].as_str());
    // The xtask that runs this was compiled alone.
    for name in names.filter(|name| *name != "xtask") {
        call(&["check", "--all-targets", "--package", name])?;
    }
    Ok(())
}

/// The features of a package that are checked by themselves, and none of them. A package without features is checked with the others.
///
/// Two are left out: `native-tls` needs OpenSSL on Linux, which is not on every machine, so a job of the workflow checks it; and
/// `rustls-aws-lc-rs` has a step of its own.
fn features_alone(metadata: &Value) -> Vec<&str> {
    let names = metadata["features"].as_object().into_iter().flat_map(|features| features.keys()).map(String::as_str);
    let is_quick = |name: &&str| !["default", "native-tls", "rustls-aws-lc-rs"].contains(name);
    let names: Vec<&str> = names.filter(is_quick).collect();
    if names.is_empty() { names } else { [&[""][..], &names[..]].concat() }
}

fn doc() -> Result<(), String> {
    run(cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings")).map(|_| ())
}

/// Checks the code of the operators' command for keyrings, and tests it with a keyring in memory. Those of the platforms would ask
/// people.
fn keyring() -> Result<(), String> {
    let command = ["--package", "twilio-rooms-cli", "--features", "keyring"];
    call(&[&["clippy", "--all-targets"], &command[..], &["--", "-D", "warnings"]].concat())?;
    call(&[&["test", "--bin", "twilio-rooms"], &command[..]].concat())
}

/// Checks and tests the code of the operators' command for Parquet.
fn parquet() -> Result<(), String> {
    let command = ["--package", "twilio-rooms-cli", "--features", "parquet"];
    call(&[&["clippy", "--all-targets"], &command[..], &["--", "-D", "warnings"]].concat())?;
    call(&[&["test", "--test", "parquet", "--bin", "twilio-rooms"], &command[..]].concat())
}

/// Checks the client with the cryptography of aws-lc-rs, and runs the tests of TLS with it.
fn aws_lc_rs() -> Result<(), String> {
    call(&["clippy", "--package", "twilio-rooms", "--features", "rustls-aws-lc-rs", "--", "-D", "warnings"])?;
    call(&["test", "--package", "tests", "--features", "aws-lc-rs", "--test", "it", "tls::"])
}

/// Runs the tests of all packages, including those of the documentation, and the tests of the feature `compression`.
fn test(shell: &Shell) -> Result<(), String> {
    snapshots::start_references()?;
    let mut command = cargo(&["test", "--workspace"]);
    command.env("CI", "true").env("INSTA_UPDATE", "no").env_remove("INSTA_FORCE_PASS");
    command.env(snapshots::VARIABLE, snapshots::references());
    let workspace = run(&mut command).inspect_err(|_| snapshots::forget_references())?;
    let compression = ["test", "--workspace", "--features", "tests/compression", "--test", "compression"];
    let compression = run(&mut cargo(&compression))?;
    for output in [workspace, compression] {
        let output = String::from_utf8_lossy(&output.stdout);
        for line in output.lines().filter(|line| line.starts_with("test result:")) {
            shell.text(line);
        }
    }
    Ok(())
}

/// Runs cargo with these arguments.
fn call(arguments: &[&str]) -> Result<(), String> {
    run(&mut cargo(arguments)).map(|_| ())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_feature_is_checked_alone_except_those_with_c_libraries() {
        let client = json!({ "features": { "blocking": [], "default": ["rustls"], "native-tls": [], "rustls": [] } });
        assert_eq!(features_alone(&client), ["", "blocking", "rustls"]);
        assert_eq!(features_alone(&json!({ "features": {} })), [""; 0]);
    }
}
