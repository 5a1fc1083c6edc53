//! The spec as JSON, and validation against its schemas.

use std::sync::LazyLock;

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Value, json};

use super::root;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Returns the schemas of the spec by name.
pub(crate) fn spec() -> Result<Value> {
    Ok(spec_document()?["components"]["schemas"].clone())
}

/// Returns the spec, which is read once.
pub(crate) fn spec_document() -> Result<&'static Value> {
    static DOCUMENT: LazyLock<std::result::Result<Value, String>> =
        LazyLock::new(|| read_document().map_err(|error| error.to_string()));
    DOCUMENT.as_ref().map_err(|error| error.clone().into())
}

fn read_document() -> Result<Value> {
    fn json(yaml: &Yaml<'_>) -> Value {
        match yaml {
            Yaml::Value(Scalar::Boolean(value)) => json!(value),
            Yaml::Value(Scalar::Integer(value)) => json!(value),
            Yaml::Value(Scalar::String(value)) => json!(value),
            Yaml::Sequence(items) => items.iter().map(json).collect(),
            Yaml::Mapping(map) => map
                .iter()
                .map(|(key, value)| (key.as_str().unwrap_or_default().to_owned(), json(value)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
            _ => Value::Null,
        }
    }
    let text = std::fs::read_to_string(root().join("spec/rooms.yaml"))?;
    let documents = Yaml::load_from_str(&text)?;
    Ok(documents.first().map(json).ok_or("the spec is empty")?)
}

/// Returns a validator of a component of the spec.
pub(crate) fn schema(component: &str) -> Result<jsonschema::Validator> {
    Ok(jsonschema::validator_for(&read_schema(component)?)?)
}

fn read_schema(component: &str) -> Result<Value> {
    let path = root().join("spec/schemas").join(component).with_extension("json");
    Ok(serde_json::from_slice(&std::fs::read(path)?)?)
}

/// Validates a body against a component of the spec, without additional properties, and returns the violations.
pub(crate) fn schema_violations(component: &str, body: &Value) -> Result<Vec<String>> {
    fn close(schema: &mut Value) {
        if schema.get("properties").is_some() && schema.get("additionalProperties").is_none() {
            schema["additionalProperties"] = json!(false);
        }
        match schema {
            Value::Object(map) => map.values_mut().for_each(close),
            Value::Array(items) => items.iter_mut().for_each(close),
            _ => {}
        }
    }
    let mut schema = read_schema(component)?;
    close(&mut schema);
    let validator = jsonschema::validator_for(&schema)?;
    Ok(validator.iter_errors(body).map(|error| format!("{error} at {}", error.instance_path())).collect())
}
