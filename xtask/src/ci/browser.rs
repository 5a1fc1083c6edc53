//! The pages of the steward and of the sandbox in a browser. The package `tests/browser` is no member of the workspace, so that no other step builds it.

use std::process::Command;

use openapi_steward::cli::{Outcome, Shell};

use super::foreign;
use crate::cargo::{self, cargo};
use crate::site;
use crate::workspace::root;

/// The program of the sandbox.
const SANDBOX: &str = "twilio-rooms-sandbox";

/// Runs the tests of the browser, if there is one.
pub(super) fn run(shell: &Shell) -> Result<(), String> {
    if Command::new("chromedriver").arg("--version").output().is_err() {
        shell.attention("Skipped", "browser: there is no chromedriver; install Chromium with its driver, for instance `apt-get install chromium-driver`");
        return Ok(());
    }
    if std::env::var_os("AXE").is_none() {
        shell.attention(
            "Left out",
            "accessibility: AXE is not the path of axe.min.js, which the package axe-core of npm has",
        );
    }
    let manifest = root().join("tests/browser/Cargo.toml").display().to_string();
    let target = root().join("target/browser").display().to_string();
    // Each test starts a browser.
    let mut tests =
        cargo(&["test", "--manifest-path", &manifest, "--target-dir", &target, "--", "--test-threads", "2"]);
    let sandbox = cargo::executables(&["--workspace", "--bin", SANDBOX])?.remove(SANDBOX);
    let sandbox = sandbox.ok_or_else(|| format!("cargo built no {SANDBOX}"))?;
    let outcome = site::run(shell).map_err(|error| error.0)?;
    if !matches!(outcome, Outcome::Success) {
        return Err("the site has links that lead nowhere".to_owned());
    }
    tests.env("OPENAPI_STEWARD", foreign::steward()?).env("TWILIO_ROOMS_SANDBOX", sandbox);
    cargo::run(tests.env("SITE", root().join(site::FOLDER))).map(drop)
}
