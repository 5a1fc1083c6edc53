//! The bill of materials of a program: every crate that it is compiled of, in the format `CycloneDX` 1.5.
//!
//! It has no time and no random number, so that the same `Cargo.lock` always gives the same file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use openapi_steward::cli;
use serde_json::{Value, json};

use super::program::Program;
use crate::cargo::{cargo, output};
use crate::packages::Published;
use crate::workspace::root;

/// A crate of the program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Component {
    name: String,
    version: String,
    license: String,
}

/// Writes the bill of materials of the program.
pub(super) fn write(program: &Program<'_>, target: &str, file: &Path) -> Result<(), String> {
    let package = program.package;
    let tree = ["tree", "--locked", "--edges", "normal,build", "--prefix", "none", "--format", "{p}\t{l}"];
    let selection = ["--package", &package.name, "--features", &program.features.join(","), "--target", target];
    let tree = output(cargo(&tree).args(selection))?;
    let components = components(&String::from_utf8_lossy(&tree.stdout));
    let lock =
        fs::read_to_string(root().join("Cargo.lock")).map_err(|error| format!("cannot read Cargo.lock: {error}"))?;
    let document = document(package, &components, &checksums(&lock)?);
    let text = serde_json::to_string_pretty(&document).map_err(|error| format!("cannot write JSON: {error}"))?;
    cli::write(file, &(text + "\n")).map_err(|error| error.0)
}

/// The crates in the output of `cargo tree`, each once.
fn components(tree: &str) -> BTreeSet<Component> {
    let component = |line: &str| {
        let (package, license) = line.split_once('\t')?;
        let (name, version) = package.split_once(" v")?;
        let version = version.split(' ').next()?.to_owned();
        // A package that was printed before has a star. Old manifests have a slash in place of `OR`.
        let license = license.trim_end_matches(" (*)").replace(" / ", " OR ").replace('/', " OR ");
        Some(Component { name: name.to_owned(), version, license })
    };
    tree.lines().filter_map(component).collect()
}

/// The checksums in `Cargo.lock`, by name and version.
fn checksums(lock: &str) -> Result<BTreeMap<(String, String), String>, String> {
    let lock: toml::Table = lock.parse().map_err(|error| format!("Cargo.lock is not TOML: {error}"))?;
    let packages = lock.get("package").and_then(toml::Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let text = |package: &toml::Value, key: &str| package.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let checksum =
        |package: &toml::Value| Some(((text(package, "name")?, text(package, "version")?), text(package, "checksum")?));
    Ok(packages.iter().filter_map(checksum).collect())
}

fn document(
    package: &Published,
    components: &BTreeSet<Component>,
    checksums: &BTreeMap<(String, String), String>,
) -> Value {
    let entry = |component: &Component| {
        let Component { name, version, license } = component;
        let mut entry = json!({
            "type": "library",
            "name": name,
            "version": version,
            "purl": format!("pkg:cargo/{name}@{version}"),
        });
        if !license.is_empty() {
            entry["licenses"] = json!([{ "expression": license }]);
        }
        if let Some(checksum) = checksums.get(&(name.clone(), version.clone())) {
            entry["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
        }
        entry
    };
    let is_own = |component: &&Component| component.name == package.name;
    let mut own: Vec<Value> = components.iter().filter(is_own).map(entry).collect();
    if let Some(own) = own.first_mut() {
        own["type"] = json!("application");
    }
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": own.first() },
        "components": components.iter().filter(|component| !is_own(component)).map(entry).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "cli v1.2.3 (/cli)\tMIT OR Apache-2.0\nserde v1.0.1\tMIT OR Apache-2.0\nold v0.1.0 (proc-macro)\tMIT/Apache-2.0\nserde v1.0.1\tMIT OR Apache-2.0 (*)\n";
    const LOCK: &str = "version = 4\n[[package]]\nname = \"serde\"\nversion = \"1.0.1\"\nchecksum = \"00ff\"\n[[package]]\nname = \"cli\"\nversion = \"1.2.3\"\n";

    #[test]
    fn a_bill_of_materials_names_each_crate_once() -> Result<(), String> {
        let package =
            Published { name: "cli".to_owned(), version: "1.2.3".to_owned(), needs: Vec::new(), metadata: Value::Null };
        let document = document(&package, &components(TREE), &checksums(LOCK)?);
        assert_eq!(document["metadata"]["component"]["purl"], "pkg:cargo/cli@1.2.3");
        assert_eq!(document["metadata"]["component"]["type"], "application");
        assert_eq!(
            document["components"],
            json!([
                { "type": "library", "name": "old", "version": "0.1.0", "purl": "pkg:cargo/old@0.1.0",
                  "licenses": [{ "expression": "MIT OR Apache-2.0" }] },
                { "type": "library", "name": "serde", "version": "1.0.1", "purl": "pkg:cargo/serde@1.0.1",
                  "licenses": [{ "expression": "MIT OR Apache-2.0" }], "hashes": [{ "alg": "SHA-256", "content": "00ff" }] },
            ])
        );
        Ok(())
    }
}
