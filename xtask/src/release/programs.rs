//! The archives of the programs, made for this machine and unpacked again.

use std::fs;
use std::path::Path;
use std::process::Command;

use openapi_steward::cli::{Shell, count};

use crate::cargo::output;
use crate::ci::foreign::End;
use crate::dist::{self, Build};
use crate::folders::clear;
use crate::packages::published_in_order;
use crate::workspace::root;

/// The folder of the archives.
const FOLDER: &str = "target/dist-check";

/// Packs each program, compiled without optimisations, and checks that its archive is complete.
pub(super) fn check(shell: &Shell) -> Result<(), String> {
    let folder = root().join(FOLDER);
    clear(&folder)?;
    let archives = dist::pack_all(&Build { target: None, is_release: false }, &folder)?;
    let packages = published_in_order()?;
    for (program, archive) in dist::programs(&packages).iter().zip(&archives) {
        let unpacked = folder.join("unpacked").join(&program.name);
        fs::create_dir_all(&unpacked).map_err(|error| format!("cannot create {}: {error}", unpacked.display()))?;
        check_checksum(archive)?;
        output(Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(&unpacked))?;
        let missing = missing(&program.name, |path| fs::metadata(unpacked.join(path)).is_ok_and(|file| file.len() > 0));
        if !missing.is_empty() {
            return Err(format!("{} lacks {}", archive.display(), missing.join(", ")));
        }
        End::of(Command::new(unpacked.join(&program.name)).arg("--help"))?.expect(&program.name, 0, "Usage")?;
        if program.features.iter().any(|feature| feature == "parquet") {
            let rooms = ["rooms", "list", "--sandbox", "--output", "parquet"];
            // The end of a file of Parquet.
            End::of(Command::new(unpacked.join(&program.name)).args(rooms))?.expect(&program.name, 0, "PAR1")?;
        }
    }
    shell.status("Packed", count(archives.len(), "program"));
    Ok(())
}

/// Compares the archive with the checksum beside it.
fn check_checksum(archive: &Path) -> Result<(), String> {
    let read = |path: &Path| fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()));
    let name = archive.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let checksum = read(&archive.with_file_name(format!("{name}.sha256")))?;
    let expected = format!("{}  {name}\n", dist::sha256(&read(archive)?));
    if checksum == expected.as_bytes() { Ok(()) } else { Err(format!("the checksum of {name} is not `{expected}`")) }
}

/// The files that the archive of a program should have, and has not.
fn missing(program: &str, has: impl Fn(&str) -> bool) -> Vec<String> {
    let expected = [
        format!("{program}{}", std::env::consts::EXE_SUFFIX),
        "LICENSE-APACHE".to_owned(),
        "LICENSE-MIT".to_owned(),
        "README.md".to_owned(),
        "CHANGELOG.md".to_owned(),
        format!("{program}.cdx.json"),
        format!("completions/{program}.bash"),
        format!("completions/_{program}"),
        format!("completions/{program}.fish"),
        format!("completions/_{program}.ps1"),
        format!("man/{program}.1"),
    ];
    expected.into_iter().filter(|path| !has(path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_has_licences_completions_pages_and_a_bill_of_materials() {
        assert_eq!(missing("rooms", |_| true), [""; 0]);
        let missing = missing("rooms", |path| path.starts_with("completions/"));
        assert!(missing.iter().any(|path| path == "man/rooms.1"), "{missing:?}");
        assert!(missing.iter().any(|path| path == "rooms.cdx.json"), "{missing:?}");
    }
}
