//! `allOf`: one object with the properties of all parts.
//!
//! typify merges schemas as well, but panics on some, makes new types of single references, and gives up the union of a part.

use serde_json::{Map, Value, json};

use super::alternatives;
use super::schema::Lowering;
use super::view::{is_structural, parts, view};

/// Lowers a schema with `allOf`.
pub(super) fn lower(lowering: &mut Lowering, schema: &Value, name: &str) -> Value {
    let (mut members, mut required, mut nullable) = (Vec::new(), Vec::new(), false);
    let mut rest = schema.as_object().cloned().unwrap_or_default();
    rest.shift_remove("allOf");
    let rest = Value::Object(rest);
    for part in parts(schema, "allOf").chain([&rest]) {
        nullable |= part.get("nullable") == Some(&Value::Bool(true)) && (part.get("$ref").is_none() || *part == rest);
        if !is_structural(part) {
            required.extend(parts(part, "required").cloned());
        } else if !members.contains(part) {
            members.push(part.clone());
        }
    }
    // `type: object` beside other parts adds nothing.
    if members.iter().any(|member| !is_bare_object(member)) {
        required.extend(
            members
                .iter()
                .filter(|member| is_bare_object(member))
                .flat_map(|member| parts(member, "required").cloned()),
        );
        members.retain(|member| !is_bare_object(member));
    }
    let description = rest.get("description").cloned();
    let mut lowered = match members.as_slice() {
        [] => lowering.definition(&rest, name),
        [only] if required.is_empty() => lowering.definition(only, name),
        _ => merged(lowering, members, &required, name),
    };
    if let Some(description) = description {
        lowered["description"] = description;
    }
    if nullable {
        lowered["nullable"] = Value::Bool(true);
    }
    lowered
}

fn is_bare_object(part: &Value) -> bool {
    const CONTENTS: [&str; 8] =
        ["$ref", "properties", "additionalProperties", "items", "allOf", "anyOf", "oneOf", "enum"];
    part.get("type").is_some_and(|kind| kind == "object") && !CONTENTS.iter().any(|key| part.get(key).is_some())
}

fn merged(lowering: &mut Lowering, mut members: Vec<Value>, required: &[Value], name: &str) -> Value {
    let unions: Vec<usize> =
        (0..members.len()).filter(|index| alternatives::is_union(lowering, &members[*index])).collect();
    if let [only] = *unions {
        let union = members.remove(only);
        if !required.is_empty() {
            members.push(json!({ "type": "object", "required": required }));
        }
        return alternatives::with_base(lowering, &union, &members, name);
    }
    let scalar =
        members.iter().find(|member| lowering.resolved(member).get("enum").is_some()).or(members.first()).cloned();
    if !required.is_empty() {
        members.push(json!({ "required": required }));
    }
    match view(&json!({ "allOf": members }), &lowering.source) {
        Some(whole) => lowering.definition(&whole.into_schema(), name),
        None => match scalar {
            Some(scalar) if are_of_one_kind(lowering, &members) => with_limits(lowering, &scalar, &members, name),
            // No value is of two kinds: what the parts mean is not known.
            _ => json!({}),
        },
    }
}

fn are_of_one_kind(lowering: &Lowering, members: &[Value]) -> bool {
    let mut kinds = members.iter().map(|member| lowering.resolved(member).get("type"));
    let first = kinds.next().flatten();
    first.is_some_and(|kind| kind != "object") && kinds.all(|kind| kind.is_none_or(|kind| Some(kind) == first))
}

/// A scalar with the keys of all parts.
fn with_limits(lowering: &mut Lowering, scalar: &Value, members: &[Value], name: &str) -> Value {
    if scalar.get("$ref").is_some() {
        return lowering.definition(scalar, name);
    }
    let mut whole: Map<String, Value> = scalar.as_object().cloned().unwrap_or_default();
    for member in members {
        for (key, value) in lowering.resolved(member).as_object().into_iter().flatten() {
            whole.entry(key).or_insert_with(|| value.clone());
        }
    }
    lowering.definition(&Value::Object(whole), name)
}
