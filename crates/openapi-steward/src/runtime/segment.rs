//! Parts of paths, and headers, in the styles of OpenAPI (3.0.3, section 4.7.12.3), which follow RFC 6570.

use serde::Serialize;
use serde_json::{Map, Value};

use super::wire::{encode, text, value_of};

/// Returns the properties of an object. A style has no null.
fn present(map: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    map.iter().filter(|(_, value)| !value.is_null())
}

/// Returns a value as text of the style `simple`.
fn simple(value: &Value, explode: bool, encode: fn(&str) -> String) -> String {
    let between = if explode { "=" } else { "," };
    match value {
        Value::Null => String::new(),
        Value::Array(items) => items.iter().map(|item| encode(&text(item))).collect::<Vec<_>>().join(","),
        Value::Object(map) => {
            let pairs = present(map).map(|(key, value)| format!("{}{between}{}", encode(key), encode(&text(value))));
            pairs.collect::<Vec<_>>().join(",")
        }
        scalar => encode(&text(scalar)),
    }
}

/// Returns a value as a part of a path, in one of the styles `simple`, `label` and `matrix`.
pub(crate) fn styled_segment<T: Serialize + ?Sized>(
    name: &str,
    style: &str,
    explode: bool,
    value: &T,
) -> Result<String, String> {
    let value = value_of(name, value)?;
    let name = encode(name);
    Ok(match (style, &value) {
        ("label", _) if explode => format!(".{}", simple(&value, true, encode).replace(',', ".")),
        ("label", _) => format!(".{}", simple(&value, false, encode)),
        ("matrix", Value::Array(items)) if explode => {
            items.iter().map(|item| [";", &name, "=", &encode(&text(item))].concat()).collect()
        }
        ("matrix", Value::Object(map)) if explode => {
            present(map).map(|(key, value)| [";", &encode(key), "=", &encode(&text(value))].concat()).collect()
        }
        ("matrix", Value::String(text)) if text.is_empty() => format!(";{name}"),
        ("matrix", _) => format!(";{name}={}", simple(&value, false, encode)),
        _ => simple(&value, explode, encode),
    })
}

/// Returns a value as JSON text in a path.
pub(crate) fn json_segment<T: Serialize + ?Sized>(value: &T) -> Result<String, String> {
    Ok(encode(&value_of("a parameter of the path", value)?.to_string()))
}

/// Adds a header in the style `simple`. None is left out.
pub(crate) fn header<T: Serialize + ?Sized>(
    headers: &mut reqwest::header::HeaderMap,
    name: &str,
    explode: bool,
    value: Option<&T>,
) -> Result<(), String> {
    match value {
        Some(value) => add_header(headers, name, &simple(&value_of(name, value)?, explode, str::to_owned)),
        None => Ok(()),
    }
}

/// Adds a header of JSON text. None is left out.
pub(crate) fn json_header<T: Serialize + ?Sized>(
    headers: &mut reqwest::header::HeaderMap,
    name: &str,
    value: Option<&T>,
) -> Result<(), String> {
    match value {
        Some(value) => add_header(headers, name, &value_of(name, value)?.to_string()),
        None => Ok(()),
    }
}

fn add_header(headers: &mut reqwest::header::HeaderMap, name: &str, value: &str) -> Result<(), String> {
    let header = reqwest::header::HeaderName::from_bytes(name.as_bytes());
    let header = header.map_err(|_| format!("{name} is no name of a header"))?;
    let value =
        value.parse().map_err(|_| format!("the value of the header {name} has characters that no header can have"))?;
    headers.append(header, value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_segment_is_written_in_its_style() {
        let (list, object) = (json!([3, 4]), json!({ "R": 100, "G": 200, "none": null }));
        let segment = |style: &str, explode, value: &Value| styled_segment("a", style, explode, value);
        let ok = |text: &str| Ok::<_, String>(text.to_owned());
        assert_eq!(segment("simple", false, &list), ok("3,4"));
        assert_eq!(segment("simple", true, &object), ok("R=100,G=200"));
        assert_eq!(segment("simple", false, &object), ok("R,100,G,200"));
        assert_eq!(segment("label", true, &list), ok(".3.4"));
        assert_eq!(segment("label", false, &json!("b")), ok(".b"));
        assert_eq!(segment("matrix", false, &list), ok(";a=3,4"));
        assert_eq!(segment("matrix", true, &list), ok(";a=3;a=4"));
        assert_eq!(segment("matrix", false, &json!("")), ok(";a"));
        assert_eq!(segment("matrix", true, &object), ok(";R=100;G=200"));
    }

    #[test]
    fn a_header_is_a_list_with_commas_and_a_line_break_is_an_error() {
        let mut headers = reqwest::header::HeaderMap::new();
        assert_eq!(header(&mut headers, "X-Ids", false, Some(&[1, 2])), Ok(()));
        assert_eq!(header(&mut headers, "X-None", false, None::<&str>), Ok(()));
        assert_eq!(headers.get("x-ids").and_then(|value| value.to_str().ok()), Some("1,2"));
        assert_eq!(headers.len(), 1);
        assert!(header(&mut headers, "X-Bad", false, Some("a\nb")).is_err());
    }
}
