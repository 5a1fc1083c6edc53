//! The manifest of a standalone crate.

use std::collections::BTreeSet;
use std::path::Path;

use toml::Value;

use super::licence::Licence;
use super::marker::marker;
use super::runtime;
use crate::document::Node;

/// The dependencies of generated crates.
const DEPENDENCIES: [(&str, &str); 10] = [
    ("bytes", "\"1.10\""),
    ("chrono", "{ version = \"0.4.38\", default-features = false, features = [\"serde\", \"std\"] }"),
    ("http", "\"1.2\""),
    ("http-body", "\"1.0\""),
    ("percent-encoding", "\"2.3\""),
    ("progenitor-client", "\"0.15.1\""),
    ("reqwest", "{ version = \"0.13.4\", default-features = false }"),
    ("schemars", "{ version = \"1\", FEATURESoptional = true }"),
    ("serde", "{ version = \"1.0.219\", features = [\"derive\"] }"),
    ("serde_json", "\"1.0.140\""),
];

/// The dependencies of the example and of the tests of a client.
const DEV_DEPENDENCIES: &str =
    "[dev-dependencies]\ntokio = { version = \"1.40\", features = [\"macros\", \"rt\"] }\n\n";

/// The TLS implementations of a client, which are those of reqwest.
const TLS: &str = "default = [\"rustls\"]\nnative-tls = [\"reqwest/native-tls\"]\nrustls = [\"reqwest/rustls\"]\n";

/// Returns the manifest of a standalone crate. It is not a member of a workspace around it.
pub(super) fn manifest(name: &str, root: &Node, licence: &Licence, code: &str) -> String {
    let text = |key: &str| root.get("info").and_then(|info| info.get_str(key)).unwrap_or_default();
    let is_client = runtime::is_client(code);
    let kind = if is_client { "A client of" } else { "The types of" };
    let description = format!("{kind} {}", one_line(text("title")));
    let licence = match licence {
        Licence::Spdx(expression) => format!("license = {}\n", quoted(expression)),
        Licence::None | Licence::Other(_) => String::new(),
    };
    let needed = needed(code);
    let dependencies = DEPENDENCIES.iter().filter(|(name, _)| needed.contains(name));
    let mut lines = String::new();
    for (name, requirement) in dependencies {
        lines.extend([name, " = ", &requirement.replace("FEATURES", schemars_features(code)), "\n"]);
    }
    format!(
        "{}\n[package]\nname = {}\nversion = {}\nedition = \"2024\"\nrust-version = \"{}\"\ndescription = {}\n\
         {licence}readme = \"README.md\"\n\n\
         [features]\n{}schemars = [\"dep:schemars\"]\n\n[dependencies]\n{lines}\n{}[workspace]\n",
        marker("#"),
        quoted(name),
        quoted(&version(text("version"))),
        env!("CARGO_PKG_RUST_VERSION"),
        quoted(&description),
        if is_client { TLS } else { "" },
        if is_client { DEV_DEPENDENCIES } else { "" },
    )
}

/// Instants have a schema of their own.
fn schemars_features(code: &str) -> &'static str {
    if uses_chrono(code) { "features = [\"chrono04\"], " } else { "" }
}

fn uses_chrono(code: &str) -> bool {
    code.contains("::chrono::")
}

fn needed(code: &str) -> BTreeSet<&'static str> {
    let mut needed: BTreeSet<&str> = runtime::dependencies(code).chain(["schemars", "serde", "serde_json"]).collect();
    if uses_chrono(code) {
        needed.insert("chrono");
    }
    if runtime::is_client(code) {
        needed.insert("progenitor-client");
    }
    needed
}

/// Returns the dependencies that code needs and a manifest does not have, as lines for it.
pub(crate) fn missing_dependencies(manifest: &str, code: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().unwrap_or_default();
    let present = manifest.get("dependencies").and_then(Value::as_table);
    let is_missing = |name: &&str| present.is_none_or(|present| !present.contains_key(*name));
    let missing: BTreeSet<&str> = needed(code).into_iter().filter(is_missing).collect();
    let missing = DEPENDENCIES.iter().filter(|(name, _)| missing.contains(name));
    missing.map(|(name, text)| format!("{name} = {}", text.replace("FEATURES", schemars_features(code)))).collect()
}

/// Returns the version of the document, without metadata of a build, if Cargo takes it.
fn version(version: &str) -> String {
    let version = version.split('+').next().unwrap_or_default();
    let (core, pre) = version.split_once('-').map_or((version, None), |(core, pre)| (core, Some(pre)));
    let is_number = |part: &str| part.parse::<u64>().is_ok_and(|number| number.to_string() == part);
    let is_identifier = |part: &str| {
        let is_text = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        is_text && !part.is_empty() && (is_number(part) || part.bytes().any(|byte| !byte.is_ascii_digit()))
    };
    let is_version = core.split('.').count() == 3 && core.split('.').all(is_number);
    if is_version && pre.is_none_or(|pre| pre.split('.').all(is_identifier)) {
        version.to_owned()
    } else {
        "0.1.0".to_owned()
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// Returns the name of the crate in a folder.
pub(crate) fn crate_name(folder: &Path) -> String {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let name = folder.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name: String = name.chars().map(|char| if char.is_ascii_alphanumeric() { char } else { '-' }).collect();
    let name = name.trim_matches('-');
    let is_name = name.starts_with(|char: char| char.is_ascii_alphabetic())
        && syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_ok();
    match name {
        "" => "client".to_owned(),
        // Rust's own crates, which a dependency of the same name would hide.
        "core" | "std" | "alloc" | "test" | "proc-macro" => format!("client-{name}"),
        name if is_name => name.to_owned(),
        name => format!("client-{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read_yaml;

    const CLIENT: &str = "\npub struct Client { a: crate::runtime::Multipart, b: ::chrono::A }";

    fn root(info: &str) -> Node {
        read_yaml(&format!("info: {info}\n")).map_or_else(|finding| panic!("{finding:?}"), |(root, _)| root)
    }

    #[test]
    fn a_client_has_features_for_tls_and_types_have_no_http() {
        let root = root("{title: \"Video \\\"API\\\"\", version: 1.2.3-beta.1}");
        insta::assert_snapshot!(
            "manifest_of_a_client",
            manifest("video-api", &root, &Licence::Spdx("MIT".to_owned()), CLIENT)
        );
        insta::assert_snapshot!("manifest_of_types", manifest("video-api", &root, &Licence::None, "mod types {}"));
    }

    #[test]
    fn the_dependencies_that_a_manifest_does_not_have_are_named() {
        let own = "[dependencies]\nchrono = '1'\nreqwest = '1'\nserde = '1'\nserde_json = '1'\nschemars = '1'\nbytes = '1'\n\
                   http = '1'\nhttp-body = '1'\npercent-encoding = '2'\n";
        assert_eq!(missing_dependencies(own, CLIENT), ["progenitor-client = \"0.15.1\""]);
        assert_eq!(missing_dependencies("", "").len(), 3);
    }

    #[test]
    fn a_version_that_cargo_does_not_take_is_not_used() {
        for (text, expected) in [
            ("1.2.3", "1.2.3"),
            ("1.2.3-rc.1+build.05", "1.2.3-rc.1"),
            ("1.2", "0.1.0"),
            ("v1.2.3", "0.1.0"),
            ("01.2.3", "0.1.0"),
            ("1.2.3-", "0.1.0"),
            ("1.2.3-a_b", "0.1.0"),
            ("", "0.1.0"),
        ] {
            assert_eq!(version(text), expected, "{text}");
        }
    }

    #[test]
    fn a_folder_gives_the_crate_its_name() {
        let names = ["/tmp/Video API", "my_client", "1", "match", "/tmp/core", "/"];
        let expected = ["video-api", "my-client", "client-1", "client-match", "client-core", "client"];
        assert_eq!(names.map(|folder| crate_name(Path::new(folder))), expected);
    }

    #[test]
    fn the_version_of_progenitor_is_that_of_the_dependencies() {
        let version = format!("\"{}\"", crate::codegen::generator::PROGENITOR_VERSION);
        assert!(DEPENDENCIES.contains(&("progenitor-client", &version)));
    }
}
