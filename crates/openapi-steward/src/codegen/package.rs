//! The files of a generated crate other than `generated.rs`: its runtime, and the manifest and root of a standalone crate.

use std::path::Path;

/// A file of the runtime.
#[derive(Debug)]
struct RuntimeFile {
    name: &'static str,
    text: &'static str,
    /// The names under which generated code uses it. Without any, every crate has it.
    used_as: &'static [&'static str],
    /// The names that a standalone crate exports.
    exports: &'static [&'static str],
    /// The dependencies that only this file needs.
    dependencies: &'static str,
}

const fn file(name: &'static str, text: &'static str) -> RuntimeFile {
    RuntimeFile { name, text, used_as: &[], exports: &[], dependencies: "" }
}

/// The files of the runtime.
const RUNTIME: [RuntimeFile; 10] = [
    file("mod.rs", include_str!("../runtime/mod.rs")),
    file("decode.rs", include_str!("../runtime/decode.rs")),
    RuntimeFile {
        used_as: &["Form", "form", "Pairs"],
        exports: &["Count", "Form", "OutOfRange", "Pairs"],
        ..file("form.rs", include_str!("../runtime/form.rs"))
    },
    RuntimeFile {
        used_as: &["Multipart"],
        exports: &["Multipart", "Part"],
        dependencies: "bytes = \"1.10\"\nhttp-body = \"1.0\"\n",
        ..file("multipart.rs", include_str!("../runtime/multipart.rs"))
    },
    RuntimeFile {
        used_as: &["OpenEnum", "open_enum"],
        exports: &["OpenEnum"],
        ..file("open_enum.rs", include_str!("../runtime/open_enum.rs"))
    },
    RuntimeFile { exports: &["Operation"], ..file("operation.rs", include_str!("../runtime/operation.rs")) },
    file("path.rs", include_str!("../runtime/path.rs")),
    RuntimeFile {
        exports: &["Aborted", "Execute", "Execution", "Transport"],
        ..file("transport.rs", include_str!("../runtime/transport.rs"))
    },
    RuntimeFile {
        used_as: &["Shape", "tag", "write_tagged", "fitting"],
        ..file("union.rs", include_str!("../runtime/union.rs"))
    },
    RuntimeFile {
        used_as: &["Query", "form_body", "header", "json_header", "json_segment", "styled_segment"],
        ..file("wire.rs", include_str!("../runtime/wire.rs"))
    },
];

impl RuntimeFile {
    fn is_used(&self, code: &str) -> bool {
        let is_name = |rest: &str| !rest.starts_with(|char: char| char.is_alphanumeric() || char == '_');
        self.used_as.is_empty()
            || self.used_as.iter().any(|name| {
                let path = format!("crate::runtime::{name}");
                code.match_indices(&path).any(|(start, _)| is_name(&code[start + path.len()..]))
            })
    }

    /// The module of the file.
    fn module(&self) -> &'static str {
        self.name.trim_end_matches(".rs")
    }

    /// Returns the file without tests, and without the modules that the code does not use.
    fn content(&self, code: &str) -> String {
        let mut text = without_tests(self.text);
        if self.name == "mod.rs" {
            for unused in RUNTIME.iter().filter(|file| !file.is_used(code)) {
                let module = unused.module();
                let declares = |line: &str| {
                    line.ends_with(&format!("mod {module};")) || line.contains(&format!("self::{module}::"))
                };
                text = text.lines().filter(|line| !declares(line)).fold(String::new(), |text, line| text + line + "\n");
            }
        }
        format!("{}\n{text}", marker())
    }
}

/// The version of progenitor that the passes over its code are made for.
pub(super) const PROGENITOR_VERSION: &str = "0.15.1";

/// The dependencies of a standalone crate.
const DEPENDENCIES: &str = r#"chrono = { version = "0.4.38", default-features = false, features = ["serde", "std"] }
http = "1.2"
percent-encoding = "2.3"
progenitor-client = "0.15.1"
reqwest = { version = "0.13.4", default-features = false }
schemars = { version = "1", features = ["chrono04"], optional = true }
serde = { version = "1.0.219", features = ["derive"] }
serde_json = "1.0.140"
"#;

/// The root of a standalone crate.
const LIB: &str = include_str!("../runtime/lib.rs.template");

/// Returns the files of the runtime that the code uses by name, as a generated crate has them: without tests, and marked as
/// generated.
pub(crate) fn runtime(code: &str) -> impl Iterator<Item = (&'static str, String)> {
    RUNTIME.iter().filter(move |file| file.is_used(code)).map(move |file| (file.name, file.content(code)))
}

/// Returns the root module of a standalone crate.
pub(crate) fn lib(code: &str) -> String {
    let used = RUNTIME.iter().filter(|file| file.is_used(code));
    let mut exports: Vec<&str> = used.flat_map(|file| file.exports).copied().collect();
    exports.sort_unstable();
    format!("{}\n{}", marker(), LIB.replace("EXPORTS", &exports.join(", ")))
}

/// Returns the manifest of a standalone crate. It is not a member of a workspace around it.
pub(crate) fn manifest(name: &str, code: &str) -> String {
    let own: String = RUNTIME.iter().filter(|file| file.is_used(code)).map(|file| file.dependencies).collect();
    let mut dependencies: Vec<&str> = DEPENDENCIES.lines().chain(own.lines()).collect();
    dependencies.sort_unstable();
    let dependencies = dependencies.join("\n");
    format!(
        "# @generated by openapi-steward. Do not edit.\n\
         [package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\nrust-version = \"{}\"\npublish = false\n\n\
         [features]\nschemars = [\"dep:schemars\"]\n\n[dependencies]\n{dependencies}\n\n[workspace]\n",
        env!("CARGO_PKG_RUST_VERSION")
    )
}

/// Returns the name of the crate in a folder.
pub(crate) fn crate_name(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name: String = name.chars().map(|char| if char.is_ascii_alphanumeric() { char } else { '-' }).collect();
    let name = name.trim_matches('-');
    if name.starts_with(|char: char| char.is_ascii_alphabetic()) { name.to_owned() } else { format!("client-{name}") }
}

/// Returns whether a file was written by [`runtime`]: a hand-written one beside it has no marker.
pub(crate) fn is_runtime(content: &str) -> bool {
    content.starts_with(marker())
}

/// The first line of a generated file.
fn marker() -> &'static str {
    "// @generated by openapi-steward. Do not edit."
}

/// Returns a file of the runtime without its test module, which is the last item.
fn without_tests(text: &str) -> String {
    let code = text.split("\n#[cfg(test)]\n").next().unwrap_or(text);
    format!("{}\n", code.trim_end())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src/runtime")
    }

    #[test]
    fn every_file_of_the_runtime_is_written() -> std::io::Result<()> {
        let mut names: Vec<String> =
            fs::read_dir(root())?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| Path::new(name).extension().is_some_and(|extension| extension == "rs"));
        names.sort();
        let mut written: Vec<&str> = RUNTIME.iter().map(|file| file.name).collect();
        written.sort_unstable();
        assert_eq!(names, written);
        Ok(())
    }

    #[test]
    fn a_written_file_has_everything_but_the_tests() -> syn::Result<()> {
        let names = RUNTIME.iter().flat_map(|file| file.used_as);
        let code: String = names.flat_map(|name| ["crate::runtime::", name, ";"]).collect();
        assert_eq!(runtime(&code).count(), RUNTIME.len());
        for (file, (name, written)) in RUNTIME.iter().zip(runtime(&code)) {
            let (mut whole, written) = (syn::parse_file(file.text)?, syn::parse_file(&written)?);
            whole.items.retain(|item| !matches!(item, syn::Item::Mod(module) if module.ident == "tests"));
            assert_eq!(prettyplease::unparse(&whole), prettyplease::unparse(&written), "{name}");
        }
        Ok(())
    }

    #[test]
    fn a_part_of_the_runtime_that_the_code_does_not_use_is_left_out() -> syn::Result<()> {
        let code = "let headers = crate::runtime::header_map; crate::runtime::open_enum!(Status);";
        let files: Vec<(&str, String)> = runtime(code).collect();
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["mod.rs", "decode.rs", "open_enum.rs", "operation.rs", "path.rs", "transport.rs"]);
        syn::parse_file(&files[0].1)?;
        assert!(!files[0].1.contains("wire"), "{}", files[0].1);
        assert!(
            lib(code).contains("OpenEnum, Operation, Transport,")
                || lib(code).contains("OpenEnum, Operation, Transport}")
        );
        assert!(!manifest("a", code).contains("http-body"));
        Ok(())
    }

    #[test]
    fn the_version_of_progenitor_is_that_of_the_dependencies() {
        assert!(DEPENDENCIES.contains(&format!("progenitor-client = \"{PROGENITOR_VERSION}\"")));
    }

    #[test]
    fn a_folder_gives_the_crate_its_name() {
        let names = ["/tmp/Video API", "my_client", "1", "."].map(|folder| crate_name(Path::new(folder)));
        assert_eq!(names, ["video-api", "my-client", "client-1", "client-"]);
        insta::assert_snapshot!("a_manifest", manifest("video-api", "crate::runtime::Multipart"));
    }
}
