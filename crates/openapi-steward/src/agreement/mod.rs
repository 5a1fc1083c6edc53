//! The agreement of a document with the Rust types that are generated from it.
//!
//! A test passes the JSON Schemas of the Rust types, which schemars derives. Each difference that `steward.toml` does not list is
//! a finding at its line of the document, and each entry without a difference is a finding at its line of `steward.toml`.

mod compare;
mod keywords;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use self::compare::{Difference, differences};
use self::keywords::{Keywords, keywords};
use crate::config::{Config, FILE};
use crate::document::{Document, Entry, Node, Source, Span};
use crate::outcome::CouldNotRun;
use crate::project::Project;

/// A document, and the deliberate differences from its Rust types.
#[derive(Debug)]
pub struct Agreement {
    source: Source,
    document: Document,
    config: Config,
}

impl Agreement {
    /// Reads a document and the `steward.toml` beside it.
    ///
    /// # Errors
    ///
    /// When one of them cannot be read, or the document has errors.
    pub fn open(document: &Path) -> Result<Self, CouldNotRun> {
        let project = Project::open(Some(document))?;
        Ok(Self { document: project.parse()?, source: project.source, config: project.config })
    }

    /// Returns the names of the components that should have a Rust type.
    pub fn components(&self) -> impl Iterator<Item = &str> {
        self.schemas().iter().map(|entry| entry.key.as_str()).filter(|name| !self.is_missing(name))
    }

    /// Compares each component with the JSON Schema of its Rust type. Returns the findings, each with its line.
    #[must_use]
    pub fn compare(&self, types: &BTreeMap<String, Value>) -> Vec<String> {
        let mut findings = self.without_counterpart(types);
        let components = self.schemas().iter().filter(|entry| types.contains_key(&entry.key));
        let document: Keywords = components.flat_map(|entry| keywords(&entry.key, &entry.node.to_json())).collect();
        let names: BTreeSet<&str> = self.components().collect();
        let rust = types.iter().filter(|(name, _)| names.contains(name.as_str()));
        let rust: Keywords = rust.flat_map(|(name, schema)| keywords(name, schema)).collect();
        findings.extend(self.unlisted_and_unused(&differences(&document, &rust)));
        findings
    }

    /// Checks that every component is one of these public types, or has a replacement in `steward.toml`. Returns the findings,
    /// each with its line.
    #[must_use]
    pub fn compare_public_types(&self, public_types: &[&str]) -> Vec<String> {
        let replacements = &self.config.rust_replacements;
        let is_replaced = |name: &str| replacements.iter().any(|one| one.component == name);
        let schemas = self.schemas().iter();
        let hidden = schemas.filter(|entry| !public_types.contains(&entry.key.as_str()) && !is_replaced(&entry.key));
        let hidden = hidden.map(|entry| {
            let fix = format!("make it public, or list it below `rust-replacements` in {FILE} with the reason");
            self.at(&entry.key_span, &format!("the type of `{}` is not public; {fix}", entry.key))
        });
        let is_unused =
            |name: &str| public_types.contains(&name) || !self.schemas().iter().any(|entry| entry.key == name);
        let unused = replacements.iter().filter(|one| is_unused(&one.component));
        let unused = unused.map(|one| {
            let message = format!("the replacement of `{}` is unused; remove the entry", one.component);
            self.at_entry(&one.span, &message)
        });
        hidden.chain(unused).collect()
    }

    fn without_counterpart(&self, types: &BTreeMap<String, Value>) -> Vec<String> {
        let schemas = self.schemas().iter();
        let without_type = schemas.filter(|entry| !types.contains_key(&entry.key) && !self.is_missing(&entry.key));
        let without_type = without_type.map(|entry| {
            let fix = format!("pass its schema, or list it below `missing-types` in {FILE} with the reason");
            self.at(&entry.key_span, &format!("`{}` has no Rust type; {fix}", entry.key))
        });
        let has_component = |name: &String| self.schemas().iter().any(|entry| entry.key == *name);
        let without_component = types.keys().filter(|name| !has_component(name));
        let without_component = without_component.map(|name| {
            format!("{}: the Rust type `{name}` has no component; add one, or do not pass the type", self.source.path)
        });
        let unused = self
            .config
            .missing_types
            .iter()
            .filter(|one| types.contains_key(&one.component) || !has_component(&one.component));
        let unused = unused.map(|one| {
            let message = format!("the entry for the missing type `{}` is unused; remove it", one.component);
            self.at_entry(&one.span, &message)
        });
        without_type.chain(without_component).chain(unused).collect()
    }

    /// Returns the differences that are not listed, and the entries that match none.
    fn unlisted_and_unused(&self, differences: &[Difference]) -> Vec<String> {
        let entries = &self.config.rust_differences;
        let matches = |entry: &crate::config::RustDifference, one: &Difference| {
            entry.matches(&one.path, one.keyword, one.document.as_deref(), one.rust.as_deref())
        };
        let unlisted = differences.iter().filter(|one| !entries.iter().any(|entry| matches(entry, one)));
        let unlisted = unlisted.map(|one| {
            let fix = format!(
                "change one of them, or list the difference below `rust-differences` in {FILE} with the reason"
            );
            self.at(&self.locate(&one.path), &format!("{one}; {fix}"))
        });
        let unused = entries.iter().filter(|entry| !differences.iter().any(|one| matches(entry, one)));
        let unused = unused.map(|entry| {
            let message = format!("no difference matches `{}`, `{}`; remove the entry", entry.path, entry.keyword);
            self.at_entry(&entry.span, &message)
        });
        unlisted.chain(unused).collect()
    }

    fn schemas(&self) -> &[Entry] {
        self.document.root.pointer("/components/schemas").map(Node::entries).unwrap_or_default()
    }

    fn is_missing(&self, name: &str) -> bool {
        self.config.missing_types.iter().any(|one| one.component == name)
    }

    /// The position of a path such as `Room.sid` in the document.
    fn locate(&self, path: &str) -> Span {
        let mut steps = vec!["components", "schemas"];
        for (index, name) in path.split('.').enumerate() {
            if index > 0 {
                steps.push("properties");
            }
            steps.push(name.trim_end_matches("[]"));
        }
        self.document.root.locate(steps)
    }

    fn at(&self, span: &Span, message: &str) -> String {
        line(&self.source, span, message)
    }

    fn at_entry(&self, span: &Span, message: &str) -> String {
        line(&self.config.source, span, message)
    }
}

fn line(source: &Source, span: &Span, message: &str) -> String {
    format!("{}:{}: {message}", source.path, source.position(span.start).line)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rules;

    const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Rooms, version: 1.0.0 }
paths: {}
components:
  schemas:
    Room:
      type: object
      required: [sid]
      properties:
        sid: { type: string }
    Filter: { type: string }
";

    fn agreement(config: &str) -> Result<Agreement, CouldNotRun> {
        let source = |path: &str, text: &str| Source::new(path, text);
        let config = Config::parse(source("steward.toml", config))?;
        let source = source("rooms.yaml", DOCUMENT);
        let document = rules::parse(&source).map_err(|_| CouldNotRun("the document has errors".to_owned()))?;
        Ok(Agreement { source, document, config })
    }

    fn types(kind: &str) -> BTreeMap<String, Value> {
        let room = json!({ "type": "object", "required": ["sid"], "properties": { "sid": { "type": kind } } });
        BTreeMap::from([("Room".to_owned(), room)])
    }

    const MISSING: &str = "[[missing-types]]\ncomponent = \"Filter\"\nreason = \"A parameter.\"\n";

    #[test]
    fn equal_types_agree() -> Result<(), CouldNotRun> {
        assert_eq!(agreement(MISSING)?.compare(&types("string")), Vec::<String>::new());
        Ok(())
    }

    #[test]
    fn a_difference_is_found_at_its_line_unless_it_is_listed() -> Result<(), CouldNotRun> {
        let found = agreement(MISSING)?.compare(&types("integer"));
        let expected = "rooms.yaml:10: Room.sid, type: string in the document, integer in Rust; change one of them";
        assert!(found.len() == 1 && found[0].starts_with(expected), "{found:?}");
        let listed = "[[rust-differences]]\npath = \"*.sid\"\nkeyword = \"type\"\ndocument = \"string\"\n\
                      rust = \"*\"\nreason = \"A test.\"\n";
        let both = format!("{MISSING}{listed}");
        assert_eq!(agreement(&both)?.compare(&types("integer")), Vec::<String>::new());
        let unused = agreement(&both)?.compare(&types("string"));
        assert!(
            unused.len() == 1 && unused[0].starts_with("steward.toml:4: no difference matches `*.sid`"),
            "{unused:?}"
        );
        Ok(())
    }

    #[test]
    fn a_component_needs_a_type_and_a_type_a_component() -> Result<(), CouldNotRun> {
        let mut types = types("string");
        types.insert("Other".to_owned(), json!({}));
        let found = agreement("")?.compare(&types);
        assert!(found[0].starts_with("rooms.yaml:11: `Filter` has no Rust type"), "{found:?}");
        assert!(found[1].starts_with("rooms.yaml: the Rust type `Other` has no component"), "{found:?}");
        Ok(())
    }

    #[test]
    fn an_unused_missing_type_is_found_at_its_line() -> Result<(), CouldNotRun> {
        let unused = format!("{MISSING}\n{}", MISSING.replace("Filter", "Other"));
        let found = agreement(&unused)?.compare(&types("string"));
        assert_eq!(found, ["steward.toml:5: the entry for the missing type `Other` is unused; remove it"]);
        Ok(())
    }

    #[test]
    fn a_component_needs_a_public_type_or_a_replacement() -> Result<(), CouldNotRun> {
        let replaced = "[[rust-replacements]]\ncomponent = \"Filter\"\nreason = \"A builder.\"\n";
        assert_eq!(agreement(replaced)?.compare_public_types(&["Room"]), Vec::<String>::new());
        assert!(
            agreement("")?.compare_public_types(&["Room"])[0]
                .starts_with("rooms.yaml:11: the type of `Filter` is not public")
        );
        let unused = agreement(replaced)?.compare_public_types(&["Room", "Filter"]);
        assert!(unused[0].starts_with("steward.toml:1: the replacement of `Filter`"), "{unused:?}");
        Ok(())
    }
}
