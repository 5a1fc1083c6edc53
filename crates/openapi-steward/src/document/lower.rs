//! Rewrites the schemas of OpenAPI 3.1 and later with the keywords of 3.0.
//!
//! Everything that works with the meaning of schemas reads them in this form, so that a schema means the same however it is written.
//! Positions stay those of the source. Keywords that 3.0 has no counterpart for stay as they are.

use std::collections::HashMap;

use serde_json::Number;

use super::node::{Entry, Map, Node, Value};
use super::pointer::each_inside;
use super::shape::{COMPONENTS, DOCUMENT, HEADER, MEDIA_TYPE, ObjectKind, PARAMETER, SCHEMA, Shape};
use super::version::Version;
use super::visit::{Visitor, visit};

/// The document with the schemas of OpenAPI 3.0. A document of 3.0 stays as it is.
pub(crate) fn lowered(root: &Node) -> Node {
    let (mut lowered, version) = (root.clone(), Version::of(root));
    if version.has_json_schema() {
        let mut anchors = HashMap::new();
        collect_anchors(root, &mut String::from("#"), &mut anchors);
        visit(&mut Lowering { version, anchors }, &mut lowered, &Shape::Object(&DOCUMENT), 0);
    }
    lowered
}

struct Lowering {
    version: Version,
    /// The reference to each schema with an anchor.
    anchors: HashMap<String, String>,
}

/// Collects the references to the values that have an anchor.
fn collect_anchors(node: &Node, pointer: &mut String, anchors: &mut HashMap<String, String>) {
    for key in ["$anchor", "$dynamicAnchor"] {
        if let Some(anchor) = node.get_str(key) {
            anchors.entry(format!("#{anchor}")).or_insert_with(|| pointer.clone());
        }
    }
    each_inside(node, pointer, |_, inner, pointer| collect_anchors(inner, pointer, anchors));
}

impl Visitor for Lowering {
    fn version(&self) -> Version {
        self.version
    }

    fn leave(&mut self, node: &mut Node, kind: &'static ObjectKind) {
        let is = |other: &'static ObjectKind| std::ptr::eq(kind, other);
        let Value::Map(map) = &mut node.value else { return };
        if is(&SCHEMA) {
            booleans(map);
            map.edit(|entries| self.schema(entries));
        } else if is(&MEDIA_TYPE) || is(&PARAMETER) || is(&HEADER) {
            map.values_mut()
                .filter(|(key, _)| ["schema", "itemSchema"].contains(key))
                .for_each(|(_, schema)| boolean(schema));
        } else if is(&COMPONENTS) {
            map.values_mut().filter(|(key, _)| *key == "schemas").for_each(|(_, schemas)| each(schemas, boolean));
        }
    }
}

/// Replaces the boolean schemas in a schema.
fn booleans(schema: &mut Map) {
    for (key, value) in schema.values_mut() {
        match key {
            "not" | "items" | "contains" | "if" | "then" | "else" | "propertyNames" => boolean(value),
            "allOf" | "oneOf" | "anyOf" | "prefixItems" | "properties" | "patternProperties" | "dependentSchemas"
            | "$defs" => each(value, boolean),
            _ => {}
        }
    }
}

/// Applies a change to each value of a map or a list.
fn each(node: &mut Node, change: fn(&mut Node)) {
    match &mut node.value {
        Value::Map(map) => map.values_mut().for_each(|(_, value)| change(value)),
        Value::List(items) => items.iter_mut().for_each(change),
        _ => {}
    }
}

/// Replaces `true` by the schema that allows every value, and `false` by the one that allows none.
fn boolean(schema: &mut Node) {
    if let Value::Bool(allowed) = schema.value {
        let nothing = entry("not", like(schema, Value::Map(Map::default())));
        schema.value = Value::Map(if allowed { Map::default() } else { vec![nothing].into() });
    }
}

impl Lowering {
    fn schema(&self, entries: &mut Vec<Entry>) {
        // The keyword of 3.0 has no meaning in later versions.
        take(entries, "nullable");
        self.reference(entries);
        types(entries);
        null_alternatives(entries);
        if let Some(constant) = take(entries, "const")
            && get(entries, "enum").is_none()
        {
            let values = Value::List(vec![constant.node.clone()]);
            entries.push(Entry { key: "enum".to_owned(), node: like(&constant.node, values), ..constant });
        }
        exclusive(entries, "exclusiveMinimum", "minimum", |limit, exclusive| exclusive >= limit);
        exclusive(entries, "exclusiveMaximum", "maximum", |limit, exclusive| exclusive <= limit);
        let first = get(entries, "examples").and_then(|examples| examples.node.items().first()).cloned();
        if let Some(first) = first.filter(|_| get(entries, "example").is_none()) {
            entries.push(entry("example", first));
        }
        if get(entries, "format").is_none()
            && let Some(encoding) = get(entries, "contentEncoding").filter(|entry| entry.node.str() == Some("base64"))
        {
            let format = entry("format", like(&encoding.node, Value::String("byte".to_owned())));
            entries.push(format);
        }
    }

    /// A reference beside other keys is a part of the schema.
    fn reference(&self, entries: &mut Vec<Entry>) {
        if let Some(dynamic) = take(entries, "$dynamicRef")
            && get(entries, "$ref").is_none()
            && dynamic.node.str().is_some_and(|target| self.anchors.contains_key(target))
        {
            entries.push(Entry { key: "$ref".to_owned(), ..dynamic });
        }
        if let Some(entry) = entries.iter_mut().find(|entry| entry.key == "$ref")
            && let Some(pointer) = entry.node.str().and_then(|target| self.anchors.get(target))
        {
            entry.node.value = Value::String(pointer.clone());
        }
        let has_siblings = entries.iter().any(|entry| entry.key != "$ref" && !entry.key.starts_with("x-"));
        if !has_siblings {
            return;
        }
        if let Some(reference) = take(entries, "$ref") {
            let span = reference.key_span.start..reference.node.span.end.max(reference.key_span.end);
            let part = Node { value: Value::Map(vec![reference].into()), span, plain: false };
            add_part(entries, part);
        }
    }
}

/// Writes several types, and the type `null`, with `anyOf` and `nullable`.
fn types(entries: &mut Vec<Entry>) {
    let Some(kind) = get(entries, "type").cloned() else { return };
    let names: Vec<&str> = match &kind.node.value {
        Value::String(name) => vec![name],
        Value::List(items) => items.iter().filter_map(Node::str).collect(),
        _ => return,
    };
    let has_null = names.contains(&"null");
    let others: Vec<&str> = names.into_iter().filter(|name| *name != "null").collect();
    if others.len() == 1 && !has_null && kind.node.str().is_some() {
        return;
    }
    take(entries, "type");
    // All types together allow every value.
    let all = ["array", "boolean", "number", "object", "string"];
    if has_null && all.iter().all(|name| others.contains(name)) {
        return;
    }
    let typed = |name: &str| Entry { node: like(&kind.node, Value::String(name.to_owned())), ..kind.clone() };
    match others.as_slice() {
        [] if has_null => entries.extend(null(&kind.node)),
        [] => {}
        [only] => {
            entries.push(typed(only));
            // A list of values without null does not allow it, whatever the types are.
            let values = get(entries, "enum").map(|entry| entry.node.items());
            let allows_null = |values: &[Node]| values.iter().any(|value| matches!(value.value, Value::Null));
            let constant = get(entries, "const").is_some_and(|entry| !matches!(entry.node.value, Value::Null));
            if has_null && !constant && values.is_none_or(allows_null) {
                entries.push(nullable(&kind.node));
            }
        }
        several => {
            let alternative = |entries: Vec<Entry>| like(&kind.node, Value::Map(entries.into()));
            let mut alternatives: Vec<Node> = several.iter().map(|name| alternative(vec![typed(name)])).collect();
            if has_null {
                alternatives.push(alternative(null(&kind.node).into()));
            }
            let any_of =
                Entry { key: "anyOf".to_owned(), node: like(&kind.node, Value::List(alternatives)), ..kind.clone() };
            if get(entries, "anyOf").is_some() {
                add_part(entries, alternative(vec![any_of]));
            } else {
                entries.push(any_of);
            }
        }
    }
}

/// Writes an alternative that allows null only with `nullable`.
fn null_alternatives(entries: &mut Vec<Entry>) {
    for keyword in ["anyOf", "oneOf"] {
        let Some(mut alternatives) = take(entries, keyword) else { continue };
        let is_nullable = nullable(&alternatives.node);
        let Value::List(schemas) = &mut alternatives.node.value else {
            entries.push(alternatives);
            continue;
        };
        let nulls = schemas.iter().filter(|schema| is_null(schema)).count();
        if nulls == 0 || nulls == schemas.len() {
            entries.push(alternatives);
            continue;
        }
        schemas.retain(|schema| !is_null(schema));
        if get(entries, "nullable").is_none() {
            entries.push(is_nullable);
        }
        if schemas.len() == 1 {
            schemas.drain(..).for_each(|only| add_part(entries, only));
        } else {
            entries.push(alternatives);
        }
    }
}

/// Writes an exclusive limit as a limit that is exclusive. `is_tighter` compares the inclusive limit with the exclusive one.
fn exclusive(entries: &mut Vec<Entry>, keyword: &str, limit: &str, is_tighter: fn(f64, f64) -> bool) {
    let Some(own) = get(entries, keyword).filter(|entry| matches!(entry.node.value, Value::Number(_))).cloned() else {
        return;
    };
    take(entries, keyword);
    let number =
        |entry: &Entry| if let Value::Number(number) = &entry.node.value { Number::as_f64(number) } else { None };
    if let (Some(inclusive), Some(exclusive)) = (get(entries, limit).and_then(number), number(&own))
        && !is_tighter(inclusive, exclusive)
    {
        return;
    }
    take(entries, limit);
    let node = like(&own.node, Value::Bool(true));
    entries.push(Entry { key: limit.to_owned(), ..own.clone() });
    entries.push(Entry { node, ..own });
}

/// The keywords of a schema that allows null only.
fn null(at: &Node) -> [Entry; 2] {
    [entry("enum", like(at, Value::List(vec![like(at, Value::Null)]))), nullable(at)]
}

fn is_null(schema: &Node) -> bool {
    let is_null = |value: &Node| matches!(value.value, Value::Null);
    schema.get("type").is_none() && matches!(schema.items_of("enum"), [only] if is_null(only))
}

fn nullable(at: &Node) -> Entry {
    entry("nullable", like(at, Value::Bool(true)))
}

/// Adds a schema to `allOf`.
fn add_part(entries: &mut Vec<Entry>, part: Node) {
    if let Some(Entry { node: Node { value: Value::List(parts), .. }, .. }) =
        entries.iter_mut().find(|entry| entry.key == "allOf")
    {
        return parts.insert(0, part);
    }
    let node = like(&part, Value::List(vec![part.clone()]));
    entries.push(entry("allOf", node));
}

fn get<'e>(entries: &'e [Entry], key: &str) -> Option<&'e Entry> {
    entries.iter().find(|entry| entry.key == key)
}

fn take(entries: &mut Vec<Entry>, key: &str) -> Option<Entry> {
    let index = entries.iter().position(|entry| entry.key == key)?;
    Some(entries.remove(index))
}

/// An entry whose key is at the position of its value.
fn entry(key: &str, node: Node) -> Entry {
    Entry { key: key.to_owned(), key_span: node.span.clone(), node }
}

/// A value at the position of another one.
fn like(node: &Node, value: Value) -> Node {
    Node { value, span: node.span.clone(), plain: false }
}

#[cfg(test)]
#[path = "lower_tests.rs"]
mod tests;
