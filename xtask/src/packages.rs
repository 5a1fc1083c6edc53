//! The packages of the workspace that are published, as crates.io would get them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::cargo::{cargo, output, packages, run};
use crate::folders::clear;
use crate::outside::Patch;
use crate::workspace::root;

/// The folder that cargo writes packages to, below a target folder.
const PACKED: &str = "target/package";
/// The folder of the unpacked packages. Its layout is that of the repository, with the packages in `crates`.
pub(crate) const UNPACKED: &str = "target/packages";

/// A package that is published, which is every member of the workspace without `publish = false`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Published {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The members of the workspace that its manifest names with a version, directly. They have to be published first.
    pub(crate) needs: Vec<String>,
    /// The description of `cargo metadata`.
    pub(crate) metadata: Value,
}

/// The published packages, each packed and unpacked again.
#[derive(Debug)]
pub(crate) struct Unpacked {
    pub(crate) packages: Vec<Published>,
    folders: BTreeMap<String, PathBuf>,
}

impl Unpacked {
    /// Packages every published crate, and unpacks it below the target folder.
    pub(crate) fn new() -> Result<Self, String> {
        Self::in_folder(&root().join(UNPACKED))
    }

    /// Packages every published crate, and unpacks it to a folder without the other files of the repository.
    pub(crate) fn in_folder(folder: &Path) -> Result<Self, String> {
        let packages = published_in_order()?;
        // The tree of a developer is not always clean; that of CI is.
        let mut package = cargo(&["package", "--no-verify", "--allow-dirty", "--quiet"]);
        package.arg("--target-dir").arg(root().join("target"));
        run(package.args(packages.iter().flat_map(|package| ["--package", &package.name])))?;
        clear(folder)?;
        let mut folders = BTreeMap::new();
        for package in &packages {
            folders.insert(package.name.clone(), unpack(package, &folder.join("crates"))?);
        }
        Ok(Self { packages, folders })
    }

    /// The folder that the package was unpacked to.
    pub(crate) fn folder(&self, name: &str) -> Result<&Path, String> {
        self.folders.get(name).map(PathBuf::as_path).ok_or_else(|| format!("{name} is not a published package"))
    }

    /// The unpacked packages that this one needs, in place of those on crates.io.
    pub(crate) fn patches(&self, package: &Published) -> Result<Vec<Patch>, String> {
        needed(package, &self.packages).into_iter().map(|name| self.patch(name)).collect()
    }

    /// An unpacked package in place of the one on crates.io.
    pub(crate) fn patch(&self, name: &str) -> Result<Patch, String> {
        Ok(Patch { name: name.to_owned(), path: self.folder(name)?.to_string_lossy().into_owned() })
    }
}

/// Returns whether the package has a target of this kind, such as `lib` or `bin`.
pub(crate) fn has_target(metadata: &Value, kind: &str) -> bool {
    let targets = metadata["targets"].as_array().map(Vec::as_slice).unwrap_or_default();
    targets.iter().any(|target| target["kind"].as_array().is_some_and(|kinds| kinds.iter().any(|own| own == kind)))
}

/// The published packages, in an order in which each can be published.
pub(crate) fn published_in_order() -> Result<Vec<Published>, String> {
    in_publishing_order(published(&packages()?))
}

/// The published packages among those of the workspace.
fn published(packages: &[Value]) -> Vec<Published> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let is_published = |package: &&Value| package["publish"].as_array().is_none_or(|registries| !registries.is_empty());
    let needs = |package: &Value| {
        let dependencies = package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
        // Cargo leaves dependencies without a version out of the manifest of a package.
        let needed = dependencies.iter().filter(|one| one["path"].is_string() && one["req"] != "*");
        needed.map(|dependency| text(&dependency["name"])).collect()
    };
    let published = packages.iter().filter(is_published);
    published
        .map(|package| Published {
            name: text(&package["name"]),
            version: text(&package["version"]),
            needs: needs(package),
            metadata: package.clone(),
        })
        .collect()
}

/// The packages in an order in which each can be published: after those that it needs.
fn in_publishing_order(mut packages: Vec<Published>) -> Result<Vec<Published>, String> {
    let mut ordered: Vec<Published> = Vec::new();
    while !packages.is_empty() {
        let is_ready = |package: &Published| {
            let is_waiting = |name: &String| packages.iter().any(|other| other.name == *name);
            !package.needs.iter().any(is_waiting)
        };
        let Some(next) = packages.iter().position(is_ready) else {
            let names: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
            return Err(format!("no order to publish {} in: each needs another one", names.join(", ")));
        };
        ordered.push(packages.remove(next));
    }
    Ok(ordered)
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

/// Unpacks the package into a new folder of this one, and returns that.
fn unpack(package: &Published, folder: &Path) -> Result<PathBuf, String> {
    let full_name = format!("{}-{}", package.name, package.version);
    fs::create_dir_all(folder).map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    let archive = root().join(PACKED).join(format!("{full_name}.crate"));
    // `m` gives the files the present time. With the times in the archive, which are the same in each, cargo would not notice a change.
    output(Command::new("tar").arg("-xzmf").arg(&archive).arg("-C").arg(folder))?;
    let unpacked = folder.join(&package.name);
    fs::rename(folder.join(full_name), &unpacked)
        .map_err(|error| format!("cannot rename {}: {error}", unpacked.display()))?;
    Ok(unpacked)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn package(name: &str, needs: &[&str]) -> Published {
        Published {
            name: name.to_owned(),
            version: "1.2.3".to_owned(),
            needs: needs.iter().map(|&name| name.to_owned()).collect(),
            metadata: Value::Null,
        }
    }

    #[test]
    fn a_member_is_published_unless_its_manifest_says_otherwise() {
        let packages = [
            json!({ "name": "client", "version": "1.2.3", "publish": null, "dependencies": [
                { "name": "api", "path": "/api", "req": "^1.2.3", "kind": null },
                { "name": "sandbox", "path": "/sandbox", "req": "^1.2.3", "kind": "dev" },
                { "name": "fixtures", "path": "/fixtures", "req": "*", "kind": "dev" },
                { "name": "serde", "req": "^1", "kind": null },
            ] }),
            json!({ "name": "xtask", "version": "1.2.3", "publish": [], "dependencies": [] }),
        ];
        let published = published(&packages);
        let needs: Vec<(&str, &[String])> =
            published.iter().map(|package| (package.name.as_str(), &package.needs[..])).collect();
        assert_eq!(needs, [("client", &["api".to_owned(), "sandbox".to_owned()][..])]);
    }

    #[test]
    fn a_package_needs_the_packages_that_others_need_for_it() {
        let published = [package("cli", &["client"]), package("client", &["api"]), package("api", &[])];
        assert_eq!(needed(&published[0], &published), ["client", "api"]);
        assert_eq!(needed(&published[2], &published), [""; 0]);
    }

    #[test]
    fn a_package_is_published_after_those_that_it_needs() {
        let packages = vec![package("cli", &["client"]), package("client", &["api"]), package("api", &[])];
        let ordered = in_publishing_order(packages).unwrap_or_default();
        assert_eq!(ordered.iter().map(|package| package.name.as_str()).collect::<Vec<_>>(), ["api", "client", "cli"]);
        let circle = in_publishing_order(vec![package("a", &["b"]), package("b", &["a"])]);
        assert!(circle.is_err_and(|finding| finding.contains("publish a, b")));
    }
}
