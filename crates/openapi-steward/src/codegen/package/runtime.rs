//! The files of the runtime, of which a crate gets those that its code uses.

use super::marker::marker;

/// A file of the runtime.
#[derive(Debug)]
struct RuntimeFile {
    name: &'static str,
    text: &'static str,
    /// The names under which generated code uses it. Without any, every client has it.
    used_as: &'static [&'static str],
    /// The names that a standalone crate exports.
    exports: &'static [&'static str],
    /// The dependencies that the file needs.
    dependencies: &'static [&'static str],
    /// It is a part of clients, and types alone do not need it.
    of_clients: bool,
}

const fn file(name: &'static str, text: &'static str) -> RuntimeFile {
    RuntimeFile { name, text, used_as: &[], exports: &[], dependencies: &[], of_clients: true }
}

/// The functions of `segment.rs`, which needs `wire.rs`.
const SEGMENTS: [&str; 4] = ["header", "json_header", "json_segment", "styled_segment"];

/// The files of the runtime.
const RUNTIME: [RuntimeFile; 14] = [
    RuntimeFile { of_clients: false, ..file("mod.rs", include_str!("../../runtime/mod.rs")) },
    RuntimeFile {
        used_as: &["with_credentials"],
        ..file("credentials.rs", include_str!("../../runtime/credentials.rs"))
    },
    file("decode.rs", include_str!("../../runtime/decode.rs")),
    RuntimeFile {
        used_as: &["Form", "form", "Pairs"],
        exports: &["Count", "Form", "OutOfRange", "Pairs"],
        of_clients: false,
        ..file("form.rs", include_str!("../../runtime/form.rs"))
    },
    RuntimeFile {
        used_as: &["instant"],
        dependencies: &["chrono"],
        of_clients: false,
        ..file("instant.rs", include_str!("../../runtime/instant.rs"))
    },
    RuntimeFile {
        used_as: &["Multipart"],
        exports: &["Multipart", "Part"],
        dependencies: &["bytes", "http-body"],
        ..file("multipart.rs", include_str!("../../runtime/multipart.rs"))
    },
    RuntimeFile {
        used_as: &["OpenEnum", "open_enum"],
        exports: &["OpenEnum"],
        of_clients: false,
        ..file("open_enum.rs", include_str!("../../runtime/open_enum.rs"))
    },
    RuntimeFile { exports: &["Operation"], ..file("operation.rs", include_str!("../../runtime/operation.rs")) },
    RuntimeFile { dependencies: &["percent-encoding"], ..file("path.rs", include_str!("../../runtime/path.rs")) },
    RuntimeFile { used_as: &SEGMENTS, ..file("segment.rs", include_str!("../../runtime/segment.rs")) },
    RuntimeFile { used_as: &["server"], ..file("server.rs", include_str!("../../runtime/server.rs")) },
    RuntimeFile {
        exports: &["Aborted", "Execute", "Execution", "Transport"],
        dependencies: &["http", "reqwest"],
        ..file("transport.rs", include_str!("../../runtime/transport.rs"))
    },
    RuntimeFile {
        used_as: &["Shape", "tag", "write_tagged", "fitting"],
        of_clients: false,
        ..file("union.rs", include_str!("../../runtime/union.rs"))
    },
    RuntimeFile {
        used_as: &["Query", "form_body", SEGMENTS[0], SEGMENTS[1], SEGMENTS[2], SEGMENTS[3]],
        dependencies: &["percent-encoding"],
        ..file("wire.rs", include_str!("../../runtime/wire.rs"))
    },
];

impl RuntimeFile {
    fn is_used(&self, code: &str) -> bool {
        if self.used_as.is_empty() {
            return !self.of_clients || is_client(code);
        }
        mentions(code, "crate::runtime::", self.used_as)
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
        format!("{}\n{text}", marker("//"))
    }
}

/// Returns whether the code is that of a client, and not only of types.
pub(super) fn is_client(code: &str) -> bool {
    code.contains("\npub struct Client ")
}

/// Returns whether the code has one of these names behind a path.
fn mentions(code: &str, path: &str, names: &[&str]) -> bool {
    let is_name = |rest: &str| !rest.starts_with(|char: char| char.is_alphanumeric() || char == '_');
    code.match_indices(path).any(|(start, _)| {
        let rest = &code[start + path.len()..];
        names.iter().any(|name| rest.strip_prefix(name).is_some_and(is_name))
    })
}

/// Returns the files of the runtime that the code uses by name, as a generated crate has them: without tests, and marked as
/// generated.
pub(crate) fn runtime(code: &str) -> impl Iterator<Item = (&'static str, String)> {
    RUNTIME.iter().filter(move |file| file.is_used(code)).map(move |file| (file.name, file.content(code)))
}

/// Returns the names that a standalone crate exports of its runtime.
pub(super) fn exports(code: &str) -> Vec<&'static str> {
    let used = RUNTIME.iter().filter(|file| file.is_used(code));
    let mut exports: Vec<&str> = used.flat_map(|file| file.exports).copied().collect();
    exports.sort_unstable();
    exports
}

/// Returns the names of the dependencies of the runtime.
pub(super) fn dependencies(code: &str) -> impl Iterator<Item = &'static str> {
    RUNTIME.iter().filter(move |file| file.is_used(code)).flat_map(|file| file.dependencies).copied()
}

/// Returns a file of the runtime without its test module, which is the last item.
fn without_tests(text: &str) -> String {
    let code = text.split("\n#[cfg(test)]\n").next().unwrap_or(text);
    format!("{}\n", code.trim_end())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// The beginning of the client.
    const CLIENT: &str = "\npub struct Client {";

    #[test]
    fn every_file_of_the_runtime_is_written() -> std::io::Result<()> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/runtime");
        let mut names: Vec<String> =
            fs::read_dir(root)?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
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
        let code: String = names.flat_map(|name| ["crate::runtime::", name, ";"]).chain([CLIENT]).collect();
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
        let code = format!("let headers = crate::runtime::header_map; crate::runtime::open_enum!(Status);{CLIENT}");
        let files: Vec<(&str, String)> = runtime(&code).collect();
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["mod.rs", "decode.rs", "open_enum.rs", "operation.rs", "path.rs", "transport.rs"]);
        syn::parse_file(&files[0].1)?;
        assert!(!files[0].1.contains("wire"), "{}", files[0].1);
        assert_eq!(exports(&code), ["Aborted", "Execute", "Execution", "OpenEnum", "Operation", "Transport"]);
        let needed: Vec<&str> = dependencies(&code).collect();
        assert_eq!(needed, ["percent-encoding", "http", "reqwest"]);
        Ok(())
    }

    #[test]
    fn types_alone_have_nothing_of_a_client() {
        let code = "crate::runtime::open_enum!(Status); crate::runtime::instant";
        let names: Vec<&str> = runtime(code).map(|(name, _)| name).collect();
        assert_eq!(names, ["mod.rs", "instant.rs", "open_enum.rs"]);
        assert_eq!(dependencies(code).collect::<Vec<_>>(), ["chrono"]);
    }
}
