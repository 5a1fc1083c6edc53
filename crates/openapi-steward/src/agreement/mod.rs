//! The agreement of a document with the Rust types that are made of it.
//!
//! A test passes the JSON Schemas of the Rust types, as schemars makes them. Each difference that `steward.toml` does not list
//! is a finding at its line of the document, and each entry without a difference is one at its line of `steward.toml`.

mod compare;
mod facts;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use self::compare::{Difference, differences};
use self::facts::{Facts, facts};
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

    /// The names of the components that should have a Rust type.
    pub fn components(&self) -> impl Iterator<Item = &str> {
        self.schemas().iter().map(|entry| entry.key.as_str()).filter(|name| !self.is_missing(name))
    }

    /// Compares each component with the JSON Schema of its Rust type. Returns the findings, each with its line.
    #[must_use]
    pub fn compare(&self, types: &BTreeMap<String, Value>) -> Vec<String> {
        let mut findings = self.without_counterpart(types);
        let components = self.schemas().iter().filter(|entry| types.contains_key(&entry.key));
        let document: Facts = components.flat_map(|entry| facts(&entry.key, &entry.node.to_json())).collect();
        let names: BTreeSet<&str> = self.components().collect();
        let rust = types.iter().filter(|(name, _)| names.contains(name.as_str()));
        let rust: Facts = rust.flat_map(|(name, schema)| facts(name, schema)).collect();
        findings.extend(self.disagreements(&differences(&document, &rust)));
        findings
    }

    /// Checks that every component is either shown to users, as one of these types, or has a listed replacement.
    #[must_use]
    pub fn compare_shown(&self, shown: &[&str]) -> Vec<String> {
        let replacements = &self.config.rust_replacements;
        let is_replaced = |name: &str| replacements.iter().any(|one| one.component == name);
        let schemas = self.schemas().iter();
        let hidden = schemas.filter(|entry| !shown.contains(&entry.key.as_str()) && !is_replaced(&entry.key));
        let hidden = hidden.map(|entry| {
            let advice = format!("show it, or list it below `rust-replacements` in {FILE} with the reason");
            self.at(&entry.key_span, &format!("users do not see the type of `{}`; {advice}", entry.key))
        });
        let is_of_no_use = |name: &str| shown.contains(&name) || !self.schemas().iter().any(|entry| entry.key == name);
        let unused = replacements.iter().filter(|one| is_of_no_use(&one.component));
        let unused = unused.map(|one| {
            let message = format!("the replacement of `{}` is not needed any more; remove the entry", one.component);
            self.at_entry(&one.span, &message)
        });
        hidden.chain(unused).collect()
    }

    fn without_counterpart(&self, types: &BTreeMap<String, Value>) -> Vec<String> {
        let schemas = self.schemas().iter();
        let without_type = schemas.filter(|entry| !types.contains_key(&entry.key) && !self.is_missing(&entry.key));
        let without_type = without_type.map(|entry| {
            let advice = format!("pass its schema, or list it below `missing-types` in {FILE} with the reason");
            self.at(&entry.key_span, &format!("`{}` has no Rust type; {advice}", entry.key))
        });
        let has_component = |name: &String| self.schemas().iter().any(|entry| entry.key == *name);
        let without_component = types.keys().filter(|name| !has_component(name));
        let without_component =
            without_component.map(|name| format!("{}: the Rust type `{name}` has no component", self.source.path));
        let unused = self
            .config
            .missing_types
            .iter()
            .filter(|one| types.contains_key(&one.component) || !has_component(&one.component));
        let unused = unused.map(|one| {
            let message = format!("the missing type of `{}` is not needed any more; remove the entry", one.component);
            self.at_entry(&one.span, &message)
        });
        without_type.chain(without_component).chain(unused).collect()
    }

    /// The differences that are not listed, and the entries that match none.
    fn disagreements(&self, differences: &[Difference]) -> Vec<String> {
        let entries = &self.config.rust_differences;
        let matches = |entry: &crate::config::RustDifference, one: &Difference| {
            entry.matches(&one.place, one.fact, one.document.as_deref(), one.rust.as_deref())
        };
        let unlisted = differences.iter().filter(|one| !entries.iter().any(|entry| matches(entry, one)));
        let unlisted = unlisted.map(|one| {
            let advice = format!("change one of them, or list the difference in {FILE} with its reason");
            self.at(&self.locate(&one.place), &format!("{one}; {advice}"))
        });
        let unused = entries.iter().filter(|entry| !differences.iter().any(|one| matches(entry, one)));
        let unused = unused.map(|entry| {
            let message =
                format!("no difference matches `{}`, `{}` any more; remove the entry", entry.place, entry.fact);
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

    /// The place of `Room.sid` in the document.
    fn locate(&self, place: &str) -> Span {
        let mut steps = vec!["components", "schemas"];
        for (index, name) in place.split('.').enumerate() {
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
        let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
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
    fn types_that_say_the_same_agree() -> Result<(), CouldNotRun> {
        assert_eq!(agreement(MISSING)?.compare(&types("string")), Vec::<String>::new());
        Ok(())
    }

    #[test]
    fn a_difference_is_found_at_its_line_unless_it_is_listed() -> Result<(), CouldNotRun> {
        let found = agreement(MISSING)?.compare(&types("integer"));
        let expected = "rooms.yaml:10: Room.sid, type: the document says string, Rust says integer; change one of them";
        assert!(found.len() == 1 && found[0].starts_with(expected), "{found:?}");
        let listed = "[[rust-differences]]\nplace = \"*.sid\"\nfact = \"type\"\ndocument = \"string\"\n\
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
        assert_eq!(found[1], "rooms.yaml: the Rust type `Other` has no component");
        Ok(())
    }

    #[test]
    fn users_see_a_type_or_its_replacement() -> Result<(), CouldNotRun> {
        let replaced = "[[rust-replacements]]\ncomponent = \"Filter\"\nreason = \"A builder.\"\n";
        assert_eq!(agreement(replaced)?.compare_shown(&["Room"]), Vec::<String>::new());
        assert!(agreement("")?.compare_shown(&["Room"])[0].starts_with("rooms.yaml:11: users do not see"));
        let unused = agreement(replaced)?.compare_shown(&["Room", "Filter"]);
        assert!(unused[0].starts_with("steward.toml:1: the replacement of `Filter`"), "{unused:?}");
        Ok(())
    }
}
