//! The property by which the alternatives of a union are told apart.

use std::collections::BTreeSet;

use serde_json::Value;

use super::schema::Lowering;
use super::view::view;

/// The values of the discriminator that stand for an alternative.
pub(super) fn tags_of(
    lowering: &Lowering,
    (schema, target): (&Value, Option<&str>),
    tag: &str,
    discriminator: Option<&Value>,
) -> Vec<String> {
    let mapping = discriminator.and_then(|discriminator| discriminator.get("mapping")?.as_object());
    let target = target.unwrap_or_default();
    let mapped =
        mapping.into_iter().flatten().filter(|(_, value)| value.as_str() == Some(target) && !target.is_empty());
    let mapped: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
    if !mapped.is_empty() {
        return mapped;
    }
    let constants = constants(lowering, schema, tag);
    if !constants.is_empty() {
        return constants;
    }
    lowering.originals.get(target).cloned().into_iter().collect()
}

/// Returns the property by which objects tell that they are different: each requires other values of it.
pub(super) fn constant_property(lowering: &Lowering, arms: &[Value]) -> Option<String> {
    let first = view(arms.first()?, &lowering.source)?;
    let is_distinct = |property: &&String| {
        let mut seen = BTreeSet::new();
        arms.iter().all(|arm| {
            let values = constants(lowering, arm, property);
            !values.is_empty() && values.into_iter().all(|value| seen.insert(value))
        })
    };
    first.properties.keys().find(is_distinct).cloned()
}

/// Returns the only values that a property can have.
fn constants(lowering: &Lowering, schema: &Value, property: &str) -> Vec<String> {
    let properties = view(schema, &lowering.source).map(|view| view.properties).unwrap_or_default();
    let property = properties.get(property).map(|property| lowering.resolved(property));
    let values = property.and_then(|property| property.get("enum")?.as_array());
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    };
    values.into_iter().flatten().filter_map(text).collect()
}

/// Returns whether a property is a string in all alternatives, as far as they say.
pub(super) fn is_text(lowering: &Lowering, arms: &[Value], property: &str) -> bool {
    arms.iter().all(|arm| {
        let properties = view(arm, &lowering.source).map(|view| view.properties).unwrap_or_default();
        let property = properties.get(property).map(|property| lowering.resolved(property));
        let kind = property.and_then(|property| property.get("type")?.as_str());
        kind.is_none_or(|kind| kind == "string")
    })
}
