//! Finds the differences between two documents about the same paths.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::resolved_schema::{ResolvedSchema, text};
use crate::document::{Entry, METHODS, Node, Span};

/// One fact that differs between the documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// The subject: `list_rooms`, `list_rooms ?PageSize`, `Room.sid`.
    pub(crate) place: String,
    /// The fact: `nullable`, `property`, `format`.
    pub(crate) fact: &'static str,
    /// The fact in the vendor's document.
    pub(crate) vendor: Option<String>,
    /// The fact in our document.
    pub(crate) ours: Option<String>,
    /// The place in our document.
    pub(crate) span: Span,
}

impl Difference {
    /// Returns the name of the difference in `steward.toml`: `Room.sid: nullable`.
    pub(crate) fn name(&self) -> String {
        format!("{}: {}", self.place, self.fact)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let display = |fact: &Option<String>| fact.clone().unwrap_or_else(|| "none".to_owned());
        write!(f, "{}: vendor {}, here {}", self.name(), display(&self.vendor), display(&self.ours))
    }
}

/// The result of a comparison.
#[derive(Debug)]
pub(crate) struct Compared {
    pub(crate) differences: Vec<Difference>,
    /// The number of operations that only the vendor's document has.
    pub(crate) left_out: usize,
}

/// Compares the operations that both documents have, with their parameters and schemas.
pub(crate) fn documents(vendor: &Node, ours: &Node) -> Compared {
    let mut comparison = Comparison { vendor, ours, compared: BTreeSet::new(), differences: Vec::new() };
    let (theirs, ours) = (operations(vendor), operations(ours));
    for operation in &ours {
        match theirs.iter().find(|other| other.id == operation.id) {
            Some(other) => comparison.operation(other, operation),
            None => {
                comparison.add(
                    operation.name(),
                    "operation",
                    None,
                    Some(PRESENT.to_owned()),
                    &operation.entry.key_span,
                );
            }
        }
    }
    let left_out = theirs.iter().filter(|other| !ours.iter().any(|operation| operation.id == other.id)).count();
    Compared { differences: comparison.differences, left_out }
}

struct Operation<'a> {
    /// Its method and its path without the names of parameters.
    id: String,
    path: &'a Node,
    entry: &'a Entry,
}

impl Operation<'_> {
    fn name(&self) -> &str {
        self.entry.node.get_str("operationId").unwrap_or(&self.id)
    }
}

fn operations(root: &Node) -> Vec<Operation<'_>> {
    let operations = root.entries_of("paths").iter().flat_map(|path| {
        let operations = path.node.entries().iter().filter(|entry| METHODS.contains(&entry.key.as_str()));
        operations.map(move |entry| {
            let without_names = path.key.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
            let id = format!("{} {}", entry.key, without_names.collect::<Vec<_>>().join("{}"));
            Operation { id, path: &path.node, entry }
        })
    });
    operations.collect()
}

/// Two documents, and the differences found so far.
struct Comparison<'a> {
    vendor: &'a Node,
    ours: &'a Node,
    /// The schemas of ours that have been compared: their names, or their places if they have none.
    compared: BTreeSet<String>,
    differences: Vec<Difference>,
}

/// The fact of a thing that only one document has.
const PRESENT: &str = "present";

/// The facts of a schema that are one value each.
const FACTS: [&str; 13] = [
    "type",
    "format",
    "pattern",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "multipleOf",
    "additionalProperties",
    "deprecated",
];

impl<'a> Comparison<'a> {
    fn add(&mut self, place: &str, fact: &'static str, vendor: Option<String>, ours: Option<String>, span: &Span) {
        if vendor != ours {
            self.differences.push(Difference { place: place.to_owned(), fact, vendor, ours, span: span.clone() });
        }
    }

    fn operation(&mut self, there: &Operation<'a>, here: &Operation<'a>) {
        let (place, at) = (here.name().to_owned(), here.entry.key_span.clone());
        let id = |operation: &Operation<'_>| operation.entry.node.get("operationId").map(text);
        self.add(&place, "operationId", id(there), id(here), &at);
        let tags = |operation: &Operation<'_>| operation.entry.node.get("tags").map(text);
        self.add(&place, "tags", tags(there), tags(here), &at);
        let security = |root: &Node, operation: &Operation<'_>| {
            operation.entry.node.get("security").or_else(|| root.get("security")).map(text)
        };
        self.add(&place, "security", security(self.vendor, there), security(self.ours, here), &at);
        self.parameters(&place, there, here);
        self.body(&place, there, here);
        self.responses(&place, there, here);
    }

    fn parameters(&mut self, place: &str, there: &Operation<'a>, here: &Operation<'a>) {
        let all = |root: &'a Node, operation: &Operation<'a>| -> Vec<&'a Node> {
            let lists = operation.path.items_of("parameters").iter().chain(operation.entry.node.items_of("parameters"));
            lists.map(|written| written.resolve(root)).collect()
        };
        let name = |parameter: &Node| {
            let text = |key| parameter.get_str(key).unwrap_or_default();
            match text("in") {
                "query" => format!("?{}", text("name")),
                "path" => format!("{{{}}}", text("name")),
                _ => text("name").to_lowercase(),
            }
        };
        let (theirs, ours) = (all(self.vendor, there), all(self.ours, here));
        for parameter in &ours {
            let place = format!("{place} {}", name(parameter));
            let at = parameter.locate(["name"]);
            match theirs.iter().find(|other| name(other) == name(parameter)) {
                None => self.add(&place, "parameter", None, Some(PRESENT.to_owned()), &at),
                Some(other) => {
                    let required = |node: &Node| Some(node.is_true("required").to_string());
                    self.add(&place, "required", required(other), required(parameter), &at);
                    self.schemas(&place, other.get("schema"), parameter.get("schema"), &at);
                }
            }
        }
        for other in theirs.iter().filter(|other| !ours.iter().any(|parameter| name(parameter) == name(other))) {
            self.add(
                &format!("{place} {}", name(other)),
                "parameter",
                Some(PRESENT.to_owned()),
                None,
                &here.entry.key_span,
            );
        }
    }

    fn body(&mut self, place: &str, there: &Operation<'a>, here: &Operation<'a>) {
        let media = |root: &'a Node, operation: &Operation<'a>| {
            operation
                .entry
                .node
                .get("requestBody")
                .map(|body| body.resolve(root))
                .and_then(|body| body.entries_of("content").first())
        };
        let (theirs, ours) = (media(self.vendor, there), media(self.ours, here));
        let at = ours.map_or(&here.entry.key_span, |media| &media.key_span).clone();
        let kind = |media: Option<&Entry>| media.map(|media| media.key.clone());
        self.add(place, "body", kind(theirs), kind(ours), &at);
        if let (Some(other), Some(media)) = (theirs, ours) {
            self.schemas(&format!("{place} body"), other.node.get("schema"), media.node.get("schema"), &at);
        }
    }

    fn responses(&mut self, place: &str, there: &Operation<'a>, here: &Operation<'a>) {
        let of = |operation: &Operation<'a>, success: bool| -> Vec<&'a Entry> {
            let all = operation.entry.node.entries_of("responses").iter();
            all.filter(|response| response.key.starts_with('2') == success).collect()
        };
        let keys = |responses: &[&Entry]| {
            let keys: Vec<&str> = responses.iter().map(|response| response.key.as_str()).collect();
            (!keys.is_empty()).then(|| keys.join(", "))
        };
        let at = here.entry.node.locate(["responses"]);
        let (theirs, ours) = (of(there, true), of(here, true));
        self.add(place, "success", keys(&theirs), keys(&ours), &at);
        self.add(place, "errors", keys(&of(there, false)), keys(&of(here, false)), &at);
        let (Some(other), Some(response)) = (theirs.first(), ours.first()) else { return };
        let (other, response) = (other.node.resolve(self.vendor), response.node.resolve(self.ours));
        let headers = |response: &Node| {
            let names: Vec<&str> = response.entries_of("headers").iter().map(|header| header.key.as_str()).collect();
            (!names.is_empty()).then(|| names.join(", "))
        };
        self.add(place, "headers", headers(other), headers(response), &at);
        let schema = |response: &'a Node| response.get("content")?.get("application/json")?.get("schema");
        self.schemas(&format!("{place} response"), schema(other), schema(response), &at);
    }

    /// Compares two schemas. `place` names them unless ours is a component.
    fn schemas(&mut self, place: &str, there: Option<&'a Node>, here: Option<&'a Node>, at: &Span) {
        let (Some(there), Some(here)) = (there, here) else {
            let presence = |schema: Option<&Node>| schema.map(|_| PRESENT.to_owned());
            return self.add(place, "schema", presence(there), presence(here), at);
        };
        let (there, here) = (ResolvedSchema::of(self.vendor, there), ResolvedSchema::of(self.ours, here));
        let is_named_by_component = here.get("properties").is_some() || here.get("enum").is_some();
        let named = here.name.filter(|_| is_named_by_component);
        // `nullable` and `default` belong to the place of the schema.
        self.fact(place, "nullable", &there, &here, at);
        self.fact(place, "default", &there, &here, at);
        let place = named.unwrap_or(place);
        if !self.compared.insert(place.to_owned()) {
            return;
        }
        for fact in FACTS {
            self.fact(place, fact, &there, &here, at);
        }
        let values = |schema: &ResolvedSchema<'_>| {
            let mut values: Vec<String> = schema.get("enum")?.items().iter().map(text).collect();
            values.sort();
            Some(values.join(", "))
        };
        self.add(place, "enum", values(&there), values(&here), at);
        self.properties(place, &there, &here);
        if let (Some(there), Some(here)) = (there.get("items"), here.get("items")) {
            self.schemas(&format!("{place}[]"), Some(there), Some(here), at);
        }
    }

    fn fact(
        &mut self,
        place: &str,
        fact: &'static str,
        there: &ResolvedSchema<'_>,
        here: &ResolvedSchema<'_>,
        at: &Span,
    ) {
        let at = here.entry(fact).map_or(at, |entry| &entry.key_span);
        // An explicit `false` equals the default.
        let value = |schema: &ResolvedSchema<'_>| {
            schema.get(fact).filter(|node| node.to_json() != Value::Bool(false)).map(text)
        };
        self.add(place, fact, value(there), value(here), at);
    }

    fn properties(&mut self, place: &str, there: &ResolvedSchema<'a>, here: &ResolvedSchema<'a>) {
        let entries = |schema: &ResolvedSchema<'a>| schema.get("properties").map(Node::entries).unwrap_or_default();
        let required = |schema: &ResolvedSchema<'a>, name: &str| {
            let names = schema.get("required").map(Node::items).unwrap_or_default();
            Some(names.iter().any(|item| item.str() == Some(name)).to_string())
        };
        let (theirs, ours) = (entries(there), entries(here));
        for property in ours {
            let (place, at) = (format!("{place}.{}", property.key), &property.key_span);
            match theirs.iter().find(|other| other.key == property.key) {
                None => self.add(&place, "property", None, Some(PRESENT.to_owned()), at),
                Some(other) => {
                    self.add(&place, "required", required(there, &property.key), required(here, &property.key), at);
                    self.schemas(&place, Some(&other.node), Some(&property.node), at);
                }
            }
        }
        let at = here.entry("properties").map(|entry| entry.key_span.clone());
        for other in theirs.iter().filter(|other| !ours.iter().any(|property| property.key == other.key)) {
            let at = at.clone().unwrap_or_else(|| here.layers.first().map_or(0..0, |layer| layer.span.clone()));
            self.add(&format!("{place}.{}", other.key), "property", Some(PRESENT.to_owned()), None, &at);
        }
    }
}
