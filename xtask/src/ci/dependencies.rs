//! The dependencies from a user's view: the Rust version that they need, and the crates that a user compiles.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::cargo::{cargo, output};

/// The crate that decides the Rust version of the workspace.
const GENERATOR: &str = "progenitor-impl";
/// Crates that a user must not compile by default: the generator, and those that belong to a feature.
const FENCED: [&str; 12] = [
    "aws-lc-rs",
    "aws-lc-sys",
    "hmac",
    "openapiv3",
    "openssl",
    "openssl-sys",
    "regress",
    "schemars",
    "sha1",
    "sha2",
    "typify",
    GENERATOR,
];

/// The features for TLS, each with crates that a user compiles with it alone, and crates that a user does not compile.
const TLS: [(&str, &[&str], &[&str]); 5] = [
    ("rustls", &["rustls", "ring"], &["native-tls", "aws-lc-rs"]),
    ("rustls-ring", &["rustls", "ring"], &["native-tls", "aws-lc-rs"]),
    ("rustls-aws-lc-rs", &["rustls", "aws-lc-rs"], &["native-tls", "ring"]),
    ("rustls-no-provider", &["rustls"], &["native-tls", "aws-lc-rs", "ring"]),
    ("native-tls", &["native-tls"], &["rustls", "ring", "aws-lc-rs"]),
];

/// Checks that no dependency needs a later Rust than the workspace states, and that the generator needs exactly that one.
pub(super) fn rust_version() -> Result<(), String> {
    let output = output(&mut cargo(&["metadata", "--format-version", "1", "--locked", "--all-features"]))?;
    let metadata: Value =
        serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata is not JSON: {error}"))?;
    compare(&metadata)
}

fn compare(metadata: &Value) -> Result<(), String> {
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let needs: BTreeMap<&str, Version> = packages
        .iter()
        .filter_map(|package| Some((package["name"].as_str()?, Version::parse(package["rust_version"].as_str()?)?)))
        .collect();
    let ours = *needs.get("twilio-rooms").ok_or("twilio-rooms does not state a `rust-version`")?;
    let generator = *needs.get(GENERATOR).ok_or_else(|| format!("{GENERATOR} does not state a `rust-version`"))?;
    if ours != generator {
        return Err(format!("the workspace states Rust {ours}, but {GENERATOR} needs {generator}: fix Cargo.toml"));
    }
    let late: Vec<String> = needs
        .iter()
        .filter(|(_, needed)| **needed > ours)
        .map(|(name, needed)| format!("{name} needs Rust {needed}, but the workspace states {ours}"))
        .collect();
    if late.is_empty() { Ok(()) } else { Err(late.join("\n")) }
}

/// A version of Rust. `1.88` equals `1.88.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Version([u32; 3]);

impl Version {
    fn parse(text: &str) -> Option<Self> {
        let mut version = [0; 3];
        for (index, part) in text.split('.').enumerate() {
            *version.get_mut(index)? = part.parse().ok()?;
        }
        Some(Self(version))
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self([major, minor, patch]) = self;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// Checks that a user of twilio-rooms compiles none of the fenced crates, and only the TLS library of the chosen feature.
pub(super) fn fence() -> Result<(), String> {
    let default = tree(&[])?;
    let found: Vec<&str> = FENCED.into_iter().filter(|name| default.contains(*name)).collect();
    if !found.is_empty() {
        return Err(format!("a user of twilio-rooms would compile {}", found.join(", ")));
    }
    for (feature, with, without) in TLS {
        let tree = tree(&["--no-default-features", "--features", feature])?;
        if with.iter().any(|name| !tree.contains(*name)) || without.iter().any(|name| tree.contains(*name)) {
            let (with, without) = (with.join(", "), without.join(", "));
            return Err(format!("with the feature `{feature}` a user should compile {with}, and not {without}"));
        }
    }
    Ok(())
}

/// Checks that the tasks have the features of the whole workspace, alone and with the feature `compression` of the tests. Cargo would
/// compile the generator and the steward a second time otherwise.
pub(super) fn shared_features() -> Result<(), String> {
    let own = features(&["--package", "xtask", "-e", "normal,build"])?;
    for more in [&[][..], &["--features", "tests/compression"]] {
        let all = features(&[&["--workspace", "-e", "normal,build,dev"], more].concat())?;
        let findings = missing_features(&own, &all);
        if !findings.is_empty() {
            let head = "these crates would be compiled for `cargo xtask`, and again for the tests; xtask/Cargo.toml or \
                        tests/Cargo.toml should name their features:";
            return Err(format!("{head}\n{}", findings.join("\n")));
        }
    }
    Ok(())
}

/// The sets of features that each crate of a selection is compiled with, on the platform of CI. A crate can have a set for macros, and
/// another one for all else.
fn features(selection: &[&str]) -> Result<BTreeMap<String, BTreeSet<String>>, String> {
    let tree = ["tree", "--locked", "--prefix", "none", "--format", "{p}|{f}", "--target", "x86_64-unknown-linux-gnu"];
    let output = output(&mut cargo(&[&tree[..], selection].concat()))?;
    let mut features: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if let Some((package, set)) = line.split_once('|') {
            let name = package.split(" (").next().unwrap_or(package);
            features.entry(name.to_owned()).or_default().insert(set.trim_end_matches(" (*)").to_owned());
        }
    }
    Ok(features)
}

/// The crates that have a set of features in a part of the workspace which no other part has.
fn missing_features(own: &BTreeMap<String, BTreeSet<String>>, all: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let nothing = BTreeSet::new();
    let differs = |(name, sets): (&String, &BTreeSet<String>)| {
        let all = all.get(name).unwrap_or(&nothing);
        let text = |sets: &BTreeSet<String>| sets.iter().map(String::as_str).collect::<Vec<_>>().join("; or ");
        let alone = sets.difference(all).next()?;
        Some(format!("{name}: [{alone}] alone, [{}] in the workspace", text(all)))
    };
    own.iter().filter_map(differs).collect()
}

/// The names of the crates that a user of twilio-rooms compiles with these features.
fn tree(features: &[&str]) -> Result<BTreeSet<String>, String> {
    let tree = ["tree", "--locked", "-e", "normal", "-p", "twilio-rooms", "--prefix", "none"];
    let output = output(&mut cargo(&[&tree[..], features].concat()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn packages(needs: &[(&str, &str)]) -> Value {
        let packages: Vec<Value> =
            needs.iter().map(|(name, version)| json!({ "name": name, "rust_version": version })).collect();
        json!({ "packages": packages })
    }

    #[test]
    fn the_workspace_needs_the_rust_version_of_the_generator_and_no_dependency_a_later_one() {
        let fine = [("twilio-rooms", "1.88"), (GENERATOR, "1.88.0"), ("old", "1.56.1")];
        assert_eq!(compare(&packages(&fine)), Ok(()));
        let late = compare(&packages(&[&fine[..], &[("new", "1.90")]].concat()));
        assert_eq!(late, Err("new needs Rust 1.90.0, but the workspace states 1.88.0".to_owned()));
        let other = compare(&packages(&[("twilio-rooms", "1.85"), (GENERATOR, "1.88")]));
        assert!(other.is_err_and(|finding| finding.contains("fix Cargo.toml")));
        assert!(compare(&json!({})).is_err());
    }

    #[test]
    fn a_crate_of_the_tasks_has_the_features_of_the_workspace() {
        let sets = |crates: &[(&str, &[&str])]| -> BTreeMap<String, BTreeSet<String>> {
            let sets = |sets: &[&str]| sets.iter().map(|&set| set.to_owned()).collect();
            crates.iter().map(|(name, of)| ((*name).to_owned(), sets(of))).collect()
        };
        let all = sets(&[("syn", &["full", "fold,full"]), ("serde", &["std"]), ("tokio", &["rt"])]);
        assert_eq!(missing_features(&sets(&[("syn", &["fold,full"]), ("serde", &["std"])]), &all), [""; 0]);
        let missing = missing_features(&sets(&[("syn", &["derive"]), ("serde", &["std"])]), &all);
        assert_eq!(missing, ["syn: [derive] alone, [fold,full; or full] in the workspace"]);
    }
}
