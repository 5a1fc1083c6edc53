//! The names that `steward.toml` chooses. Each is marked at its place in the document, and the pass that names the place takes it.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::document_visitor::{for_each_operation, for_each_schema};
use super::extensions::{CHOSEN_FIELD, CHOSEN_NAME, CHOSEN_VARIANT, CHOSEN_VARIANTS, UNION};
use super::names::{Kind, Taken, is_identifier};
use crate::document::{METHODS, Span, percent_decode, unescape};
use crate::rust_names::RustName;

/// The number of references that are followed one after another.
const MAX_REFERENCES: usize = 16;

/// A chosen name that cannot be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NameProblem {
    /// The position of the entry in `steward.toml`.
    pub(crate) span: Span,
    pub(crate) message: String,
}

impl NameProblem {
    fn new(entry: &RustName, message: String) -> Self {
        Self { span: entry.span.clone(), message }
    }

    /// The problem of an entry whose name is taken.
    pub(super) fn taken(names: &[RustName], taken: &Taken) -> Self {
        let Taken { kind, name, by } = taken;
        let entry = names.iter().rev().find(|entry| entry.name == *name);
        let has = match by {
            Some(by) => format!("`{by}` has this name; choose another one, or one for `{by}` as well"),
            None => "something else has this name; choose another one".to_owned(),
        };
        let at = entry.map_or("", |entry| &entry.at);
        let message = format!("`#{at}` cannot have a {} `{name}`: {has}", kind.noun());
        Self { span: entry.map_or(0..0, |entry| entry.span.clone()), message }
    }
}

/// A place of the document that has a name in Rust.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    Operation,
    Parameter,
    /// A property of an object: it has a field, and its schema can have a type.
    Property,
    /// A value of an enum.
    EnumValue(String),
    Alternative,
    Schema,
}

impl Place {
    /// Returns the kind of the place at a pointer.
    fn of(steps: &[String], value: &Value) -> Option<Self> {
        let parent = steps.len().checked_sub(2).and_then(|index| steps.get(index)).map_or("", String::as_str);
        match steps {
            [paths, _, method] if paths == "paths" && METHODS.contains(&method.as_str()) => Some(Self::Operation),
            _ if parent == "enum" => value.as_str().map(|value| Self::EnumValue(value.to_owned())),
            _ if !value.is_object() => None,
            _ if parent == "parameters" && value.get("in").is_some() => Some(Self::Parameter),
            _ if parent == "properties" => Some(Self::Property),
            _ if parent == "oneOf" || parent == "anyOf" => Some(Self::Alternative),
            _ => Some(Self::Schema),
        }
    }

    /// Returns the kind of the name that it gets. That of a property tells by its first letter whether it is a type's.
    fn kind(&self, name: &str) -> Kind {
        match self {
            Self::Operation => Kind::Function,
            Self::Property if name.starts_with(char::is_uppercase) => Kind::Type,
            Self::Parameter | Self::Property => Kind::Field,
            Self::EnumValue(_) | Self::Alternative => Kind::Variant,
            Self::Schema => Kind::Type,
        }
    }
}

/// Marks the chosen names in a document.
pub(super) fn mark(document: &mut Value, names: &[RustName]) -> Result<(), NameProblem> {
    names.iter().try_for_each(|entry| mark_one(document, entry).map_err(|message| NameProblem::new(entry, message)))
}

fn mark_one(document: &mut Value, entry: &RustName) -> Result<(), String> {
    let RustName { at, name, .. } = entry;
    let missing = || format!("the document has nothing at `#{at}`");
    let pointer = pointer(document, at).ok_or_else(missing)?;
    let steps: Vec<String> = pointer.split('/').skip(1).map(unescape).collect();
    let value = document.pointer(&pointer).ok_or_else(missing)?;
    let place = Place::of(&steps, value).ok_or_else(|| format!("`#{at}` has no name in Rust"))?;
    let kind = place.kind(name);
    let convention = kind.in_rust(name);
    if *name != convention || !is_identifier(name) {
        let noun = kind.noun();
        let help = if is_identifier(&convention) { format!(", such as `{convention}`") } else { String::new() };
        return Err(format!("`{name}` is no name of a {noun}: write one in the conventions of Rust{help}"));
    }
    // A value is no object that could be marked.
    let owner = match place {
        Place::EnumValue(_) => pointer.rsplitn(3, '/').last().unwrap_or_default(),
        _ => &pointer,
    };
    let owner = document.pointer_mut(owner).and_then(Value::as_object_mut);
    let owner = owner.ok_or_else(|| format!("`#{at}` has no name in Rust"))?;
    let again = match (place, kind) {
        (Place::EnumValue(value), _) => {
            let variants = owner.entry(CHOSEN_VARIANTS).or_insert_with(|| json!({}));
            variants.as_object_mut().and_then(|variants| variants.insert(value, json!(name)))
        }
        (Place::Alternative, _) => owner.insert(CHOSEN_VARIANT.to_owned(), json!(name)),
        (Place::Property, Kind::Field) => owner.insert(CHOSEN_FIELD.to_owned(), json!(name)),
        _ => owner.insert(CHOSEN_NAME.to_owned(), json!(name)),
    };
    match again.as_ref().and_then(Value::as_str) {
        Some(other) => Err(format!("another entry has the name `{other}` for the {} at `#{at}`", kind.noun())),
        None => Ok(()),
    }
}

/// Returns the names whose places exist in a document.
pub(super) fn existing(document: &Value, names: &[RustName]) -> Vec<RustName> {
    names.iter().filter(|entry| pointer(document, &entry.at).is_some()).cloned().collect()
}

/// Returns the pointer to a place of an entry, which can be percent-encoded.
fn pointer(document: &Value, at: &str) -> Option<String> {
    resolved(document, at).or_else(|| resolved(document, &percent_decode(at)?))
}

/// Returns the pointer to a place behind the references on the way to it. A component that is only a reference is its target, since it
/// has no type of its own.
fn resolved(document: &Value, pointer: &str) -> Option<String> {
    let target = |value: &Value| value.get("$ref")?.as_str()?.strip_prefix('#').map(str::to_owned);
    let mut resolved = String::new();
    for step in pointer.split('/').skip(1) {
        for _ in 0..MAX_REFERENCES {
            match document.pointer(&resolved).filter(|value| value.get(unescape(step)).is_none()).and_then(target) {
                Some(target) => resolved = target,
                None => break,
            }
        }
        resolved.extend(["/", step]);
    }
    for _ in 0..MAX_REFERENCES {
        let is_component = resolved.starts_with("/components/schemas/") && resolved.matches('/').count() == 3;
        match document.pointer(&resolved).filter(|_| is_component).and_then(target) {
            Some(target) => resolved = target,
            None => break,
        }
    }
    document.pointer(&resolved).is_some().then_some(resolved)
}

/// Checks that the places of all chosen names have a name in Rust, in a document that is lowered.
pub(super) fn check_used(document: &mut Value, names: &[RustName]) -> Result<(), NameProblem> {
    if names.is_empty() {
        return Ok(());
    }
    let used = used(document);
    match names.iter().find(|entry| !used.contains(entry.name.as_str())) {
        Some(entry) if entry.name.starts_with(char::is_uppercase) => {
            let message = format!("`#{}` becomes no type and no variant: it is plain, or a reference", entry.at);
            Err(NameProblem::new(entry, message))
        }
        Some(entry) => Err(NameProblem::new(entry, format!("`#{}` becomes no field and no function", entry.at))),
        None => Ok(()),
    }
}

/// Returns the names that are taken from marks.
fn used(document: &mut Value) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let mut add = |name: Option<&Value>| used.extend(name.and_then(Value::as_str).map(str::to_owned));
    for_each_operation(document, &mut |operation| {
        add(operation.get("operationId"));
        for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
            add(parameter.get(CHOSEN_NAME));
        }
    });
    for_each_schema(document, &mut |schema| {
        // That of a body of several parts becomes its type later.
        add(schema.get(CHOSEN_NAME));
        for property in schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::values) {
            add(property.get(CHOSEN_FIELD));
        }
        let variants = schema.get(CHOSEN_VARIANTS).and_then(Value::as_object);
        variants.into_iter().flat_map(Map::values).for_each(|name| add(Some(name)));
        let arms = schema.get(UNION).and_then(|union| union.get("arms")?.as_array());
        arms.into_iter().flatten().for_each(|arm| add(arm.get("name")));
    });
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    used.extend(schemas.into_iter().flat_map(|schemas| schemas.keys().cloned()));
    used
}

/// Returns the chosen name of a property's field.
pub(super) fn field(schema: &Value) -> Option<&str> {
    schema.get(CHOSEN_FIELD).and_then(Value::as_str)
}

/// Returns the chosen name of the variant of an alternative.
pub(super) fn variant(alternative: &Value) -> Option<&str> {
    alternative.get(CHOSEN_VARIANT).and_then(Value::as_str)
}

/// Returns the chosen name of a schema's type, an operation's function or a parameter's setter.
pub(super) fn chosen(value: &Value) -> Option<&str> {
    value.get(CHOSEN_NAME).and_then(Value::as_str)
}

#[cfg(test)]
#[path = "chosen_names_tests.rs"]
mod tests;
