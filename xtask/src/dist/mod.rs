//! `cargo xtask dist`: the archives of a release, one for each program and platform.
//!
//! An archive has the program, its licences and README, the changelog, completions for shells, manual pages, and a bill of materials. A
//! file with its SHA-256 lies beside it. The action of this repository downloads both by these names.

mod archive;
mod documents;
mod help;
mod program;
mod sbom;

use std::path::{Path, PathBuf};

use openapi_steward::cli::{CouldNotRun, Outcome, Shell};

pub(crate) use self::archive::sha256;
use self::program::Program;
pub(crate) use self::program::programs;
use crate::args::DistArgs;
use crate::cargo::{self, output};
use crate::packages::published_in_order;
use crate::workspace::root;

/// The platform and the profile of the programs.
#[derive(Debug)]
pub(crate) struct Build {
    /// The platform that cargo is told to build for; the one of this machine otherwise.
    pub(crate) target: Option<String>,
    pub(crate) is_release: bool,
}

/// Builds all programs for release, and writes their archives.
pub(crate) fn run(args: &DistArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let build = Build { target: args.target.clone(), is_release: true };
    let out = root().join(&args.out);
    for archive in pack_all(&build, &out).map_err(CouldNotRun)? {
        shell.status("Wrote", archive.strip_prefix(root()).unwrap_or(&archive).display());
    }
    Ok(Outcome::Success)
}

/// Builds all programs, and returns the paths of their archives.
pub(crate) fn pack_all(build: &Build, out: &Path) -> Result<Vec<PathBuf>, String> {
    let packages = published_in_order()?;
    programs(&packages).iter().map(|program| pack(program, build, out)).collect()
}

/// Builds a program, and writes its archive with the checksum.
fn pack(program: &Program<'_>, build: &Build, out: &Path) -> Result<PathBuf, String> {
    let target = match &build.target {
        Some(target) => target.clone(),
        None => host()?,
    };
    let name = format!("{}-{target}", program.name);
    let folder = out.join(&name);
    let executable = compile(program, build)?;
    archive::fill(&folder, program, &executable)?;
    documents::write(&program.name, &executable, &folder)?;
    sbom::write(program, &target, &folder.join(format!("{}.cdx.json", program.name)))?;
    archive::pack(&folder, &out.join(format!("{name}.tar.gz")))
}

/// Compiles a program as it is released, for this machine, and returns its path.
pub(crate) fn released(name: &str) -> Result<PathBuf, String> {
    let packages = published_in_order()?;
    let programs = programs(&packages);
    let program = programs.iter().find(|program| program.name == name).ok_or_else(|| format!("no program {name}"))?;
    compile(program, &Build { target: None, is_release: true })
}

/// Compiles a program, and returns its path.
fn compile(program: &Program<'_>, build: &Build) -> Result<PathBuf, String> {
    let features = program.features.join(",");
    let mut arguments =
        vec!["--locked", "--package", &program.package.name, "--bin", &program.name, "--features", &features];
    if build.is_release {
        arguments.extend(["--profile", "release-lto"]);
    }
    if let Some(target) = &build.target {
        arguments.extend(["--target", target]);
    }
    let executable = cargo::executables(&arguments)?.remove(&program.name);
    executable.ok_or_else(|| format!("cargo built no {}", program.name))
}

/// The platform of this machine.
pub(crate) fn host() -> Result<String, String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = output(std::process::Command::new(rustc).arg("-vV"))?;
    let version = String::from_utf8_lossy(&version.stdout);
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.ok_or("rustc does not say its host")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_a_platform() {
        assert!(host().is_ok_and(|host| host.contains(std::env::consts::ARCH)));
    }
}
