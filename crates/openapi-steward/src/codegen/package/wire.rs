//! The form of values in requests as OpenAPI describes it, for the conformance test.
//!
//! It shares nothing with the runtime, which it is compared with.

use serde_json::{Map, Value, json};

/// Returns the text of a value that is one.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Returns the value of a pair. What is no scalar is JSON.
fn item(value: &Value) -> Value {
    if value.is_object() || value.is_array() { json!({ "json": value }) } else { json!(text(value)) }
}

/// Returns the properties of an object in the order in which the client writes them.
fn sorted(object: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut properties: Vec<_> = object.iter().collect();
    properties.sort_by_key(|(name, _)| *name);
    properties
}

/// Returns the style of a parameter, and whether it is exploded.
pub(super) fn style<'a>(parameter: &'a Value, default: &'a str) -> (&'a str, bool) {
    let style = parameter.get("style").and_then(Value::as_str).unwrap_or(default);
    let explode = parameter.get("explode").and_then(Value::as_bool);
    (style, explode.unwrap_or(style == "form" || style == "deepObject"))
}

/// Returns the pairs of a parameter in a query, a cookie or a form.
pub(super) fn pairs(name: &str, (style, explode): (&str, bool), value: &Value) -> Vec<Value> {
    let between = match style {
        "spaceDelimited" => " ",
        "pipeDelimited" => "|",
        _ => ",",
    };
    match value {
        Value::Array(_) | Value::Object(_) if style == "deepObject" => {
            let mut pairs = Vec::new();
            deep(name, value, &mut pairs);
            pairs
        }
        Value::Array(items) if explode => items.iter().map(|value| json!([name, item(value)])).collect(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(text).collect();
            vec![json!([name, items.join(between)])]
        }
        Value::Object(object) if explode => {
            sorted(object).into_iter().flat_map(|(name, value)| pairs(name, ("form", true), value)).collect()
        }
        Value::Object(object) => {
            let parts: Vec<String> =
                sorted(object).into_iter().flat_map(|(name, value)| [name.clone(), text(value)]).collect();
            vec![json!([name, parts.join(between)])]
        }
        scalar => vec![json!([name, text(scalar)])],
    }
}

fn deep(name: &str, value: &Value, pairs: &mut Vec<Value>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                deep(&format!("{name}[{key}]"), value, pairs);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                deep(&format!("{name}[{index}]"), value, pairs);
            }
        }
        scalar => pairs.push(json!([name, text(scalar)])),
    }
}

/// Returns the text of a value in the style `simple`.
pub(super) fn simple(value: &Value, explode: bool) -> String {
    match value {
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
        Value::Object(object) => {
            let between = if explode { "=" } else { "," };
            let parts = sorted(object).into_iter().map(|(name, value)| [name, between, &text(value)].concat());
            parts.collect::<Vec<_>>().join(",")
        }
        scalar => text(scalar),
    }
}

/// Returns a part of a path.
pub(super) fn segment(name: &str, (style, explode): (&str, bool), value: &Value) -> String {
    match (style, value) {
        ("label", Value::Array(_) | Value::Object(_)) if explode => {
            format!(".{}", simple(value, true).replace(',', "."))
        }
        ("label", _) => format!(".{}", simple(value, false)),
        ("matrix", Value::Array(items)) if explode => {
            items.iter().map(|item| [";", name, "=", &text(item)].concat()).collect()
        }
        ("matrix", Value::Object(object)) if explode => {
            sorted(object).into_iter().map(|(key, value)| [";", key, "=", &text(value)].concat()).collect()
        }
        ("matrix", _) => format!(";{name}={}", simple(value, false)),
        _ => simple(value, explode),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of OpenAPI 3.0.3, section 4.7.12.3.
    #[test]
    fn styles_are_those_of_openapi() {
        let (list, object) = (json!(["blue", "black", "brown"]), json!({ "R": 100, "G": 200, "B": 150 }));
        let segments = [
            (("label", false), ".blue,black,brown", ".B,150,G,200,R,100"),
            (("label", true), ".blue.black.brown", ".B=150.G=200.R=100"),
            (("matrix", false), ";color=blue,black,brown", ";color=B,150,G,200,R,100"),
            (("matrix", true), ";color=blue;color=black;color=brown", ";B=150;G=200;R=100"),
            (("simple", false), "blue,black,brown", "B,150,G,200,R,100"),
            (("simple", true), "blue,black,brown", "B=150,G=200,R=100"),
        ];
        for (style, of_list, of_object) in segments {
            assert_eq!([segment("color", style, &list), segment("color", style, &object)], [of_list, of_object]);
        }
        let query = |style, value: &Value| json!(pairs("color", style, value)).to_string();
        assert_eq!(query(("form", false), &list), r#"[["color","blue,black,brown"]]"#);
        assert_eq!(query(("form", true), &list), r#"[["color","blue"],["color","black"],["color","brown"]]"#);
        assert_eq!(query(("form", true), &object), r#"[["B","150"],["G","200"],["R","100"]]"#);
        assert_eq!(query(("spaceDelimited", false), &list), r#"[["color","blue black brown"]]"#);
        assert_eq!(query(("pipeDelimited", false), &object), r#"[["color","B|150|G|200|R|100"]]"#);
        assert_eq!(
            query(("deepObject", true), &object),
            r#"[["color[R]","100"],["color[G]","200"],["color[B]","150"]]"#
        );
    }
}
