//! `oneOf` and `anyOf`: unions, unless one schema says the same.
//!
//! typify makes an untagged enum, of which the first variant that fits is read, and ignores discriminators; of an `anyOf` of objects
//! it makes a struct of optional structs. Both lose fields.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::discriminator::{constant_property, is_text, tags_of};
use super::schema::{Lowering, kind};
use super::view::{is_structural, parts, view};
use crate::codegen::chosen_names::variant;
use crate::codegen::document_visitor::{SCHEMAS, referenced_schema};
use crate::codegen::extensions::{CHOSEN_VARIANTS, NULL, UNION};
use crate::codegen::names::{Kind, Names};
use crate::codegen::naming::pascal_case;

/// The most alternatives that are put together with another part of an `allOf`.
const MAX_ARMS: usize = 64;

/// Returns whether a schema has alternatives of different kinds.
pub(super) fn is_union(lowering: &Lowering, schema: &Value) -> bool {
    let schema = lowering.resolved(schema);
    ["oneOf", "anyOf"].iter().any(|key| arms_of(lowering, schema, key).len() > 1) && !has_base(schema)
}

/// Returns whether a schema has properties beside its alternatives.
fn has_base(schema: &Value) -> bool {
    ["properties", "allOf", "additionalProperties"].iter().any(|key| schema.get(key).is_some())
}

/// Lowers a schema with `oneOf` or `anyOf`.
pub(super) fn lower(lowering: &mut Lowering, schema: &Value, name: &str) -> Value {
    let key = if schema.get("oneOf").is_some() { "oneOf" } else { "anyOf" };
    let arms = arms_of(lowering, schema, key);
    let mut rest = schema.as_object().cloned().unwrap_or_default();
    rest.remove(key);
    let (description, discriminator) = (rest.get("description").cloned(), rest.shift_remove("discriminator"));
    let is_null = |arm: &Value| lowering.resolved(arm).get(NULL).is_some();
    let can_be_null = parts(schema, key).any(is_null) || rest.get("nullable") == Some(&Value::Bool(true));
    rest.shift_remove("nullable");
    let rest = Value::Object(rest);
    let has_base = has_base(&rest) || rest.get("oneOf").is_some() || rest.get("anyOf").is_some();
    let mut lowered = match arms.as_slice() {
        [] => lowering.definition(&rest, name),
        [only] if has_base => lowering.definition(&json!({ "allOf": [rest, only] }), name),
        [only] => lowering.definition(only, name),
        _ if has_base && (rest.get("oneOf").is_some() || rest.get("anyOf").is_some()) => {
            match view(schema, &lowering.source) {
                Some(whole) => lowering.definition(&whole.into_schema(), name),
                None => json!({}),
            }
        }
        _ if has_base => {
            let union = json!({ key: arms, "discriminator": discriminator.unwrap_or_default() });
            with_base(lowering, &union, &[rest], name)
        }
        _ => union(lowering, key, &arms, discriminator.as_ref(), name),
    };
    if let Some(description) = description {
        lowered["description"] = description;
    }
    if can_be_null {
        lowered["nullable"] = Value::Bool(true);
    }
    lowered
}

/// Returns the different alternatives: without null, and without those that only require properties of what is beside them.
fn arms_of(lowering: &Lowering, schema: &Value, key: &str) -> Vec<Value> {
    let mut arms = Vec::new();
    let mut add = |arm: &Value| {
        let is_null = lowering.resolved(arm).get(NULL).is_some();
        if is_structural(arm) && !is_null && !arms.contains(arm) {
            arms.push(arm.clone());
        }
    };
    for arm in parts(schema, key) {
        let nested = ["oneOf", "anyOf"].iter().find(|key| arm.get(key).is_some());
        match nested {
            Some(key) if arm.as_object().is_some_and(|arm| arm.len() == 1) => parts(arm, key).for_each(&mut add),
            _ => add(arm),
        }
    }
    arms
}

/// Lowers alternatives that are objects together with what all of them have.
pub(super) fn with_base(lowering: &mut Lowering, union: &Value, base: &[Value], name: &str) -> Value {
    let union = lowering.resolved(union).clone();
    let key = if union.get("oneOf").is_some() { "oneOf" } else { "anyOf" };
    let arms = arms_of(lowering, &union, key);
    let mut members = base.to_vec();
    members.push(json!({ key: arms }));
    let whole = json!({ "allOf": members });
    let Some(all) = view(&whole, &lowering.source) else { return json!({}) };
    if key == "anyOf" || arms.len() > MAX_ARMS {
        return lowering.definition(&all.into_schema(), name);
    }
    let discriminator = union.get("discriminator").filter(|discriminator| discriminator.is_object()).cloned();
    let arms: Vec<Arm> = arms
        .iter()
        .enumerate()
        .map(|(index, arm)| {
            let mut members = base.to_vec();
            members.push(arm.clone());
            Arm {
                schema: json!({ "allOf": members }),
                name: arm_name(lowering, arm, index),
                chosen: variant(arm).map(str::to_owned),
                target: referenced_schema(arm).map(str::to_owned),
            }
        })
        .collect();
    of_arms(lowering, arms, discriminator.as_ref(), name)
}

/// Lowers a component that others extend: any of them.
pub(super) fn of_subtypes(lowering: &mut Lowering, schema: &Value, name: &str, subtypes: &[String]) -> Value {
    let arms = subtypes.iter().map(|subtype| Arm {
        schema: json!({ "$ref": format!("{SCHEMAS}{subtype}") }),
        name: subtype.clone(),
        chosen: None,
        target: Some(subtype.clone()),
    });
    let mut union = of_arms(lowering, arms.collect(), schema.get("discriminator"), name);
    if let Some(description) = schema.get("description") {
        union["description"] = description.clone();
    }
    union
}

/// An alternative, before it is lowered.
#[derive(Debug)]
struct Arm {
    schema: Value,
    name: String,
    /// The name that `steward.toml` chooses for its variant.
    chosen: Option<String>,
    /// The component that it is, which can be the value of the discriminator.
    target: Option<String>,
}

fn union(lowering: &mut Lowering, key: &str, arms: &[Value], discriminator: Option<&Value>, name: &str) -> Value {
    let kinds: BTreeSet<&str> = arms.iter().map(|arm| kind_of(lowering, arm)).collect();
    let kinds: Vec<&str> = kinds.into_iter().collect();
    match kinds.as_slice() {
        ["string"] => return strings(lowering, arms, name),
        ["integer"] => return json!({ "type": "integer" }),
        ["integer", "number"] | ["number"] => return json!({ "type": "number" }),
        ["boolean"] => return json!({ "type": "boolean" }),
        [""] => return json!({}),
        ["object"] if key == "anyOf" && discriminator.is_none() && constant_property(lowering, arms).is_none() => {
            if let Some(all) = view(&json!({ "anyOf": arms }), &lowering.source) {
                return lowering.definition(&all.into_schema(), name);
            }
        }
        _ => {}
    }
    let arms = arms.iter().enumerate().map(|(index, arm)| Arm {
        schema: arm.clone(),
        name: arm_name(lowering, arm, index),
        chosen: variant(arm).map(str::to_owned),
        target: referenced_schema(arm).map(str::to_owned),
    });
    let arms: Vec<Arm> = arms.collect();
    of_arms(lowering, arms, discriminator, name)
}

fn of_arms(lowering: &mut Lowering, arms: Vec<Arm>, discriminator: Option<&Value>, name: &str) -> Value {
    let schemas: Vec<Value> = arms.iter().map(|arm| arm.schema.clone()).collect();
    let tag = discriminator.and_then(|discriminator| discriminator.get("propertyName")?.as_str()).map(str::to_owned);
    let tag = tag.or_else(|| constant_property(lowering, &schemas));
    let mut names = Names::reserving(["Unknown", "Self"]);
    for arm in &arms {
        if let Some(chosen) = &arm.chosen {
            let by_rule = |other: &&Arm| other.chosen.is_none() && pascal_case(&other.name) == *chosen;
            let by_rule = arms.iter().find(by_rule).map(|other| other.name.as_str());
            lowering.keep(names.choose(Kind::Variant, chosen, by_rule));
        }
    }
    let mut variants: Vec<Value> = Vec::new();
    for arm in arms {
        let tags = tag
            .as_deref()
            .map(|tag| tags_of(lowering, (&arm.schema, arm.target.as_deref()), tag, discriminator))
            .unwrap_or_default();
        let own_name = arm.chosen.clone().unwrap_or_else(|| pascal_case(&arm.name));
        let schema = lowering.inline(&arm.schema, &format!("{name}{own_name}"));
        let schema = match schema.as_object() {
            Some(schema) => Value::Object(
                schema
                    .iter()
                    .filter(|(key, _)| !["description", "nullable"].contains(&key.as_str()))
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect(),
            ),
            None => schema,
        };
        if let Some(variant) = variants.iter_mut().find(|variant| variant["schema"] == schema) {
            if let (Some(all), Value::Array(more)) = (variant["tags"].as_array_mut(), json!(tags)) {
                all.extend(more);
            }
        } else {
            let variant = arm.chosen.unwrap_or_else(|| names.variant(&arm.name));
            variants.push(json!({ "name": variant, "schema": schema, "tags": tags }));
        }
    }
    let mut seen = BTreeSet::new();
    let tags = |variant: &Value| variant["tags"].as_array().cloned().unwrap_or_default();
    let tells = variants.iter().all(|variant| !tags(variant).is_empty())
        && variants.iter().flat_map(tags).all(|tag| seen.insert(tag.as_str().map(str::to_owned)));
    let tag = tag.filter(|_| tells);
    let is_text = tag.as_deref().is_none_or(|tag| is_text(lowering, &schemas, tag));
    let mut union = json!({ "tag": tag, "arms": variants });
    if !is_text {
        union["is_text"] = Value::Bool(false);
    }
    json!({ UNION: union })
}

/// Strings of any kind are strings, and several enums are one.
fn strings(lowering: &mut Lowering, arms: &[Value], name: &str) -> Value {
    let (mut values, mut chosen): (Vec<Value>, Map<String, Value>) = Default::default();
    for arm in arms {
        let resolved = lowering.resolved(arm);
        let Some(own) = resolved.get("enum").and_then(Value::as_array) else { return json!({ "type": "string" }) };
        chosen.extend(resolved.get(CHOSEN_VARIANTS).and_then(Value::as_object).cloned().unwrap_or_default());
        for value in own {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
    }
    let mut whole = json!({ "type": "string", "enum": values });
    if !chosen.is_empty() {
        whole[CHOSEN_VARIANTS] = Value::Object(chosen);
    }
    lowering.definition(&whole, name)
}

fn kind_of<'a>(lowering: &'a Lowering, schema: &'a Value) -> &'a str {
    let resolved = lowering.resolved(schema);
    match kind(resolved) {
        "" if view(resolved, &lowering.source).is_some() => "object",
        "" if ["oneOf", "anyOf", "allOf"].iter().any(|key| resolved.get(key).is_some()) => "union",
        kind => kind,
    }
}

fn arm_name(lowering: &Lowering, arm: &Value, index: usize) -> String {
    if let Some(name) = referenced_schema(arm) {
        return name.to_owned();
    }
    let is_name = |title: &&str| title.len() <= 40 && title.chars().any(char::is_alphabetic);
    if let Some(title) = arm.get("title").and_then(Value::as_str).filter(is_name) {
        return pascal_case(title);
    }
    match kind_of(lowering, arm) {
        "string" if arm.get("enum").is_some() => "Enum".to_owned(),
        kind @ ("string" | "integer" | "number" | "boolean") => pascal_case(kind),
        "array" => "List".to_owned(),
        "object" if arm.get("properties").is_none() && arm.get("allOf").is_none() => "Map".to_owned(),
        _ => format!("Variant{}", index + 1),
    }
}
