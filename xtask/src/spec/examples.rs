//! Checks every example of the document against its schema, with the dialect of OpenAPI 3.0.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;

use serde_json::Value;

use super::diagnostic::{Diagnostic, did_you_mean};
use super::json_schema::{Schemas, convert, findings};
use super::yaml::{Entry, Node};

/// The folder of the examples that are files, beside the document.
const FOLDER: &str = "examples";

pub(super) fn check(root: &Node, directory: &Path) -> Vec<Diagnostic> {
    let schemas = Schemas::of(root);
    let mut examples = Examples { root, schemas, directory, used: BTreeSet::new(), findings: Vec::new() };
    examples.visit(root);
    examples.unused_files();
    examples.findings
}

struct Examples<'a> {
    root: &'a Node,
    schemas: Schemas,
    directory: &'a Path,
    /// The files that an example points at.
    used: BTreeSet<String>,
    findings: Vec<Diagnostic>,
}

impl Examples<'_> {
    /// Checks what has a schema and examples for it: media types, parameters and headers.
    fn visit(&mut self, node: &Node) {
        if let Some(schema) = node.get("schema") {
            self.value_beside(schema, node.entry("example"));
            for example in node.get("examples").map(Node::entries).unwrap_or_default() {
                self.value_beside(schema, example.node.entry("value"));
                if let Some(file) = example.node.get("externalValue") {
                    self.file(schema, file);
                }
            }
        }
        for entry in node.entries() {
            if !["example", "examples", "default", "enum"].contains(&entry.key.as_str()) {
                self.visit(&entry.node);
            }
        }
        node.items().iter().for_each(|item| self.visit(item));
    }

    fn value_beside(&mut self, schema: &Node, example: Option<&Entry>) {
        if let Some(example) = example {
            self.compare(schema, &example.node.to_json(), "this example", &example.node.span);
        }
    }

    fn file(&mut self, schema: &Node, file: &Node) {
        let name = file.str().unwrap_or_default();
        self.used.insert(name.to_owned());
        match fs::read_to_string(self.directory.join(name)) {
            Err(error) => {
                let why = match error.kind() {
                    io::ErrorKind::NotFound => "there is no such file".to_owned(),
                    _ => error.to_string(),
                };
                let finding = Diagnostic::new(format!("cannot read the example {name}: {why}"), file.span.clone());
                let files = self.files();
                let similar = did_you_mean(name, files.iter().map(String::as_str));
                let help = similar.map_or_else(
                    || "add the file beside the spec, or remove the example".to_owned(),
                    |similar| format!("did you mean `{similar}`?"),
                );
                self.findings.push(finding.help(help));
            }
            Ok(text) => match serde_json::from_str(&text) {
                Err(error) => self.findings.push(
                    Diagnostic::new(format!("the example {name} is not JSON: {error}"), file.span.clone())
                        .help(format!("mend {name} at line {}, column {}", error.line(), error.column())),
                ),
                Ok(value) => self.compare(schema, &value, &format!("the example {name}"), &file.span),
            },
        }
    }

    fn compare(&mut self, schema: &Node, value: &Value, what: &str, span: &Range<usize>) {
        match findings(&self.schemas.complete(&convert(&schema.to_json())), value) {
            Err(error) => self.findings.push(
                Diagnostic::new(format!("this schema cannot be used: {error}"), self.root.locate([]).start..span.end)
                    .help("mend the schema first"),
            ),
            Ok(found) => {
                for (at, why) in found {
                    let place = if at.is_empty() { String::new() } else { format!(" at {at}") };
                    self.findings.push(
                        Diagnostic::new(format!("{what} does not match its schema{place}"), span.clone())
                            .label(why)
                            .help("change the example, or the schema if the example is what the service sends"),
                    );
                }
            }
        }
    }

    /// The files in the folder of examples, as examples point at them.
    fn files(&self) -> BTreeSet<String> {
        let entries = fs::read_dir(self.directory.join(FOLDER)).into_iter().flatten().flatten();
        entries.map(|entry| format!("{FOLDER}/{}", entry.file_name().to_string_lossy())).collect()
    }

    fn unused_files(&mut self) {
        for file in self.files().difference(&self.used.clone()) {
            let span = self.root.locate(["paths"]);
            self.findings.push(
                Diagnostic::new(format!("no example of the spec points at {file}"), span)
                    .label("not from any operation")
                    .help(format!("add `externalValue: {file}` to an example, or remove the file")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, Spec};

    const SPEC: &str = include_str!("../../fixtures/rooms.yaml");

    /// What is said of the examples of a spec, with one thing changed.
    fn findings(from: &str, to: &str) -> String {
        assert!(SPEC.contains(from), "the spec does not hold {from:?}");
        let source = Source { path: "rooms.yaml".to_owned(), text: SPEC.replacen(from, to, 1) };
        let findings = match Spec::parse(&source) {
            Ok(spec) => spec.check_examples(&crate::generate::root().join("xtask/fixtures")),
            Err(findings) => findings,
        };
        source.render_plain(&findings)
    }

    #[test]
    fn examples_that_match_are_not_spoken_of() {
        assert_eq!(findings("openapi", "openapi"), "");
    }

    #[test]
    fn an_example_in_the_spec_that_does_not_match_is_found() {
        insta::assert_snapshot!("a_parameter_out_of_range", findings("example: 1000\n", "example: 1001\n"));
    }

    #[test]
    fn a_file_that_does_not_match_is_found_with_the_place_inside_it() {
        let found = findings("format: room-sid\n", "format: room-sid\n          pattern: ^RM[0-9a-f]{32}$\n");
        insta::assert_snapshot!("a_file_that_does_not_match", found);
    }

    #[test]
    fn a_file_that_is_not_there_is_found_and_so_is_one_that_nothing_points_at() {
        insta::assert_snapshot!(
            "a_file_that_is_not_there",
            findings("examples/no-rooms.json", "examples/no-room.json")
        );
    }
}
