//! Checks the structure of a document: keys that OpenAPI 3.0 does not have, missing ones, values of another type, and
//! references that lead nowhere.

use super::diagnostic::{Diagnostic, did_you_mean};
use super::shape::{DOCUMENT, Object, Shape};
use super::yaml::{Entry, Node, Value};

/// Everything that is wrong with the structure of the document.
pub(crate) fn check(document: &Node) -> Vec<Diagnostic> {
    let mut checker = Checker { document, findings: Vec::new() };
    if let Some(version) = document.entry("openapi") {
        checker.version(version);
    }
    checker.object(document, &DOCUMENT);
    checker.findings
}

struct Checker<'a> {
    document: &'a Node,
    findings: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn version(&mut self, version: &Entry) {
        let fine = version.node.str().is_some_and(|text| text.starts_with("3.0."));
        if !fine {
            self.findings.push(
                Diagnostic::new("this is not a document of OpenAPI 3.0", version.node.span.clone())
                    .label("the generator reads 3.0 only")
                    .help("write `openapi: 3.0.3`"),
            );
        }
    }

    fn value(&mut self, node: &Node, shape: &Shape) {
        match shape {
            Shape::Any => {}
            Shape::Bool => self.expect(matches!(node.value, Value::Bool(_)), node, "true or false"),
            Shape::String => self.expect(matches!(node.value, Value::String(_)), node, "a string"),
            Shape::Number => self.expect(matches!(node.value, Value::Number(_)), node, "a number"),
            Shape::Integer => {
                let fine = matches!(&node.value, Value::Number(number) if number.is_u64());
                self.expect(fine, node, "a whole number that is not negative");
            }
            Shape::Object(object) => self.object(node, object),
            Shape::OrRef(object) => match node.entry("$ref") {
                Some(reference) => self.reference(node, reference),
                None => self.object(node, object),
            },
            Shape::Map(shape) => match &node.value {
                Value::Map(entries) => entries
                    .iter()
                    .filter(|entry| !entry.key.starts_with("x-"))
                    .for_each(|entry| self.value(&entry.node, shape)),
                _ => self.expect(false, node, "a map"),
            },
            Shape::List(shape) => match &node.value {
                Value::List(items) => items.iter().for_each(|item| self.value(item, shape)),
                _ => self.expect(false, node, "a list"),
            },
            Shape::Either(one, other) => {
                let fits_one = matches!((&node.value, one), (Value::Bool(_), Shape::Bool));
                self.value(node, if fits_one { one } else { other });
            }
        }
    }

    fn object(&mut self, node: &Node, object: &'static Object) {
        let Value::Map(entries) = &node.value else {
            return self.expect(false, node, &format!("{}, which is a map", object.name));
        };
        for entry in entries {
            match object.keys.iter().find(|(key, _)| *key == entry.key) {
                Some((_, shape)) => self.value(&entry.node, shape),
                None if entry.key.starts_with("x-") => {}
                None => self.unknown_key(entry, object),
            }
        }
        for required in object.required.iter().filter(|key| node.entry(key).is_none()) {
            let at = node.entries().first().map_or(node.span.clone(), |entry| entry.key_span.clone());
            self.findings.push(
                Diagnostic::new(format!("{} without `{required}`", object.name), at)
                    .label("in what begins here")
                    .help(format!("add `{required}:`, which OpenAPI 3.0 requires here")),
            );
        }
    }

    fn unknown_key(&mut self, entry: &Entry, object: &Object) {
        let keys = object.keys.iter().map(|(key, _)| *key);
        let help = match did_you_mean(&entry.key, keys) {
            Some(key) => format!("did you mean `{key}`?"),
            None => format!(
                "remove it, or name it `x-{}` if it is meant for another tool",
                entry.key.trim_start_matches('$')
            ),
        };
        self.findings.push(
            Diagnostic::new(format!("unknown key `{}`", entry.key), entry.key_span.clone())
                .label(format!("{} has no such key in OpenAPI 3.0", object.name))
                .help(help),
        );
    }

    fn reference(&mut self, node: &Node, reference: &Entry) {
        for beside in node.entries().iter().filter(|entry| entry.key != "$ref") {
            self.findings.push(
                Diagnostic::new(format!("`{}` beside `$ref` is ignored", beside.key), beside.key_span.clone())
                    .label("a reference has no other keys in OpenAPI 3.0")
                    .help("move the reference into `allOf`, or this key into what it refers to"),
            );
        }
        let Some(target) = reference.node.str() else {
            return self.expect(false, &reference.node, "a string");
        };
        let Some(pointer) = target.strip_prefix('#') else {
            self.findings.push(
                Diagnostic::new("a reference to another document", reference.node.span.clone())
                    .label("the generator reads one document only")
                    .help("move what it refers to into `components`"),
            );
            return;
        };
        if self.leads_back(pointer) {
            self.findings.push(
                Diagnostic::new("this reference leads back to itself", reference.node.span.clone())
                    .help("write out what is meant in one of the places that refer to each other"),
            );
        } else if self.document.pointer(pointer).is_none() {
            let finding = Diagnostic::new("this reference leads nowhere", reference.node.span.clone())
                .label(format!("there is no `{target}`"));
            let help = match self.similar_target(pointer) {
                Some(similar) => format!("did you mean `#{similar}`?"),
                None => "define it, or remove the reference".to_owned(),
            };
            self.findings.push(finding.help(help));
        }
    }

    /// Whether a reference to this place leads to a reference, and so on without end.
    fn leads_back(&self, pointer: &str) -> bool {
        let mut seen = vec![pointer];
        loop {
            let target = seen.last().and_then(|pointer| self.document.pointer(pointer));
            let next = target.and_then(|node| node.get_str("$ref")).and_then(|next| next.strip_prefix('#'));
            match next {
                None => return false,
                Some(next) if seen.contains(&next) => return true,
                Some(next) => seen.push(next),
            }
        }
    }

    /// A component with a similar name, of the kind that was referred to.
    fn similar_target(&self, pointer: &str) -> Option<String> {
        let (parent, name) = pointer.rsplit_once('/')?;
        let siblings = self.document.pointer(parent)?.entries();
        did_you_mean(name, siblings.iter().map(|entry| entry.key.as_str())).map(|similar| format!("{parent}/{similar}"))
    }

    fn expect(&mut self, fine: bool, node: &Node, expected: &str) {
        if !fine {
            let found = match &node.value {
                Value::Null => "nothing",
                Value::Bool(_) => "true or false",
                Value::Number(_) => "a number",
                Value::String(_) => "a string",
                Value::List(_) => "a list",
                Value::Map(_) => "a map",
            };
            let finding = Diagnostic::new(format!("expected {expected}, found {found}"), node.span.clone());
            let quoted = expected == "a string" && matches!(node.value, Value::Bool(_) | Value::Number(_));
            self.findings.push(if quoted { finding.help("quote it") } else { finding });
        }
    }
}
