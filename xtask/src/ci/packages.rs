//! The packages as crates.io would get them: each has to hold all its files, and to compile by itself.
//!
//! `cargo package` could compile them too, but it unpacks the packages of other members into `CARGO_HOME`, and takes those of an
//! earlier call for the same ones. Here they are unpacked and compiled below `target`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::outside::{self, Patch};
use crate::cargo::{cargo, output, packages, run};
use crate::workspace::root;
use openapi_steward::cli::Shell;

/// The folder that cargo writes packages to, below a target folder.
const PACKED: &str = "target/package";
/// The folder of the unpacked packages.
const UNPACKED: &str = "target/packages";

/// A package that is published, which is every member of the workspace without `publish = false`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Published {
    name: String,
    version: String,
    /// The members of the workspace that it needs, directly. `cargo publish --workspace` publishes those first.
    needs: Vec<String>,
}

/// Packages every published crate, unpacks it, and compiles it without the other files of the repository.
pub(super) fn check(shell: &Shell) -> Result<(), String> {
    let published = published(&packages()?);
    // The tree of a developer is not always clean; that of CI is.
    let mut package = cargo(&["package", "--no-verify", "--allow-dirty", "--quiet"]);
    package.arg("--target-dir").arg(root().join("target"));
    run(package.args(published.iter().flat_map(|package| ["--package", &package.name])))?;
    let mut folders = BTreeMap::new();
    for package in &published {
        folders.insert(package.name.as_str(), unpack(package)?);
    }
    for package in &published {
        shell.status("Checking", format_args!("the package {} {}", package.name, package.version));
        let folder = &folders[package.name.as_str()];
        let patches: Vec<Patch> = needed(package, &published)
            .into_iter()
            .map(|name| Patch { name: name.to_owned(), path: folders[name].to_string_lossy().into_owned() })
            .collect();
        outside::check(folder, &patches, "check", &[])?;
    }
    Ok(())
}

/// The published packages among those of the workspace.
fn published(packages: &[Value]) -> Vec<Published> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let is_published = |package: &&Value| package["publish"].as_array().is_none_or(|registries| !registries.is_empty());
    let needs = |package: &Value| {
        let dependencies = package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
        let needed = dependencies.iter().filter(|one| one["path"].is_string() && one["kind"] != "dev");
        needed.map(|dependency| text(&dependency["name"])).collect()
    };
    let published = packages.iter().filter(is_published);
    published
        .map(|package| Published {
            name: text(&package["name"]),
            version: text(&package["version"]),
            needs: needs(package),
        })
        .collect()
}

/// The names of all packages that this one needs, directly or through others.
fn needed<'a>(package: &'a Published, published: &'a [Published]) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    let mut queue: Vec<&Published> = vec![package];
    while let Some(next) = queue.pop() {
        for name in &next.needs {
            if !names.contains(&name.as_str()) {
                names.push(name);
                queue.extend(published.iter().filter(|package| package.name == *name));
            }
        }
    }
    names
}

/// Unpacks the package into a new folder, and returns that.
fn unpack(package: &Published) -> Result<PathBuf, String> {
    let full_name = format!("{}-{}", package.name, package.version);
    let folder = root().join(UNPACKED);
    let unpacked = folder.join(&full_name);
    clear(&unpacked)?;
    fs::create_dir_all(&folder).map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    let archive = root().join(PACKED).join(format!("{full_name}.crate"));
    // `m` gives the files the present time. With the times in the archive, which are the same in each, cargo would not notice a change.
    output(Command::new("tar").arg("-xzmf").arg(&archive).arg("-C").arg(&folder))?;
    Ok(unpacked)
}

/// Removes the folder, if there is one.
pub(super) fn clear(folder: &Path) -> Result<(), String> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("cannot remove {}: {error}", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_member_is_published_unless_its_manifest_says_otherwise() {
        let packages = [
            json!({ "name": "client", "version": "1.2.3", "publish": null, "dependencies": [
                { "name": "api", "path": "/api", "kind": null },
                { "name": "sandbox", "path": "/sandbox", "kind": "dev" },
                { "name": "serde", "kind": null },
            ] }),
            json!({ "name": "xtask", "version": "1.2.3", "publish": [], "dependencies": [] }),
        ];
        let client =
            Published { name: "client".to_owned(), version: "1.2.3".to_owned(), needs: vec!["api".to_owned()] };
        assert_eq!(published(&packages), [client]);
    }

    #[test]
    fn a_package_needs_the_packages_that_others_need_for_it() {
        let package = |name: &str, needs: &[&str]| Published {
            name: name.to_owned(),
            version: "1.2.3".to_owned(),
            needs: needs.iter().map(|&name| name.to_owned()).collect(),
        };
        let published = [package("cli", &["client"]), package("client", &["api"]), package("api", &[])];
        assert_eq!(needed(&published[0], &published), ["client", "api"]);
        assert_eq!(needed(&published[2], &published), [""; 0]);
    }
}
