//! Lowers one schema: its parts become scalars, lists, maps and references, and what needs a name becomes a component.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::inline_names::InlineNames;
use super::{all_of, alternatives, subtypes};
use crate::codegen::chosen_names::{chosen, field};
use crate::codegen::document_visitor::{SCHEMAS, referenced_schema};
use crate::codegen::extensions::{CHOSEN_FIELD, CHOSEN_VARIANTS, NULL, UNION};
use crate::codegen::names::Taken;
use crate::codegen::naming::pascal_case;

/// The number of schemas inside each other that are lowered. Compositions of types that contain themselves would not end.
const MAX_DEPTH: usize = 48;

/// The state of the pass.
#[derive(Debug)]
pub(super) struct Lowering {
    /// The components of the document.
    pub(super) source: Map<String, Value>,
    /// The names of the components in the document, by those of their types.
    pub(super) originals: BTreeMap<String, String>,
    /// The types that extend others.
    pub(super) subtypes: BTreeMap<String, Vec<String>>,
    names: InlineNames,
    /// The lowered components.
    done: Map<String, Value>,
    depth: usize,
}

impl Lowering {
    pub(super) fn new(document: &mut Value, originals: BTreeMap<String, String>) -> Result<Self, Taken> {
        let source = document.pointer("/components/schemas").and_then(Value::as_object).cloned().unwrap_or_default();
        let subtypes = subtypes::find(&source);
        let names = InlineNames::new(document, &originals)?;
        Ok(Self { source, originals, subtypes, names, done: Map::new(), depth: 0 })
    }

    /// Lowers all components.
    pub(super) fn components(&mut self) {
        let names: Vec<String> = self.source.keys().cloned().collect();
        for name in names {
            let schema = self.source[&name].clone();
            let definition = match self.subtypes.get(&name).cloned() {
                Some(subtypes) => alternatives::of_subtypes(self, &schema, &name, &subtypes),
                None => self.definition(&schema, &name),
            };
            let mut definition = definition;
            // The references to it say so.
            if let Some(definition) = definition.as_object_mut().filter(|definition| !definition.contains_key("$ref")) {
                definition.shift_remove("nullable");
            }
            self.done.insert(name, definition);
        }
    }

    /// Keeps the first problem with a chosen name.
    pub(super) fn keep(&mut self, named: Result<(), Taken>) {
        self.names.keep(named);
    }

    /// Returns the lowered components.
    pub(super) fn finish(self) -> Result<Map<String, Value>, Taken> {
        self.names.finish().map(|()| self.done)
    }

    /// Returns a component, before the pass.
    pub(super) fn target(&self, schema: &Value) -> Option<&Value> {
        self.source.get(referenced_schema(schema)?)
    }

    /// Follows references to the schema at their end.
    pub(super) fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        self.end(schema).0
    }

    /// Lowers a schema where it is used: an object, an enum or a union becomes a component with this name.
    pub(super) fn inline(&mut self, schema: &Value, name: &str) -> Value {
        let chosen = chosen(schema);
        let definition = self.definition(schema, chosen.unwrap_or(name));
        if !needs_name(&definition) {
            return definition;
        }
        let mut definition = definition;
        // It is said of the use, not of the type.
        let nullable = definition.as_object_mut().and_then(|definition| definition.shift_remove("nullable"));
        let mut reference = json!({ "$ref": format!("{SCHEMAS}{}", self.named(definition, name, chosen)) });
        if let Some(nullable) = nullable {
            reference["nullable"] = nullable;
        }
        reference
    }

    /// Adds a component, and returns its name.
    fn named(&mut self, definition: Value, wanted: &str, chosen: Option<&str>) -> String {
        let name = match chosen {
            Some(chosen) => self.names.chosen(chosen, &definition, &self.done),
            None => self.names.wanted(wanted, &definition, &self.done),
        };
        self.originals.insert(name.clone(), name.clone());
        self.done.insert(name.clone(), definition);
        name
    }

    /// Lowers a schema that has a name, or needs none.
    pub(super) fn definition(&mut self, schema: &Value, name: &str) -> Value {
        if self.depth >= MAX_DEPTH {
            return json!({});
        }
        self.depth += 1;
        let definition = self.definition_at(schema, name);
        self.depth -= 1;
        definition
    }

    fn definition_at(&mut self, schema: &Value, name: &str) -> Value {
        if schema.get("$ref").is_some() {
            return self.reference(schema);
        }
        if schema.get("allOf").is_some() {
            return all_of::lower(self, schema, name);
        }
        if schema.get("oneOf").is_some() || schema.get("anyOf").is_some() {
            return alternatives::lower(self, schema, name);
        }
        let mut lowered = match kind(schema) {
            "object" => self.object(schema, name),
            "array" => {
                let items = self.inline(schema.get("items").unwrap_or(&Value::Null), &format!("{name}Item"));
                json!({ "type": "array", "items": nullable_reference(items) })
            }
            "string" => {
                let mut string = json!({ "type": "string" });
                let values: Vec<&Value> = schema
                    .get("enum")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter(|value| value.is_string())
                    .collect();
                if !values.is_empty() {
                    string["enum"] = json!(values);
                }
                string
            }
            kind @ ("integer" | "number" | "boolean") => json!({ "type": kind }),
            _ => json!({}),
        };
        for key in KEPT {
            if let Some(value) = schema.get(key) {
                lowered[key] = value.clone();
            }
        }
        number_format(&mut lowered);
        lowered
    }

    /// A reference to a scalar is the scalar: typify would wrap it in a type that adds nothing but a conversion.
    fn reference(&mut self, schema: &Value) -> Value {
        let Some(name) = referenced_schema(schema).filter(|name| self.source.contains_key(*name)) else {
            return json!({});
        };
        let (target, nullable) = self.end(schema);
        let is_scalar = SCALARS.contains(&kind(target)) && target.get("enum").is_none() && !is_composed(target);
        let mut reference = if is_scalar {
            let target = target.clone();
            self.definition(&target, name)
        } else {
            json!({ "$ref": format!("{SCHEMAS}{name}") })
        };
        if let Some(description) = schema.get("description") {
            reference["description"] = description.clone();
        }
        if nullable {
            reference["nullable"] = Value::Bool(true);
        }
        reference
    }

    /// Follows references to the schema at their end. Returns it, and whether a null is allowed on the way.
    fn end<'a>(&'a self, schema: &'a Value) -> (&'a Value, bool) {
        let is_nullable = |schema: &Value| schema.get("nullable") == Some(&Value::Bool(true));
        let (mut end, mut nullable) = (schema, is_nullable(schema));
        for _ in 0..MAX_DEPTH {
            match self.target(end) {
                Some(next) => end = next,
                None => break,
            }
            nullable |= is_nullable(end);
        }
        (end, nullable)
    }

    fn object(&mut self, schema: &Value, name: &str) -> Value {
        let mut object = json!({ "type": "object" });
        let properties =
            schema.get("properties").and_then(Value::as_object).filter(|properties| !properties.is_empty());
        match schema.get("additionalProperties") {
            // typify leaves them out if there are others.
            Some(Value::Bool(true)) if properties.is_some() => object["additionalProperties"] = json!({}),
            Some(Value::Bool(true)) => object["additionalProperties"] = Value::Bool(true),
            Some(additional @ Value::Object(_)) => {
                let value = self.inline(additional, &format!("{name}Value"));
                object["additionalProperties"] = nullable_reference(value);
            }
            _ => {}
        }
        if let Some(properties) = properties {
            let mut lowered = Map::new();
            for (property, schema) in properties {
                let mut part = self.inline(schema, &format!("{name}{}", pascal_case(property)));
                if let Some(field) = field(schema) {
                    part[CHOSEN_FIELD] = json!(field);
                }
                lowered.insert(property.clone(), part);
            }
            let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            let required: Vec<&Value> =
                required.filter(|name| name.as_str().is_some_and(|name| properties.contains_key(name))).collect();
            if !required.is_empty() {
                object["required"] = json!(required);
            }
            object["properties"] = Value::Object(lowered);
        }
        object
    }
}

/// Chooses a format whose type has every number: a `f32` would change the decimals that services send as `float`.
fn number_format(schema: &mut Value) {
    let is = |key: &str, text: &str| schema.get(key).is_some_and(|value| value == text);
    let is_positive = schema.get("minimum").and_then(Value::as_f64).is_some_and(|minimum| minimum >= 0.0);
    // It is a float in many documents, which has no exact form of the largest integer.
    let exceeds = schema.get("maximum").and_then(Value::as_f64).is_some_and(|maximum| maximum > 9.3e18);
    if is("type", "number") && is("format", "float") {
        schema["format"] = json!("double");
    } else if is("type", "integer")
        && is_positive
        && exceeds
        && schema.get("format").is_none_or(|format| format == "int64")
    {
        schema["format"] = json!("uint64");
    }
}

/// The types without parts.
const SCALARS: [&str; 4] = ["string", "integer", "number", "boolean"];

fn is_composed(schema: &Value) -> bool {
    ["allOf", "anyOf", "oneOf"].iter().any(|key| schema.get(key).is_some())
}

/// The keys that later passes read.
const KEPT: [&str; 17] = [
    "description",
    "nullable",
    "format",
    "deprecated",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "readOnly",
    "writeOnly",
    "x-enumDescriptions",
    CHOSEN_VARIANTS,
    NULL,
];

/// Returns the kind of the values of a schema, or an empty text for any.
pub(in crate::codegen) fn kind(schema: &Value) -> &str {
    match schema.get("type").and_then(Value::as_str) {
        Some(kind) => kind,
        None if schema.get("properties").is_some()
            || schema.get("additionalProperties").is_some_and(Value::is_object) =>
        {
            "object"
        }
        None if schema.get("items").is_some() => "array",
        None => "",
    }
}

/// Returns whether a lowered schema is a type with a name.
fn needs_name(definition: &Value) -> bool {
    definition.get("properties").is_some() || definition.get("enum").is_some() || definition.get(UNION).is_some()
}

/// progenitor ignores what is beside a reference: a null in a list, or in a map, needs another form.
fn nullable_reference(schema: Value) -> Value {
    if schema.get("$ref").is_some() && schema.get("nullable") == Some(&Value::Bool(true)) {
        return json!({ "allOf": [{ "$ref": schema["$ref"] }], "nullable": true });
    }
    schema
}
