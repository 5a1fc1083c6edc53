//! The packages, as they would be published.

use std::path::{Path, PathBuf};
use std::{env, fs};

use super::{cargo, check};
use crate::workspace::root;

/// The crates that are published. The names of all begin with that of the first.
const PUBLISHED: [&str; 3] = ["twilio-rooms", "twilio-rooms-api", "twilio-rooms-sandbox"];

/// Packages each crate that is published, and builds it from its package.
pub(super) fn run() -> Result<(), String> {
    let target = root().join("target/packages");
    forget(&target).map_err(|error| format!("cannot remove what an earlier `cargo package` has left: {error}"))?;
    // The tree of a developer is not always clean; that of CI is.
    let mut arguments = vec!["package", "--allow-dirty"];
    arguments.extend(PUBLISHED.iter().flat_map(|name| ["-p", name]));
    check(cargo(&arguments).env("CARGO_TARGET_DIR", target)).map(|_| ())
}

/// Removes what cargo has unpacked and built of our packages before. It takes a package of the same version for the same, as
/// a registry has it, and would build each crate with what the others were before.
fn forget(target: &Path) -> std::io::Result<()> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    for registry in entries(&home.unwrap_or_default().join("registry/src"))? {
        // One without a host is one that cargo has made of packages on this machine.
        if registry.file_name().is_some_and(|name| name.to_string_lossy().starts_with('-')) {
            remove_ours(&registry)?;
        }
    }
    remove_ours(&target.join("debug/.fingerprint"))
}

fn remove_ours(folder: &Path) -> std::io::Result<()> {
    for path in entries(folder)? {
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PUBLISHED[0])) {
            fs::remove_dir_all(path)?;
        }
    }
    Ok(())
}

/// What is in the folder, if it is there.
fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        entries => entries?.map(|entry| Ok(entry?.path())).collect(),
    }
}
