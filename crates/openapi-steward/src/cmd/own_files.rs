//! The files in the folder of a generated crate that a run does not write: those written by hand, and those of an earlier version.

use std::path::Path;
use std::{fs, io};

use super::output::GeneratedFile;
use super::shell::Shell;
use crate::codegen::package;
use crate::files::{Mode, failed};
use crate::outcome::CouldNotRun;

/// Leaves out the files that are written by hand: those that exist without the marker of a generated file.
pub(super) fn keep_own(files: &mut Vec<GeneratedFile>, code: &str, shell: &Shell) -> Result<(), CouldNotRun> {
    let mut generated = Vec::with_capacity(files.len());
    for file in std::mem::take(files) {
        match fs::read_to_string(&file.path) {
            Ok(own) if !own.is_empty() && !package::is_generated(&own) => {
                shell.status("Kept", format!("{}, which is written by hand", file.path.display()));
                if file.path.ends_with("Cargo.toml") {
                    for line in package::missing_dependencies(&own, code) {
                        shell.attention("Missing", format!("{} has no dependency `{line}`", file.path.display()));
                    }
                }
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed("read", &file.path, &error)),
            _ => generated.push(file),
        }
    }
    *files = generated;
    Ok(())
}

/// Removes the generated files of a runtime that an earlier version brought, or reports them. Returns their number.
pub(super) fn remove_leftovers(runtime: &Path, code: &str, mode: Mode, shell: &Shell) -> Result<usize, CouldNotRun> {
    let mut paths: Vec<_> = match fs::read_dir(runtime) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(failed("read", runtime, &error)),
    };
    let is_current = |path: &Path| package::runtime(code).any(|(name, _)| path.ends_with(name));
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "rs") && !is_current(path));
    // A file without the marker is hand-written.
    paths.retain(|path| fs::read_to_string(path).is_ok_and(|content| package::is_generated(&content)));
    paths.sort();
    for path in &paths {
        match mode {
            Mode::Write => {
                fs::remove_file(path).map_err(|error| failed("remove", path, &error))?;
                shell.status("Removed", path.display());
            }
            Mode::Check => shell.attention("Leftover", path.display()),
        }
    }
    Ok(paths.len())
}
