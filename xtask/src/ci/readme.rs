//! The Rust blocks of a README, compiled with the dependencies that the README names, and no others.
//!
//! The workspace compiles the same blocks as documentation tests, but its tests have more dependencies and features than a reader
//! who copies the README's.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::markdown::{self, Block};
use crate::cargo::packages;
use crate::folders::clear;
use crate::outside::{self, Patch};
use crate::workspace::root;
use openapi_steward::cli::{self, CouldNotRun, Shell};

/// The folder of the packages that are written from READMEs.
const FOLDER: &str = "target/readme";

/// The manifest above them. Cargo compiles what several of them depend on once.
const WORKSPACE: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n";

/// Compiles the blocks of the README of each package.
pub(super) fn check(shell: &Shell) -> Result<(), String> {
    let packages = packages()?;
    let members: BTreeMap<&str, PathBuf> = packages.iter().filter_map(member).collect();
    let folder = root().join(FOLDER);
    clear(&folder)?;
    let mut named = BTreeSet::new();
    for (readme, name) in readmes(&packages) {
        let text = fs::read_to_string(&readme).map_err(|error| format!("cannot read {}: {error}", readme.display()))?;
        let shown = readme.strip_prefix(fs::canonicalize(root()).unwrap_or_default()).unwrap_or(&readme).display();
        let blocks = markdown::blocks(&text);
        let programs = programs(&blocks).map_err(|finding| format!("{shown}:{finding}"))?;
        if programs.is_empty() {
            continue;
        }
        let dependencies = dependencies(&blocks);
        if dependencies.is_empty() {
            return Err(format!(
                "{shown} has Rust blocks, but no `toml` block with the `[dependencies]` that they need"
            ));
        }
        shell.status("Checking", format_args!("{} of {shown}", cli::count(programs.len(), "Rust block")));
        write(&folder.join(name), name, &dependencies, &programs).map_err(|CouldNotRun(message)| message)?;
        named.extend(dependencies.into_keys());
    }
    cli::write(&folder.join("Cargo.toml"), WORKSPACE).map_err(|CouldNotRun(message)| message)?;
    let patch = |name: &String| {
        Some(Patch { name: name.clone(), path: members.get(name.as_str())?.to_string_lossy().into_owned() })
    };
    let patches: Vec<Patch> = named.iter().filter_map(patch).collect();
    let help = "a block of a README does not compile with the dependencies that the README names; \
                `twilio-rooms/src/bin/line_57.rs` is the one at line 57 of that of twilio-rooms";
    outside::check(&folder, &patches, "check", &["--workspace", "--bins"])
        .map_err(|finding| format!("{help}\n{finding}"))
}

/// The name and the folder of a member of the workspace.
fn member(package: &Value) -> Option<(&str, PathBuf)> {
    let manifest = Path::new(package["manifest_path"].as_str()?);
    Some((package["name"].as_str()?, manifest.parent()?.to_path_buf()))
}

/// The READMEs of the packages, each with the name of a package that has it.
fn readmes(packages: &[Value]) -> BTreeMap<PathBuf, &str> {
    let readme = |package: &'_ Value| {
        let (_, folder) = member(package)?;
        fs::canonicalize(folder.join(package["readme"].as_str()?)).ok()
    };
    packages.iter().filter_map(|package| Some((readme(package)?, package["name"].as_str()?))).collect()
}

/// The program of each Rust block, by the line that the block begins at. A block that is not compiled is a finding.
fn programs(blocks: &[Block<'_>]) -> Result<BTreeMap<usize, String>, String> {
    let mut programs = BTreeMap::new();
    for block in blocks.iter().filter(|block| block.language() == "rust") {
        if let Some(word) = block.attributes().find(|word| ["ignore", "compile_fail"].contains(word)) {
            return Err(format!("{}: `{word}` keeps this block from being compiled; use `no_run`", block.line));
        }
        programs.insert(block.line, markdown::program(block.text));
    }
    Ok(programs)
}

/// The dependencies that the TOML blocks name: the lines of each, by its name. A later line replaces an earlier one, as it does
/// for a reader who goes on to add a feature.
fn dependencies(blocks: &[Block<'_>]) -> BTreeMap<String, String> {
    let mut dependencies = BTreeMap::new();
    for block in blocks.iter().filter(|block| block.language() == "toml") {
        let mut in_table = false;
        let mut name = String::new();
        for line in block.text.lines() {
            if line.starts_with('[') {
                in_table = ["[dependencies]", "[dev-dependencies]"].contains(&line.trim_end());
            } else if let (true, Some((key, _))) = (in_table, line.split_once(" = ")) {
                key.split('.').next().unwrap_or(key).clone_into(&mut name);
                dependencies.insert(name.clone(), line.to_owned());
            } else if let (true, Some(lines)) = (in_table, dependencies.get_mut(&name)) {
                // A value can take several lines.
                lines.push('\n');
                lines.push_str(line);
            }
        }
    }
    dependencies
}

/// Writes the package, with a program for each block.
fn write(
    folder: &Path,
    name: &str,
    dependencies: &BTreeMap<String, String>,
    programs: &BTreeMap<usize, String>,
) -> Result<(), CouldNotRun> {
    cli::write(&folder.join("Cargo.toml"), &manifest(name, dependencies))?;
    for (line, program) in programs {
        cli::write(&folder.join(format!("src/bin/line_{line}.rs")), program)?;
    }
    Ok(())
}

fn manifest(name: &str, dependencies: &BTreeMap<String, String>) -> String {
    let lines: Vec<&str> = dependencies.values().map(String::as_str).collect();
    format!(
        "[package]\nname = \"readme-of-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n{}\n",
        lines.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const README: &str = "\
```toml
[dependencies]
client = \"0.1\"
tokio = { version = \"1\", features = [
    \"macros\",
] }
[features]
more = []
```

```rust,no_run
use client::Client;
```

```toml
[dev-dependencies]
client = { version = \"0.1\", features = [\"webhooks\"] }
```
";

    #[test]
    fn a_later_dependency_replaces_an_earlier_one() {
        let manifest = manifest("client", &dependencies(&markdown::blocks(README)));
        let (_, lines) = manifest.split_once("[dependencies]\n").unwrap_or_default();
        assert_eq!(
            lines,
            "client = { version = \"0.1\", features = [\"webhooks\"] }\ntokio = { version = \"1\", features = [\n    \"macros\",\n] }\n"
        );
    }

    #[test]
    fn each_rust_block_is_a_program() {
        let programs = programs(&markdown::blocks(README)).unwrap_or_default();
        assert_eq!(programs.into_keys().collect::<Vec<_>>(), [11]);
    }

    #[test]
    fn a_block_that_would_not_be_compiled_is_a_finding() {
        let finding = programs(&markdown::blocks("```rust,ignore\nlet x;\n```\n"));
        assert!(finding.is_err_and(|finding| finding.starts_with("1: `ignore` keeps")));
    }
}
