//! The spec, as JSON.

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Value, json};

use super::root;

/// The schemas of the spec, by their names.
pub(crate) fn spec() -> Result<Value, Box<dyn std::error::Error>> {
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
    let document = documents.first().map(json).ok_or("the spec is empty")?;
    Ok(document["components"]["schemas"].clone())
}
