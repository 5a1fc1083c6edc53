//! The names of the types that schemas get where they are used, and not as components.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::codegen::chosen_names::chosen;
use crate::codegen::document_visitor::for_each_schema;
use crate::codegen::names::{Kind, Names, Taken};

/// The names that types have, or will have.
#[derive(Debug)]
pub(super) struct InlineNames {
    names: Names,
    /// The types that got the names which were wanted for them, or the next ones, by those.
    wanted: BTreeMap<String, Vec<String>>,
    /// The chosen names that are given.
    given: BTreeSet<String>,
    /// The first chosen name that could not be given.
    taken: Option<Taken>,
}

impl InlineNames {
    /// Reserves the names of the components, each with its name in the document, and the chosen ones.
    pub(super) fn new(document: &mut Value, components: &BTreeMap<String, String>) -> Result<Self, Taken> {
        let mut names = Names::reserving(components.keys().map(String::as_str));
        let mut all = BTreeSet::new();
        for_each_schema(document, &mut |schema| all.extend(chosen(schema).map(str::to_owned)));
        for name in all {
            names.choose(Kind::Type, &name, components.get(&name).map(String::as_str))?;
        }
        Ok(Self { names, wanted: BTreeMap::new(), given: BTreeSet::new(), taken: None })
    }

    /// Returns a name by the rule. An equal type for which the same one was wanted has it already.
    pub(super) fn wanted(&mut self, wanted: &str, definition: &Value, types: &Map<String, Value>) -> String {
        let same = self.wanted.get(wanted).into_iter().flatten();
        if let Some(name) = same.into_iter().find(|name| types.get(*name) == Some(definition)) {
            return name.clone();
        }
        let name = self.names.type_(wanted);
        self.wanted.entry(wanted.to_owned()).or_default().push(name.clone());
        name
    }

    /// Returns a chosen name. Equal types can share it.
    pub(super) fn chosen(&mut self, chosen: &str, definition: &Value, types: &Map<String, Value>) -> String {
        if !self.given.insert(chosen.to_owned()) && types.get(chosen) != Some(definition) {
            self.keep(Err(Taken { kind: Kind::Type, name: chosen.to_owned(), by: None }));
        }
        chosen.to_owned()
    }

    /// Keeps the first problem with a chosen name.
    pub(super) fn keep(&mut self, named: Result<(), Taken>) {
        self.taken = self.taken.take().or(named.err());
    }

    /// Returns the chosen name that could not be given.
    pub(super) fn finish(self) -> Result<(), Taken> {
        self.taken.map_or(Ok(()), Err)
    }
}
