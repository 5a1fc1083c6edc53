//! Changes of the types, the formats and the values of a schema.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison, SchemaPair, narrower, wider};
use super::super::values::normalized;
use super::super::view::View;
use super::bounds::is_within_format;
use crate::schema::Strings;

/// The standard formats that limit the values of a type, each with those that allow all of its values.
const FORMATS: [(&str, &[&str]); 26] = [
    ("int32", &["int64", "double"]),
    ("int64", &[]),
    ("uint32", &["int64", "uint64"]),
    ("uint64", &[]),
    ("int8", &["int16", "int32", "int64"]),
    ("int16", &["int32", "int64"]),
    ("uint8", &["int16", "int32", "int64", "uint16", "uint32", "uint64"]),
    ("uint16", &["int32", "int64", "uint32", "uint64"]),
    ("float", &["double"]),
    ("double", &[]),
    ("byte", &[]),
    ("binary", &[]),
    ("date", &[]),
    ("date-time", &[]),
    ("time", &[]),
    ("duration", &[]),
    ("email", &["idn-email"]),
    ("idn-email", &[]),
    ("hostname", &["idn-hostname"]),
    ("idn-hostname", &[]),
    ("ipv4", &[]),
    ("ipv6", &[]),
    ("uri", &["uri-reference", "iri", "iri-reference"]),
    ("uri-reference", &["iri-reference"]),
    ("uuid", &[]),
    ("regex", &[]),
];

/// The number of values that a message lists.
const MAX_LISTED: usize = 12;

impl<'a> SchemaPair<'a> {
    /// Compares the types, the formats, and whether a value can be null.
    pub(super) fn kind(&self, comparison: &mut Comparison<'a>) {
        self.types(comparison);
        self.format(comparison);
        let (Some(old), Some(new)) = (self.old.nullable(), self.new.nullable()) else { return };
        // `nullable` beside a list without null allows null in 3.0, as whoever writes it expects. Later versions have no such case.
        let is_ambiguous = [&self.old, &self.new].into_iter().all(lists_no_null);
        if is_ambiguous && !comparison.has_one_version() {
            return;
        }
        let (severity, kind, how) = match (old, new) {
            (false, true) => (wider(self.direction), "nullable-added", "can now be null"),
            (true, false) => (narrower(self.direction), "nullable-removed", "can no longer be null"),
            _ => return,
        };
        let key = if self.new.entry("nullable").or_else(|| self.old.entry("nullable")).is_some() {
            "nullable"
        } else {
            "type"
        };
        let place = self.place(key);
        comparison.add_directed((&place, self.direction), severity, kind, how, self.at(key), (None, None));
    }

    fn types(&self, comparison: &mut Comparison<'a>) {
        // The alternatives tell a change of their types.
        let is_told = |view: &View<'a>| view.entry("type").is_none() && !view.choices.is_empty();
        if is_told(&self.old) || is_told(&self.new) {
            return;
        }
        // A list of values tells their types.
        let both = [&self.old, &self.new];
        if both.iter().all(|view| view.listed().next().is_some())
            && both.iter().any(|view| view.entry("type").is_none())
        {
            return;
        }
        let (old, new) = (self.old.types(), self.new.types());
        let is_text = self.new.notation.is_text();
        let (is_narrower, is_wider) =
            (!fits(old.as_ref(), new.as_ref(), is_text), !fits(new.as_ref(), old.as_ref(), is_text));
        let (severity, kind) = match (is_narrower, is_wider) {
            (false, false) => return,
            (true, true) => (ChangeSeverity::Breaking, "type-changed"),
            // A schema that has properties is meant to be an object.
            (true, false) if old.is_none() && is_implied(&self.old, new.as_ref()) => {
                (ChangeSeverity::Additive, "type-narrowed")
            }
            (true, false) => (narrower(self.direction), "type-narrowed"),
            (false, true) if new.is_none() && is_implied(&self.new, old.as_ref()) => {
                (ChangeSeverity::Additive, "type-widened")
            }
            (false, true) => (wider(self.direction), "type-widened"),
        };
        let how = format!("the type was {} and is {}", names(old.as_ref()), names(new.as_ref()));
        let values = (old.map(|types| joined(&types)), new.map(|types| joined(&types)));
        let place = self.place("type");
        comparison.add_directed((&place, self.direction), severity, kind, &how, self.at("type"), values);
    }

    fn format(&self, comparison: &mut Comparison<'a>) {
        let (old, new) = (formats(&self.old), formats(&self.new));
        if old == new {
            return;
        }
        let custom = comparison.settings.formats.custom();
        // A format tells nothing of listed values that have it, nor of integers with tighter limits.
        let strings = Strings::default();
        let has_effect = |name: &str| {
            let has_format = |value: &Value| value.as_str().is_some_and(|text| strings.has_format(name, text));
            let is_met = [&self.old, &self.new].into_iter().any(|view| view.lists_only(has_format));
            !is_met && ![&self.old, &self.new].into_iter().all(|view| is_within_format(view, name))
        };
        let limits = |name: &&String| {
            let is_known = FORMATS.iter().any(|(known, _)| known == name);
            (is_known || custom.iter().any(|format| format.format == **name)) && has_effect(name)
        };
        let allows = |name: &String, others: &BTreeSet<&String>| {
            let wider = FORMATS.iter().find(|(known, _)| known == name).map(|(_, wider)| *wider).unwrap_or_default();
            others.iter().all(|other| *other == name || wider.contains(&other.as_str()))
        };
        let known =
            |formats: &'_ BTreeSet<String>| formats.iter().filter(limits).cloned().collect::<BTreeSet<String>>();
        let (was, is) = (known(&old), known(&new));
        let (was, is): (BTreeSet<&String>, BTreeSet<&String>) = (was.iter().collect(), is.iter().collect());
        let fits_in = |one: &BTreeSet<&String>, other: &BTreeSet<&String>| {
            other.is_empty() || one.iter().any(|name| allows(name, other))
        };
        let (severity, kind) = match (fits_in(&was, &is), fits_in(&is, &was)) {
            (true, true) => (ChangeSeverity::Notice, "unknown-format-changed"),
            (false, true) => (narrower(self.direction), if was.is_empty() { "format-added" } else { "format-changed" }),
            (true, false) => (wider(self.direction), if is.is_empty() { "format-removed" } else { "format-changed" }),
            (false, false) => (ChangeSeverity::Breaking, "format-changed"),
        };
        let how = format!("the format was {} and is {}", quoted_or_none(&old), quoted_or_none(&new));
        let values = (joined_or_none(&old), joined_or_none(&new));
        let place = self.place("format");
        comparison.add_directed((&place, self.direction), severity, kind, &how, self.at("format"), values);
    }

    /// Compares the lists of values.
    pub(super) fn values(&self, comparison: &mut Comparison<'a>) {
        let place = self.place("enum");
        let mut add = |severity, kind, how: String, values| {
            let key = |view: &View<'a>| {
                let keyword = view.constants.first().map_or("enum", |choice| choice.keyword);
                if view.entry("const").is_some() { "const" } else { keyword }
            };
            let at = At(self.old.position(key(&self.old)), self.new.position(key(&self.new)));
            comparison.add_directed((&place, self.direction), severity, kind, &how, at, values);
        };
        match (listed_values(&self.old), listed_values(&self.new)) {
            (None, None) => {}
            // A boolean is one of two values.
            (None, Some(list)) if self.old.is_boolean() && is_every_boolean(&list) => {}
            (Some(list), None) if self.new.is_boolean() && is_every_boolean(&list) => {}
            (None, Some(new)) => {
                let how = format!("is now limited to {}", quoted(&new));
                add(narrower(self.direction), "enum-added", how, (None, joined_or_none(&new)));
            }
            (Some(old), None) => {
                let how = format!("is no longer limited to {}", quoted(&old));
                add(wider(self.direction), "enum-removed", how, (joined_or_none(&old), None));
            }
            (Some(old), Some(new)) => {
                let values =
                    |set: &BTreeSet<String>| if set.len() == 1 { "the value" } else { "the values" }.to_owned();
                let were = |set: &BTreeSet<String>| if set.len() == 1 { "was" } else { "were" };
                if !old.is_empty() && !new.is_empty() && old.is_disjoint(&new) {
                    let (was, is) = (were(&old), if new.len() == 1 { "is" } else { "are" });
                    let how = format!("{} {was} {} and {is} {}", values(&old), quoted(&old), quoted(&new));
                    let both = (joined_or_none(&old), joined_or_none(&new));
                    return add(ChangeSeverity::Breaking, "enum-values-replaced", how, both);
                }
                let gone: BTreeSet<String> = old.difference(&new).cloned().collect();
                if !gone.is_empty() {
                    let how = format!("{} {} {} removed", values(&gone), quoted(&gone), were(&gone));
                    add(narrower(self.direction), "enum-values-removed", how, (joined_or_none(&gone), None));
                }
                let more: BTreeSet<String> = new.difference(&old).cloned().collect();
                if !more.is_empty() {
                    // Generated enums keep an unknown value.
                    let how = format!("{} {} {} added", values(&more), quoted(&more), were(&more));
                    add(ChangeSeverity::Additive, "enum-values-added", how, (None, joined_or_none(&more)));
                }
            }
        }
    }
}

/// Returns whether the keywords of a schema tell this type, although it has none.
fn is_implied(view: &View<'_>, types: Option<&BTreeSet<&str>>) -> bool {
    let keys: &[&str] = match types.and_then(|types| if types.len() == 1 { types.first() } else { None }) {
        Some(&"object") => &["properties", "additionalProperties", "required"],
        Some(&"array") => &["items"],
        _ => &[],
    };
    keys.iter().any(|key| view.entry(key).is_some())
}

/// Returns whether every value of the first types is one of the second. An integer is a number, and a single value in a notation without
/// types is a text.
fn fits(one: Option<&BTreeSet<&str>>, other: Option<&BTreeSet<&str>>, is_text: bool) -> bool {
    let Some(other) = other else { return true };
    let Some(one) = one else { return false };
    one.iter().all(|name| match *name {
        name if other.contains(name) => true,
        "integer" if other.contains("number") => true,
        "integer" | "number" | "boolean" => is_text && other.contains("string"),
        _ => false,
    })
}

/// The values that all parts of a schema list. Missing if none lists values. Null is a matter of `nullable`.
fn listed_values(view: &View<'_>) -> Option<BTreeSet<String>> {
    let names = |list: Vec<Value>| list.iter().filter(|value| !value.is_null()).map(name).collect::<BTreeSet<_>>();
    view.listed().map(names).reduce(|one, other| one.intersection(&other).cloned().collect())
}

/// A value for a message and for comparisons.
fn name(value: &Value) -> String {
    match normalized(value.clone()) {
        Value::String(text) => text,
        value => value.to_string(),
    }
}

fn is_every_boolean(values: &BTreeSet<String>) -> bool {
    ["true", "false"].into_iter().all(|value| values.contains(value))
}

/// Returns whether a list of values is without null.
fn lists_no_null(view: &View<'_>) -> bool {
    let mut lists = view.entries("enum").map(|entry| entry.node.items());
    lists.any(|values| !values.iter().any(|value| value.to_json().is_null()))
}

/// The formats of all parts. The content of a text is one: `binary` of OpenAPI 3.0 is an encoding and a media type in later versions.
fn formats(view: &View<'_>) -> BTreeSet<String> {
    let mut formats = texts(view, "format");
    if formats.is_empty() {
        let is_binary =
            |name: &str| !name.starts_with("text/") && !["application/json", "application/xml"].contains(&name);
        let encodings = texts(view, "contentEncoding");
        let is_media = encodings.is_empty() && texts(view, "contentMediaType").iter().any(|name| is_binary(name));
        formats.extend(encodings.into_iter().map(|name| if name == "base64" { "byte".to_owned() } else { name }));
        formats.extend(is_media.then(|| "binary".to_owned()));
    }
    formats
}

/// The distinct strings of a key in all parts.
pub(super) fn texts(view: &View<'_>, key: &str) -> BTreeSet<String> {
    view.entries(key).filter_map(|entry| entry.node.str()).map(str::to_owned).collect()
}

fn names(types: Option<&BTreeSet<&str>>) -> String {
    types.map_or_else(|| "none".to_owned(), |types| quoted(&types.iter().map(|name| (*name).to_owned()).collect()))
}

fn joined(types: &BTreeSet<&str>) -> String {
    types.iter().copied().collect::<Vec<_>>().join(", ")
}

/// Lists values for a message.
pub(super) fn quoted(values: &BTreeSet<String>) -> String {
    let listed: Vec<String> = values.iter().take(MAX_LISTED).map(|value| format!("`{value}`")).collect();
    let more = values.len().saturating_sub(MAX_LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", listed.join(", "))
}

pub(super) fn quoted_or_none(values: &BTreeSet<String>) -> String {
    if values.is_empty() { "none".to_owned() } else { quoted(values) }
}

pub(super) fn joined_or_none(values: &BTreeSet<String>) -> Option<String> {
    (!values.is_empty()).then(|| values.iter().cloned().collect::<Vec<_>>().join(", "))
}
