//! The contents of a published package: everything that its pages on crates.io and docs.rs need lies in it.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::markdown;
use crate::packages::{Published, has_target};
use crate::workspace::root;

/// The licences, as texts in each package.
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];
/// The address of a file of a package, in its latest version.
const SOURCE: &str = "https://docs.rs/crate/";

/// Checks the package that was unpacked to the folder, and reports everything that is missing.
pub(super) fn check(package: &Published, folder: &Path) -> Result<(), String> {
    let mut findings = metadata(&package.metadata);
    findings.extend(licences(folder));
    findings.extend(readme(&package.name, folder));
    findings.extend(feature_badges(&package.metadata, folder));
    if findings.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> =
        findings.iter().map(|finding| format!("the package {}: {finding}", package.name)).collect();
    Err(lines.join("\n"))
}

/// Returns the fields that the manifest lacks.
fn metadata(package: &Value) -> Vec<String> {
    let mut findings = Vec::new();
    for key in ["description", "license", "rust_version", "readme"] {
        if package[key].as_str().is_none_or(str::is_empty) {
            findings.push(format!("its manifest has no `{}`", key.replace('_', "-")));
        }
    }
    let name = package["name"].as_str().unwrap_or_default();
    // For a package without a library, docs.rs shows its README and its files.
    let documentation =
        if has_target(package, "lib") { format!("https://docs.rs/{name}") } else { format!("{SOURCE}{name}") };
    if package["documentation"] != documentation {
        findings.push(format!("its `documentation` is not {documentation}"));
    }
    for key in ["keywords", "categories"] {
        let count = package[key].as_array().map_or(0, Vec::len);
        if !(1..=5).contains(&count) {
            findings.push(format!("it has {count} `{key}`; crates.io takes 1 to 5"));
        }
    }
    findings
}

/// The texts of licences that are missing, or are not those of the repository.
fn licences(folder: &Path) -> Vec<String> {
    let is_wrong = |name: &&str| {
        let text = fs::read(folder.join(name)).ok();
        text.is_none() || text != fs::read(root().join(name)).ok()
    };
    LICENCES.into_iter().filter(is_wrong).map(|name| format!("{name} is not that of the repository")).collect()
}

/// The links of the README that lead nowhere on crates.io or docs.rs, where the README has no files beside it.
fn readme(name: &str, folder: &Path) -> Vec<String> {
    let Ok(text) = fs::read_to_string(folder.join("README.md")) else {
        return vec!["it has no README.md".to_owned()];
    };
    let anchors = markdown::anchors(&text);
    let broken = |(line, link): (usize, &str)| {
        let reason = broken(name, link, &anchors, |path| folder.join(path).is_file())?;
        Some(format!("README.md:{line}: {link}: {reason}"))
    };
    markdown::links(&text).into_iter().filter_map(broken).collect()
}

/// The reason why a link does not work on crates.io and docs.rs.
fn broken(name: &str, link: &str, anchors: &[String], is_file: impl Fn(&str) -> bool) -> Option<String> {
    let own_source = format!("{SOURCE}{name}/latest/source/");
    if let Some(anchor) = link.strip_prefix('#') {
        let is_missing = anchors.iter().all(|known| known != anchor);
        return is_missing.then(|| "the page has no such heading".to_owned());
    }
    if let Some(path) = link.strip_prefix(&own_source) {
        return (!is_file(path)).then(|| format!("the package has no file {path}"));
    }
    if link.starts_with("https://") {
        return None;
    }
    if link.starts_with("http://") {
        return Some("write https".to_owned());
    }
    let is_packaged = !link.contains("..") && is_file(link.split('#').next().unwrap_or_default());
    Some(if is_packaged {
        format!("a relative link works in the repository only; write {own_source}{link}")
    } else {
        "the link leaves the package; link to a page that is on the web".to_owned()
    })
}

/// docs.rs marks the items of a feature if the manifest asks for it and the library turns it on.
fn feature_badges(package: &Value, folder: &Path) -> Option<String> {
    let has_features = package["features"].as_object().is_some_and(|features| !features.is_empty());
    if !has_features || !has_target(package, "lib") {
        return None;
    }
    let docs_rs = &package["metadata"]["docs"]["rs"];
    if docs_rs["rustdoc-args"] != serde_json::json!(["--cfg", "docsrs"]) {
        return Some("`[package.metadata.docs.rs]` lacks `rustdoc-args = [\"--cfg\", \"docsrs\"]`".to_owned());
    }
    if docs_rs["all-features"] != true && !docs_rs["features"].is_array() {
        return Some("`[package.metadata.docs.rs]` names no features".to_owned());
    }
    let library = fs::read_to_string(folder.join("src/lib.rs")).unwrap_or_default();
    let badges = "#![cfg_attr(docsrs, feature(doc_cfg))]";
    (!library.contains(badges)).then(|| format!("src/lib.rs lacks `{badges}`"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_manifest_lacks_what_crates_io_shows() {
        let complete = json!({
            "name": "client", "description": "A client", "license": "MIT", "rust_version": "1.88", "readme": "README.md",
            "documentation": "https://docs.rs/client", "keywords": ["api"], "categories": ["api-bindings"],
            "targets": [{ "kind": ["lib"] }],
        });
        assert_eq!(metadata(&complete), [""; 0]);
        let empty = metadata(&json!({ "name": "client", "keywords": ["a", "b", "c", "d", "e", "f"] }));
        assert_eq!(
            empty,
            [
                "its manifest has no `description`",
                "its manifest has no `license`",
                "its manifest has no `rust-version`",
                "its manifest has no `readme`",
                "its `documentation` is not https://docs.rs/crate/client",
                "it has 6 `keywords`; crates.io takes 1 to 5",
                "it has 0 `categories`; crates.io takes 1 to 5",
            ]
        );
    }

    #[test]
    fn a_folder_without_files_has_no_licence_and_no_readme() {
        let folder = Path::new("no-such-folder");
        assert_eq!(licences(folder).len(), LICENCES.len());
        assert_eq!(licences(&root()), [""; 0]);
        assert_eq!(readme("client", folder), ["it has no README.md"]);
    }

    #[test]
    fn a_link_works_if_crates_io_and_docs_rs_can_follow_it() {
        let anchors = ["install".to_owned()];
        let broken = |link| broken("client", link, &anchors, |path| path == "KINDS.md");
        for link in ["https://docs.rs/client", "#install", "https://docs.rs/crate/client/latest/source/KINDS.md"] {
            assert_eq!(broken(link), None);
        }
        for (link, reason) in [
            ("KINDS.md", "write https://docs.rs/crate/client/latest/source/KINDS.md"),
            ("../../ARCHITECTURE.md", "leaves the package"),
            ("ARCHITECTURE.md", "leaves the package"),
            ("http://docs.rs/client", "write https"),
            ("#missing", "no such heading"),
            ("https://docs.rs/crate/client/latest/source/RULES.md", "no file RULES.md"),
        ] {
            assert!(broken(link).is_some_and(|found| found.contains(reason)), "{link}: {:?}", broken(link));
        }
    }

    #[test]
    fn a_library_with_features_asks_docs_rs_for_their_badges() {
        let package = |docs_rs: Value| {
            json!({
                "features": { "blocking": [] }, "targets": [{ "kind": ["lib"] }], "metadata": { "docs": { "rs": docs_rs } },
            })
        };
        let folder = root().join("crates/twilio-rooms");
        let arguments = json!(["--cfg", "docsrs"]);
        assert_eq!(feature_badges(&package(json!({ "all-features": true, "rustdoc-args": arguments })), &folder), None);
        assert!(feature_badges(&package(json!({ "all-features": true })), &folder).is_some());
        assert!(feature_badges(&package(json!({ "rustdoc-args": arguments })), &folder).is_some());
        let elsewhere = Path::new("no-such-folder");
        assert!(
            feature_badges(&package(json!({ "all-features": true, "rustdoc-args": arguments })), elsewhere).is_some()
        );
        assert_eq!(feature_badges(&json!({ "features": {}, "targets": [{ "kind": ["lib"] }] }), elsewhere), None);
    }
}
