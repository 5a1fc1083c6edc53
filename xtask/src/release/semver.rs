//! `cargo semver-checks`: the public items of Rust, beside the steward's verdict on the document.

use std::process::{Command, Stdio};

use openapi_steward::cli::{self, Shell};

use super::{Notes, spec};
use crate::cargo::{cargo, run};
use crate::ci::foreign::End;
use crate::folders::{clear, copy};
use crate::packages::Unpacked;
use crate::workspace::root;

/// The folder of the changed package, and of what is compiled for the comparison.
const FOLDER: &str = "target/semver";
/// The package that the procedure is tested with, and a public item of it. It needs no other package.
const PACKAGE: &str = "twilio-rooms-sandbox";
const ITEM: &str = "pub use self::model::TrackKind;\n";

/// Compares each library with the last release. Until there is one, it tests the comparison with the packages of this commit.
pub(super) fn check(shell: &Shell, notes: &mut Notes) -> Result<(), String> {
    if !is_installed() {
        notes.not_run.push(
            "`cargo semver-checks`, which is not installed: `cargo install --locked cargo-semver-checks`".to_owned(),
        );
        return Ok(());
    }
    if let Some(tag) = spec::last_release() {
        let version = tag.trim_start_matches('v');
        // It leaves out packages without a library, and those that are not published.
        return run(&mut cargo(&["semver-checks", "--workspace", "--baseline-version", version])).map(|_| ());
    }
    notes.not_run.push("`cargo semver-checks` against the last release: there is none yet".to_owned());
    procedure(shell)
}

fn is_installed() -> bool {
    let mut command = cargo(&["semver-checks", "--version"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Compares a package with itself, and with a copy that lacks an item.
fn procedure(shell: &Shell) -> Result<(), String> {
    let unpacked = Unpacked::new()?;
    let base = unpacked.folder(PACKAGE)?;
    let changed = root().join(FOLDER).join(PACKAGE);
    clear(&changed)?;
    copy(base, &changed).map_err(|error| format!("cannot copy {PACKAGE}: {error}"))?;
    let compare = || {
        let mut command: Command = cargo(&["semver-checks", "--color", "never", "--manifest-path"]);
        command.arg(changed.join("Cargo.toml")).arg("--baseline-root").arg(base);
        End::of(command.env("CARGO_TARGET_DIR", root().join(FOLDER)))
    };
    compare()?.expect("a package without a change", 0, "no semver update required")?;
    let library = changed.join("src/lib.rs");
    let text = std::fs::read_to_string(&library).map_err(|error| cli::failed("read", &library, &error).0)?;
    let without = text.replace(ITEM, "");
    if without == text {
        return Err(format!("{PACKAGE} has no `{}` to remove", ITEM.trim_end()));
    }
    cli::write(&library, &without).map_err(|error| error.0)?;
    let end = compare()?;
    if end.code == Some(0) {
        return Err("cargo semver-checks does not see that an item was removed".to_owned());
    }
    end.expect("a removed item", end.code.unwrap_or(-1), "TrackKind")?;
    shell.status("Compared", format_args!("{PACKAGE} with a packaged base, with and without a break"));
    Ok(())
}
