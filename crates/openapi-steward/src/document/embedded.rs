//! Schemas that have an address of their own in a document: the keyword `$id` of JSON Schema.

use std::collections::HashMap;

use super::node::{Node, Value};
use super::pointer::{each_inside, escape, within};

/// The keys whose values are no schemas, whatever they contain.
const CONTENT: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// Writes references that start at a schema with an `$id`, or that are one, as references from the start of the document. A reference
/// that leads nowhere from its schema stays, since its author may mean the document.
pub(super) fn rebase(root: &mut Node) {
    let mut addresses = HashMap::new();
    collect(root, &mut "#".to_owned(), &mut addresses);
    if !addresses.is_empty() {
        let original = root.clone();
        Embedded { addresses, original: &original }.rewrite(root, &mut "#".to_owned(), None);
    }
}

/// Collects the reference to each schema with an `$id`, by that.
fn collect(node: &Node, pointer: &mut String, addresses: &mut HashMap<String, String>) {
    if let Some(address) = node.get_str("$id") {
        addresses.entry(address.trim_end_matches('#').to_owned()).or_insert_with(|| pointer.clone());
    }
    each_inside(node, pointer, |key, inner, pointer| {
        if !CONTENT.contains(&key) {
            collect(inner, pointer, addresses);
        }
    });
}

struct Embedded<'a> {
    addresses: HashMap<String, String>,
    original: &'a Node,
}

/// A schema with an `$id`, and the reference to it.
#[derive(Clone, Copy)]
struct Base<'a> {
    pointer: &'a str,
    schema: &'a Node,
}

impl Embedded<'_> {
    fn rewrite(&self, node: &mut Node, pointer: &mut String, base: Option<Base<'_>>) {
        let here = pointer.clone();
        let own = node.get_str("$id").and_then(|_| self.original.fragment(&here[1..]));
        let base = own.map(|schema| Base { pointer: &here, schema }).or(base);
        match &mut node.value {
            Value::Map(map) => {
                for (key, value) in map.values_mut() {
                    if key == "$ref" {
                        if let Some(target) = value.str().and_then(|target| self.target(target, base)) {
                            value.value = Value::String(target);
                        }
                    } else if !CONTENT.contains(&key) {
                        within(pointer, &escape(key), |pointer| self.rewrite(value, pointer, base));
                    }
                }
            }
            Value::List(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    within(pointer, &index.to_string(), |pointer| self.rewrite(item, pointer, base));
                }
            }
            _ => {}
        }
    }

    /// The reference from the start of the document, if this one starts elsewhere.
    fn target(&self, reference: &str, base: Option<Base<'_>>) -> Option<String> {
        let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let start = if address.is_empty() { base?.pointer } else { self.addresses.get(address)? };
        let schema = if address.is_empty() { base?.schema } else { self.original.fragment(&start[1..])? };
        schema.fragment(fragment).map(|_| format!("{start}{fragment}"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_yaml;
    use super::*;

    /// The references of the schemas A, B and C.
    fn references(schemas: &str) -> Vec<String> {
        let (mut root, _) = read_yaml(schemas).unwrap_or_else(|finding| panic!("{finding:?}"));
        rebase(&mut root);
        let targets = ["A", "B", "C"].into_iter().filter_map(|name| root.get(name)?.get_str("$ref"));
        targets.map(str::to_owned).collect()
    }

    #[test]
    fn a_reference_starts_at_the_schema_that_has_an_address() {
        assert_eq!(
            references("A: { $id: 'https://a.example/a', $ref: '#/$defs/x', $defs: { x: {} } }"),
            ["#/A/$defs/x"]
        );
        assert_eq!(references("A: { $id: a, $ref: '#' }"), ["#/A"]);
        assert_eq!(references("A: { $id: a, $ref: '#/B' }\nB: {}"), ["#/B"], "the document is meant");
        assert_eq!(references("A: { $ref: '#/B' }\nB: { $id: b }"), ["#/B"]);
    }

    #[test]
    fn a_schema_is_found_by_its_address() {
        let schemas = "A: { $ref: 'https://a.example/c' }\nB: { $ref: 'https://a.example/c#/$defs/x' }\n\
                       C: { $id: 'https://a.example/c', $defs: { x: {} } }";
        assert_eq!(references(schemas), ["#/C", "#/C/$defs/x"]);
        assert_eq!(references("A: { $ref: 'https://a.example/d' }\nB: { $id: b }"), ["https://a.example/d"]);
    }

    #[test]
    fn what_is_no_schema_stays() {
        assert_eq!(references("A: { $ref: x }\nB: { example: { $id: x } }"), ["x"]);
    }
}
