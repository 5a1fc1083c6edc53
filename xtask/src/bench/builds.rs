//! The time, the number of crates and the size of a program that lists rooms, built from nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use super::row::{Aim, Measured, Row, Unit, median, number};
use super::setup::{Scale, folder};
use crate::cargo::cargo;
use crate::workspace::root;

const WORKSPACE: &str = include_str!("../../../Cargo.toml");
const OURS: &str = include_str!("../../bench/examples/ours.rs");
const REFERENCE: &str = include_str!("../../bench/examples/reference.rs");

/// The crates that the handwritten program needs, with additional features.
const BY_HAND: [(&str, &str); 4] =
    [("chrono", ""), ("reqwest", r#", features = ["rustls"]"#), ("serde", ""), ("serde_json", "")];

/// The result of a build.
#[derive(Debug, Clone, Copy)]
struct Built {
    seconds: f64,
    crates: f64,
    bytes: f64,
}

/// Builds both programs in turn. reqwest's default TLS is rustls with aws-lc-rs.
pub(super) fn builds(scale: &Scale) -> Result<Vec<Row>, String> {
    let path = root().join("crates/twilio-rooms");
    let ours = prepare("ours", OURS, &format!("twilio-rooms = {{ path = {:?} }}", path.to_string_lossy()))?;
    let reference = prepare("reference", REFERENCE, &by_hand())?;
    let mut built = [Vec::new(), Vec::new()];
    for _ in 0..scale.rounds.min(3) {
        for (folder, built) in [&ours, &reference].into_iter().zip(&mut built) {
            built.push(build(folder)?);
        }
    }
    let row = |name, what, aim, unit, pick: fn(&Built) -> f64| {
        let [ours, reference] = built.each_ref().map(|built| median(built.iter().map(pick)));
        let result = match (ours, reference) {
            (Some(ours), Some(reference)) => Measured::Both { ours, reference, unit },
            _ => Measured::Skipped("no build ran".to_owned()),
        };
        Row { name, what, reference: "the same by hand, with reqwest's default TLS", aim, result }
    };
    let (time, crates) = ("build a program that lists rooms, for release, from nothing", "crates in that build");
    Ok(vec![
        row("build-time", time, Aim::TimesAndMost(1.0, 90.0), Unit::Seconds, |built| built.seconds),
        row("build-crates", crates, Aim::More(8.0), Unit::Crates, |built| built.crates),
        row("build-size", "size of that program, stripped", Aim::Times(1.15), Unit::Bytes, |built| built.bytes),
    ])
}

/// Writes a package outside the workspace, with the workspace's versions, and returns its folder.
fn prepare(name: &str, program: &str, dependencies: &str) -> Result<PathBuf, String> {
    let folder = folder()?.join(format!("build-{name}"));
    let write = || {
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("Cargo.toml"), manifest(name, dependencies))?;
        fs::write(folder.join("src/main.rs"), program)?;
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))
    };
    write().map_err(|error| format!("cannot write {}: {error}", folder.display()))?;
    Ok(folder)
}

fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"list-rooms-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{dependencies}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n\
         [profile.release]\nstrip = true\n\n[workspace]\n"
    )
}

/// The dependencies of the handwritten program, with the versions and features of the workspace.
fn by_hand() -> String {
    let line = |(name, more): (&str, &str)| {
        let line = WORKSPACE.lines().find(|line| line.starts_with(&format!("{name} = ")))?;
        let value = line.split_once(" = ")?.1;
        let table = value.strip_suffix(" }").map_or_else(|| format!("{{ version = {value}"), str::to_owned);
        Some(format!("{name} = {table}{more} }}"))
    };
    BY_HAND.into_iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

fn build(folder: &Path) -> Result<Built, String> {
    let target = folder.join("target");
    if target.exists() {
        fs::remove_dir_all(&target).map_err(|error| format!("cannot remove {}: {error}", target.display()))?;
    }
    let mut command = cargo(&["build", "--release", "--color", "never"]);
    command.current_dir(folder).env("CARGO_TARGET_DIR", &target);
    command.stdin(Stdio::null()).env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    let started = Instant::now();
    let output = command.output().map_err(|error| format!("cannot run cargo: {error}"))?;
    let seconds = started.elapsed().as_secs_f64();
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("{} does not compile: {said}", folder.display()));
    }
    let crates = said.lines().filter(|line| line.trim_start().starts_with("Compiling ")).count();
    let name = folder.file_name().unwrap_or_default().to_string_lossy().replacen("build-", "list-rooms-", 1);
    let program = target.join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let bytes = fs::metadata(&program).map_err(|error| format!("cannot read {}: {error}", program.display()))?.len();
    Ok(Built { seconds, crates: number(crates), bytes: number(bytes) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handwritten_program_has_the_versions_and_features_of_the_workspace() {
        insta::assert_snapshot!("a_manifest_by_hand", manifest("reference", &by_hand()));
    }
}
