//! The spec as the one model that everything else reads: YAML with positions, and what is wrong with it.

mod diagnostic;
mod examples;
mod json_schema;
mod shape;
mod structure;
mod yaml;

use std::fs;
use std::path::Path;

pub(crate) use self::diagnostic::{Diagnostic, did_you_mean};
pub(crate) use self::json_schema::{Schemas, findings};
pub(crate) use self::yaml::{Entry, Node, parse as parse_yaml, parse_json};
use crate::outcome::CouldNotRun;

/// The keys of a path that are operations.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A document that has been read, and whose structure is that of OpenAPI 3.0.
#[derive(Debug)]
pub(crate) struct Spec {
    pub(crate) root: Node,
}

/// The text of a document and the name that its diagnostics call it by.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn read(path: &Path) -> Result<Self, CouldNotRun> {
        let name = path.display().to_string();
        let bytes = fs::read(path)
            .map_err(|error| CouldNotRun(format!("cannot read the spec {name}: {error}; name another with --spec")))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + String::from_utf8_lossy(valid).matches('\n').count();
            CouldNotRun(format!("the spec {name} is not UTF-8: line {line} holds other bytes; save the file as UTF-8"))
        })?;
        Ok(Self { path: name, text })
    }

    /// Reads a body that is to be checked.
    pub(crate) fn read_body(path: &Path) -> Result<Self, CouldNotRun> {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| CouldNotRun(format!("cannot read {name}: {error}")))?;
        let text =
            String::from_utf8(bytes).map_err(|_| CouldNotRun(format!("{name} is not UTF-8, as JSON has to be")))?;
        Ok(Self { path: name, text })
    }

    /// The diagnostics as they are shown to the reader.
    pub(crate) fn render(&self, diagnostics: &[Diagnostic]) -> String {
        diagnostic::render(diagnostics, &self.path, &self.text, true)
    }

    #[cfg(test)]
    pub(crate) fn render_plain(&self, diagnostics: &[Diagnostic]) -> String {
        diagnostic::render(diagnostics, &self.path, &self.text, false)
    }
}

impl Spec {
    pub(crate) fn parse(source: &Source) -> Result<Self, Vec<Diagnostic>> {
        let root = yaml::parse(&source.text).map_err(|diagnostic| vec![diagnostic])?;
        let findings = structure::check(&root);
        if findings.is_empty() { Ok(Self { root }) } else { Err(findings) }
    }

    /// What is wrong with the examples of the document. The files they point at are looked up beside it.
    pub(crate) fn check_examples(&self, directory: &Path) -> Vec<Diagnostic> {
        examples::check(&self.root, directory)
    }
}
