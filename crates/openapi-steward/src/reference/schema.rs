//! A schema as a table of its properties, with its compositions.

use std::collections::HashSet;

use maud::{Markup, html};

use super::enumeration::constants;
use super::model::Model;
use super::row::Row;
use super::types::{is_condition, is_plain, kind};
use crate::document::{Entry, Node};
use crate::pages::anchor;
use crate::pages::markdown::block;
use crate::schema::{Composition, References, component_name};

/// The number of schemas inside each other that stand in one table. Deeper ones are named by their type.
const MAX_DEPTH: usize = 40;
/// The depth that a reference to another place than a component counts for, since it can lead back.
const REFERENCE: usize = 10;
/// The number of lists inside each other whose items are shown with the list itself.
const MAX_LISTS: usize = 5;

/// Renders the schemas of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct SchemaView<'a> {
    pub(super) model: &'a Model<'a>,
    pub(super) references: References<'a>,
}

impl<'a> SchemaView<'a> {
    pub(super) fn new(model: &'a Model<'a>) -> Self {
        Self { model, references: References::new(model.root) }
    }

    /// All that a schema says beside its type and its description. `id` is that of the section, for links to its properties.
    pub(super) fn body(&self, schema: &'a Node, id: Option<&str>) -> Markup {
        self.block(schema, id, 0)
    }

    fn block(&self, schema: &'a Node, id: Option<&str>, depth: usize) -> Markup {
        if depth > MAX_DEPTH {
            return Markup::default();
        }
        let Some(schema) = self.references.resolve(schema) else {
            return html! { p .muted { "The document does not have this schema." } };
        };
        // The parts that have no name are a part of this schema; the others have their own section.
        let (mut own, mut named) = (Vec::new(), Vec::new());
        self.parts(schema, &mut own, &mut named, 0);
        let required: Vec<&str> =
            Composition::of(schema, self.references).required(None).map(|(name, _)| name).collect();
        let mut rows: Vec<Row<'a>> = own.iter().flat_map(|part| self.properties(part, &required, id, depth)).collect();
        let mut taken = HashSet::new();
        for row in &mut rows {
            // A property that several parts have is the target of a link once, and no other section has its id.
            row.id = row.id.take().filter(|id| !self.model.ids.contains(id) && taken.insert(id.clone()));
        }
        html! {
            @for name in &named { (self.included(name)) }
            @if !rows.is_empty() { ul .props { @for row in &rows { (self.row(row)) } } }
            @for part in &own {
                (self.items(part, depth))
                (self.alternatives(part, depth))
            }
        }
    }

    /// Collects the schema and the parts of its `allOf`: those without a name, and the names of the others.
    fn parts(&self, schema: &'a Node, own: &mut Vec<&'a Node>, named: &mut Vec<&'a str>, depth: usize) {
        own.push(schema);
        for part in schema.items_of("allOf") {
            match component_name(part) {
                // An alias of a schema, with a description or a default of its own, shows the properties of that schema.
                Some(name) => named.push(name),
                None if depth < MAX_DEPTH => {
                    if let Some(part) = self.references.resolve(part) {
                        self.parts(part, own, named, depth + 1);
                    }
                }
                None => {}
            }
        }
    }

    /// The properties that stand in the section of a schema, each once.
    pub(super) fn own_properties(&self, schema: &'a Node) -> Vec<&'a Entry> {
        let (mut own, mut named, mut taken) = (Vec::new(), Vec::new(), HashSet::new());
        if let Some(schema) = self.references.resolve(schema) {
            self.parts(schema, &mut own, &mut named, 0);
        }
        let properties = own.into_iter().flat_map(|part| part.entries_of("properties"));
        properties.filter(|property| taken.insert(&property.key)).collect()
    }

    /// A schema of which this one has all properties.
    fn included(&self, name: &'a str) -> Markup {
        if !self.references.component(name).is_some_and(|schema| self.has_body(schema)) {
            return html! { p .muted { "Includes " (self.link(name)) } };
        }
        self.lazy(name, &html! { "Includes all of " (name) }, false)
    }

    /// The body of a schema of the components where it is used.
    pub(super) fn shared(&self, name: &str, is_open: bool) -> Markup {
        self.lazy(name, &html! { "Fields of " (name) }, is_open)
    }

    /// The body of a schema of the components, which the page puts here when it is opened. Without a script it is a link.
    fn lazy(&self, name: &str, label: &Markup, is_open: bool) -> Markup {
        match self.model.schema_ids.get(name) {
            Some(id) => html! {
                details .more data-ref=(id) open[is_open] {
                    summary { (label) }
                    p { a href=(anchor::link(id)) { "Go to " (name) } }
                }
            },
            None => Markup::default(),
        }
    }

    fn properties(&self, part: &'a Node, required: &[&str], id: Option<&str>, depth: usize) -> Vec<Row<'a>> {
        let mut rows: Vec<Row<'a>> = Vec::new();
        for property in part.entries_of("properties") {
            let (name, schema) = (&property.key, &property.node);
            rows.push(Row {
                id: id.map(|id| property_id(id, name)),
                name: html! { b { (name) } },
                description: self.description(schema),
                is_required: required.contains(&name.as_str()),
                is_deprecated: self.has_flag(schema, "deprecated"),
                more: self.nested(schema, depth),
                schema: Some(schema),
            });
        }
        for pattern in part.entries_of("patternProperties") {
            rows.push(self.unnamed(&html! { "name matches " samp { (pattern.key) } }, &pattern.node, depth));
        }
        if let Some(additional) = part
            .get("additionalProperties")
            .filter(|node| !node.entries().is_empty() && self.scalar_items(part).is_none())
        {
            let name = if rows.is_empty() { "any name" } else { "any other name" };
            rows.push(self.unnamed(&html! { (name) }, additional, depth));
        }
        rows
    }

    /// The schema of a property below its row: a table of its own, or a shared schema that can be opened.
    pub(super) fn nested(&self, schema: &'a Node, depth: usize) -> Markup {
        // A list or a map has the properties of its items.
        let mut inner = schema;
        for _ in 0..MAX_LISTS {
            if let Some(name) = Self::only_name(inner) {
                let has_body = self.references.component(name).is_some_and(|schema| self.has_body(schema));
                return if has_body { self.shared(name, false) } else { Markup::default() };
            }
            let items = inner.get("items").filter(|_| kind(inner) == "array");
            let values = inner
                .get("additionalProperties")
                .filter(|values| !values.entries().is_empty() && inner.entries_of("properties").is_empty());
            match items.or(values) {
                Some(next) => inner = next,
                None => break,
            }
        }
        let Some(resolved) = self.references.resolve(inner) else { return Markup::default() };
        let is_reference = !std::ptr::eq(resolved, inner);
        let depth = if is_reference { depth + REFERENCE } else { depth };
        if is_reference && !self.model.may_repeat(resolved) {
            return Markup::default();
        }
        if depth >= MAX_DEPTH || !self.has_body(resolved) {
            return Markup::default();
        }
        let number = resolved.entries_of("properties").len();
        let text = self.description(inner).filter(|_| !std::ptr::eq(inner, schema));
        html! {
            details .more {
                summary {
                    @if number > 0 { "Show " (crate::text::count(number, "field")) } @else { "Show the parts" }
                }
                @if let Some(text) = text { (block(text, 6)) }
                (self.block(resolved, None, depth + 1))
            }
        }
    }

    /// The name of the schema that this one only refers to, possibly with keys beside the reference.
    fn only_name(schema: &'a Node) -> Option<&'a str> {
        component_name(schema).or_else(|| match schema.items_of("allOf") {
            [only] if schema.get("properties").is_none() => component_name(only),
            _ => None,
        })
    }

    /// Returns whether the table of a schema would have a row.
    pub(super) fn has_body(&self, schema: &'a Node) -> bool {
        let composition = Composition::of(schema, self.references);
        composition.parts().iter().any(|part| {
            let is_table = |key: &str| key != "additionalProperties" || self.scalar_items(part).is_none();
            let has_entries = |key: &str| is_table(key) && part.get(key).is_some_and(|node| !node.entries().is_empty());
            let alternatives = part.items_of("oneOf").iter().chain(part.items_of("anyOf"));
            ["properties", "patternProperties", "additionalProperties"].into_iter().any(has_entries)
                || (alternatives.clone().any(|one| !is_condition(one)) && constants(part).is_none())
                || part
                    .get("items")
                    .is_some_and(|items| self.references.resolve(items).is_some_and(|items| !is_plain(items)))
                || !part.items_of("prefixItems").is_empty()
        })
    }

    /// The items of a list.
    fn items(&self, part: &'a Node, depth: usize) -> Markup {
        let row = |name: String, schema| self.row(&self.unnamed(&html! { (name) }, schema, depth));
        let prefix = part.items_of("prefixItems");
        html! {
            @if !prefix.is_empty() || part.get("items").is_some_and(|items| !items.entries().is_empty() && self.scalar_items(part).is_none()) {
                ul .props {
                    @for (index, item) in prefix.iter().enumerate() { (row(format!("item {}", index + 1), item)) }
                    @if let Some(items) = part.get("items") {
                        (row(if prefix.is_empty() { "each item" } else { "each further item" }.to_owned(), items))
                    }
                }
            }
        }
    }

    /// The description of a schema, or of the shared one that it refers to.
    pub(super) fn description(&self, schema: &'a Node) -> Option<&'a str> {
        let text = |node: &'a Node| node.get_str("description").filter(|text| !text.trim().is_empty());
        let resolved = self.references.resolve(schema);
        let inline = |schema: &'a Node| {
            schema.items_of("allOf").iter().filter(|part| component_name(part).is_none()).find_map(text)
        };
        text(schema).or_else(|| resolved.and_then(|schema| text(schema).or_else(|| inline(schema))))
    }
}

/// The id of a property in the section of a schema.
pub(super) fn property_id(section: &str, name: &str) -> String {
    format!("{section}.{}", name.replace(char::is_whitespace, "_"))
}
