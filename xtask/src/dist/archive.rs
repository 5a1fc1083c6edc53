//! The files of an archive, and its checksum.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use openapi_steward::cli;
use sha2::{Digest, Sha256};

use super::program::Program;
use crate::cargo::output;
use crate::folders::clear;
use crate::workspace::root;

/// Writes the program, its licences and texts to a new folder.
pub(super) fn fill(folder: &Path, program: &Program<'_>, executable: &Path) -> Result<(), String> {
    clear(folder)?;
    fs::create_dir_all(folder).map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    let manifest = program.package.metadata["manifest_path"].as_str().ok_or("cargo names no manifest")?;
    let package = Path::new(manifest).parent().ok_or("the manifest has no folder")?;
    let readme = program.package.metadata["readme"].as_str().ok_or("the package has no README")?;
    let files = [
        (executable.to_path_buf(), executable.file_name().unwrap_or_default().into()),
        (package.join("LICENSE-APACHE"), PathBuf::from("LICENSE-APACHE")),
        (package.join("LICENSE-MIT"), PathBuf::from("LICENSE-MIT")),
        (package.join(readme), PathBuf::from("README.md")),
        (root().join("CHANGELOG.md"), PathBuf::from("CHANGELOG.md")),
    ];
    for (from, name) in files {
        fs::copy(&from, folder.join(&name)).map_err(|error| format!("cannot copy {}: {error}", from.display()))?;
    }
    Ok(())
}

/// Packs the files of the folder, and writes the checksum beside the archive.
pub(super) fn pack(folder: &Path, archive: &Path) -> Result<PathBuf, String> {
    let mut tar = Command::new("tar");
    tar.arg("-czf").arg(archive).arg("-C").arg(folder);
    // Their names, and not the folder, so that they lie at the top of the archive.
    let mut names: Vec<_> = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<Vec<_>, _>>())
        .map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    names.sort();
    output(tar.args(names))?;
    let bytes = fs::read(archive).map_err(|error| format!("cannot read {}: {error}", archive.display()))?;
    let name = archive.file_name().unwrap_or_default().to_string_lossy();
    cli::write(&archive.with_file_name(format!("{name}.sha256")), &format!("{}  {name}\n", sha256(&bytes)))
        .map_err(|error| error.0)?;
    Ok(archive.to_path_buf())
}

/// The SHA-256 in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_has_the_format_of_sha256sum() -> Result<(), String> {
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        let folder = std::env::temp_dir().join(format!("xtask-{}-archive", std::process::id()));
        cli::write(&folder.join("files/program"), "#!/bin/sh\n").map_err(|error| error.0)?;
        let archive = pack(&folder.join("files"), &folder.join("program.tar.gz"))?;
        let checksum = fs::read_to_string(folder.join("program.tar.gz.sha256")).map_err(|error| error.to_string())?;
        let bytes = fs::read(archive).map_err(|error| error.to_string())?;
        assert_eq!(checksum, format!("{}  program.tar.gz\n", sha256(&bytes)));
        clear(&folder)
    }
}
