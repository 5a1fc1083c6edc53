//! The YAML files of this repository that others read: workflows, the action, and the hooks.

use std::fs;

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::Value;

use crate::workspace::root;

/// Reads a file of the workspace.
pub(crate) fn read(path: &str) -> Result<Value, String> {
    let text = fs::read_to_string(root().join(path)).map_err(|error| format!("cannot read {path}: {error}"))?;
    parse(&text).map_err(|error| format!("{path} is not YAML: {error}"))
}

pub(crate) fn parse(text: &str) -> Result<Value, String> {
    let documents = Yaml::load_from_str(text).map_err(|error| error.to_string())?;
    documents.first().map_or(Ok(Value::Null), value)
}

fn value(node: &Yaml) -> Result<Value, String> {
    Ok(match node {
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Value(Scalar::Boolean(value)) => (*value).into(),
        Yaml::Value(Scalar::Integer(value)) => (*value).into(),
        Yaml::Value(Scalar::FloatingPoint(value)) => value.into_inner().into(),
        Yaml::Value(Scalar::String(value)) => value.as_ref().into(),
        Yaml::Sequence(items) => items.iter().map(value).collect::<Result<Vec<_>, _>>()?.into(),
        Yaml::Mapping(entries) => {
            let entry = |(key, node): (&Yaml, &Yaml)| {
                let key = key.as_str().ok_or_else(|| format!("the key {key:?} is not a string"))?;
                Ok((key.to_owned(), value(node)?))
            };
            entries.iter().map(entry).collect::<Result<serde_json::Map<_, _>, String>>()?.into()
        }
        other => return Err(format!("unexpected {other:?}")),
    })
}

/// The text at a JSON pointer.
pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> Result<&'a str, String> {
    value.pointer(pointer).and_then(Value::as_str).ok_or_else(|| format!("there is no text at {pointer}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_is_read_as_json() -> Result<(), String> {
        let value = parse("a: [1, true, null, 1.5]\nb: >-\n  one\n  two\n")?;
        assert_eq!(value, serde_json::json!({ "a": [1, true, null, 1.5], "b": "one two" }));
        assert_eq!(text(&value, "/b"), Ok("one two"));
        assert!(text(&value, "/c").is_err() && parse("a: [").is_err() && parse("1: a\n").is_err());
        Ok(())
    }
}
