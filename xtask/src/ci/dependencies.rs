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
}
