//! The files of a generated crate other than `generated.rs`: its runtime, and all others of a standalone crate.

mod call;
mod conformance;
mod example;
mod expectation;
mod licence;
mod manifest;
mod marker;
mod runtime;
mod sample;
mod scalar;
mod security;
mod values;
mod wire;

use serde_json::Value;

pub(crate) use self::licence::Licence;
pub(crate) use self::manifest::{crate_name, missing_dependencies};
pub(crate) use self::marker::is_generated;
use self::marker::marker;
pub(crate) use self::runtime::runtime;
pub(crate) use self::sample::{Direction as SampleDirection, Sampler};
use super::document_visitor::{Operation, operations};
use super::operation::Call;
use super::output::Generated;
use crate::document::Node;
use crate::formats::Formats;

/// The root of a standalone client.
const LIB: &str = include_str!("../../runtime/lib.rs.template");

/// A standalone crate.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    name: &'a str,
    /// The file of the document.
    document_name: &'a str,
    root: &'a Node,
    formats: &'a Formats,
    generated: &'a Generated,
    /// The document, with the parts of operations in them.
    document: Value,
    base_url: Option<String>,
    credentials: Option<String>,
}

impl<'a> Parts<'a> {
    /// Collects what the files are made of.
    pub(crate) fn new(
        name: &'a str,
        document_name: &'a str,
        root: &'a Node,
        formats: &'a Formats,
        generated: &'a Generated,
    ) -> Self {
        let mut document = root.to_json();
        super::lower::inline_operations(&mut document);
        let base_url = super::servers::base_url(&document);
        let mut parts = Self { name, document_name, root, formats, generated, document, base_url, credentials: None };
        if runtime::is_client(&generated.code) {
            parts.credentials = Some(format!("{}\n{}", marker("//"), security::file(&parts)));
        }
        parts
    }

    /// Returns the files of the crate, without `src/generated.rs`.
    pub(crate) fn files(&self, with_tests: bool) -> Vec<(String, String)> {
        let code = self.all_code();
        let mut files = vec![
            ("Cargo.toml".to_owned(), example::cargo_toml(self)),
            ("README.md".to_owned(), example::readme(self)),
            ("src/lib.rs".to_owned(), lib(&code)),
        ];
        files.extend(self.credentials.iter().map(|file| ("src/credentials.rs".to_owned(), file.clone())));
        if runtime::is_client(&code) {
            files.extend(example::example(self).map(|file| ("examples/first_operation.rs".to_owned(), file)));
        }
        if with_tests && runtime::is_client(&code) {
            files.extend(conformance::files(self));
        }
        files.extend(runtime(&code).map(|(name, content)| (format!("src/runtime/{name}"), content)));
        files
    }

    /// Returns the generated code of the crate.
    pub(crate) fn all_code(&self) -> String {
        [self.generated.code.as_str(), self.credentials.as_deref().unwrap_or_default()].concat()
    }

    /// Returns the name of the crate in Rust.
    fn krate(&self) -> String {
        self.name.replace('-', "_")
    }

    /// Returns the operations as the generator and the document have them.
    fn operations(&self) -> impl Iterator<Item = (&Call, Operation<'_>)> {
        self.generated.calls.iter().zip(operations(&self.document))
    }
}

/// Returns the root module of a standalone crate.
pub(crate) fn lib(code: &str) -> String {
    let exports = runtime::exports(code);
    let exports = if exports.is_empty() {
        String::new()
    } else {
        format!("pub use self::runtime::{{{}}};\n", exports.join(", "))
    };
    let has_runtime = runtime(code).count() > 1;
    let of_credentials =
        |line: &str| ["mod credentials;", "pub use self::credentials::"].iter().any(|start| line.starts_with(start));
    let has_credentials = code.contains("crate::runtime::with_credentials");
    let is_client = runtime::is_client(code);
    let has_base_url = code.contains("pub const BASE_URL: ");
    let mut text = String::new();
    for line in LIB.lines() {
        match line {
            // It is that of the next module.
            "#[rustfmt::skip]" if !has_credentials && text.ends_with("skip]\n") => {}
            "EXPORTS" => text.push_str(&exports),
            "mod runtime;" if !has_runtime => {}
            line if !has_credentials && of_credentials(line) => {}
            line if !is_client && line.starts_with("pub use self::generated::{") => {}
            "pub use self::generated::types;" if is_client => {}
            line => {
                let line = if has_base_url { line.to_owned() } else { line.replace("BASE_URL, ", "") };
                text.extend([line.as_str(), "\n"]);
            }
        }
    }
    format!("{}\n{text}", marker("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_exports_what_there_is() {
        let client = "\npub struct Client {\npub const BASE_URL: &str = \"\"; crate::runtime::with_credentials";
        insta::assert_snapshot!("root_of_a_client", lib(client));
        insta::assert_snapshot!("root_of_types", lib("pub mod types {}"));
    }
}
