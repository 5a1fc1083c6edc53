//! Queries, cookies and forms in the styles of OpenAPI (3.0.3, section 4.7.12.3), which follow RFC 6570.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

/// The characters to encode: all but the unreserved ones (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The reserved characters that a query can have as they are, and their encoded form. `&`, `+` and `#` would be read as something
/// else.
const ALLOWED: [(&str, &str); 14] = [
    ("%3A", ":"),
    ("%2F", "/"),
    ("%3F", "?"),
    ("%5B", "["),
    ("%5D", "]"),
    ("%40", "@"),
    ("%21", "!"),
    ("%24", "$"),
    ("%27", "'"),
    ("%28", "("),
    ("%29", ")"),
    ("%2A", "*"),
    ("%3B", ";"),
    ("%3D", "="),
];

pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

pub(super) fn value_of<T: Serialize + ?Sized>(name: &str, value: &T) -> Result<Value, String> {
    serde_json::to_value(value).map_err(|error| format!("{name} cannot be written: {error}"))
}

/// Returns the text of a scalar. What is no scalar is JSON text.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The pairs of a query, a form, or of cookies.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Creates a query without pairs.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a value in a style. None is left out.
    pub(crate) fn styled<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: &str,
        explode: bool,
        value: Option<&T>,
    ) -> Result<(), String> {
        let Some(value) = value else { return Ok(()) };
        self.add(name, style, explode, &value_of(name, value)?);
        Ok(())
    }

    /// Adds a value in a style, with its reserved characters as they are (`allowReserved`). None is left out.
    pub(crate) fn reserved<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: &str,
        explode: bool,
        value: Option<&T>,
    ) -> Result<(), String> {
        let Some(value) = value else { return Ok(()) };
        let (first, value) = (self.0.len(), value_of(name, value)?);
        self.add(name, style, explode, &value);
        // Between the items of a list is a comma.
        let is_list = !explode && (value.is_array() || value.is_object());
        let comma = (!is_list).then_some(("%2C", ","));
        for (_, value) in self.0.iter_mut().skip(first) {
            let allowed = ALLOWED.into_iter().chain(comma);
            *value = allowed.fold(std::mem::take(value), |text, (encoded, char)| text.replace(encoded, char));
        }
        Ok(())
    }

    /// Adds a value as JSON text. None is left out.
    pub(crate) fn json<T: Serialize + ?Sized>(&mut self, name: &str, value: Option<&T>) -> Result<(), String> {
        if let Some(value) = value {
            self.0.push((encode(name), encode(&value_of(name, value)?.to_string())));
        }
        Ok(())
    }

    fn add(&mut self, name: &str, style: &str, explode: bool, value: &Value) {
        let delimiter = match style {
            "spaceDelimited" => "%20",
            "pipeDelimited" => "|",
            _ => ",",
        };
        match value {
            // An empty list has no form.
            Value::Null => {}
            Value::Array(items) if items.is_empty() => {}
            Value::Array(items) if style == "deepObject" => self.deep(&encode(name), &Value::Array(items.clone())),
            Value::Array(items) if explode => {
                self.0.extend(items.iter().map(|item| (encode(name), encode(&text(item)))));
            }
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| encode(&text(item))).collect();
                self.0.push((encode(name), items.join(delimiter)));
            }
            Value::Object(_) if style == "deepObject" => self.deep(&encode(name), value),
            Value::Object(map) if explode => {
                for (key, value) in map.iter().filter(|(_, value)| !value.is_null()) {
                    self.add(key, "form", true, value);
                }
            }
            Value::Object(map) => {
                let map = map.iter().filter(|(_, value)| !value.is_null());
                let parts: Vec<String> = map.flat_map(|(key, value)| [encode(key), encode(&text(value))]).collect();
                self.0.push((encode(name), parts.join(delimiter)));
            }
            scalar => self.0.push((encode(name), encode(&text(scalar)))),
        }
    }

    /// Adds the values inside an object or a list: `filter[a][0]=…`. OpenAPI leaves open how those inside others are written.
    fn deep(&mut self, name: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::Object(map) => {
                map.iter().for_each(|(key, value)| self.deep(&format!("{name}[{}]", encode(key)), value));
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| self.deep(&format!("{name}[{index}]"), item));
            }
            scalar => self.0.push((name.to_owned(), encode(&text(scalar)))),
        }
    }

    fn joined(&self, between: &str) -> String {
        let pairs: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join(between)
    }

    /// Returns a URL with the query behind it.
    pub(crate) fn behind(&self, url: String) -> String {
        if self.0.is_empty() {
            return url;
        }
        let separator = if url.contains('?') { '&' } else { '?' };
        format!("{url}{separator}{}", self.joined("&"))
    }

    /// Returns the pairs as the header `Cookie`.
    pub(crate) fn into_cookies(self) -> Result<reqwest::header::HeaderMap, String> {
        let mut headers = reqwest::header::HeaderMap::new();
        if !self.0.is_empty() {
            let value = self.joined("; ").try_into().map_err(|_| "the cookies are no header".to_owned())?;
            headers.insert(reqwest::header::COOKIE, value);
        }
        Ok(headers)
    }
}

/// Returns a body of the media type `application/x-www-form-urlencoded`: a pair for each field, in its style.
///
/// A list repeats its name, and an object is JSON text, unless a style says otherwise.
pub(crate) fn form_body<T: Serialize + ?Sized>(body: &T, styles: &[(&str, &str, bool)]) -> Result<String, String> {
    let mut form = Query::new();
    let Value::Object(fields) = value_of("the body", body)? else {
        return Err("a form has names and values, and the body has none".to_owned());
    };
    for (name, value) in &fields {
        let (style, explode) = match styles.iter().find(|(field, ..)| field == name) {
            Some((_, style, explode)) => (*style, *explode),
            None if value.is_object() => ("json", true),
            None => ("form", true),
        };
        match style {
            "json" if !value.is_null() => form.json(name, Some(value))?,
            style => form.add(name, style, explode, value),
        }
    }
    Ok(form.joined("&"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn query(style: &str, explode: bool, value: &Value) -> String {
        let mut query = Query::new();
        assert_eq!(query.styled("a", style, explode, Some(value)), Ok(()));
        query.joined("&")
    }

    #[test]
    fn a_query_is_written_in_its_style() {
        let (list, object) = (json!(["x", "y,z"]), json!({ "k": 1, "none": null, "l": ["b c"] }));
        assert_eq!(query("form", true, &list), "a=x&a=y%2Cz");
        assert_eq!(query("form", false, &list), "a=x,y%2Cz");
        assert_eq!(query("spaceDelimited", false, &list), "a=x%20y%2Cz");
        assert_eq!(query("pipeDelimited", false, &list), "a=x|y%2Cz");
        assert_eq!(query("form", true, &object), "k=1&l=b%20c");
        assert_eq!(query("deepObject", true, &object), "a[k]=1&a[l][0]=b%20c");
        assert_eq!(query("form", false, &json!({ "R": 100, "G": 200 })), "a=R,100,G,200");
        assert_eq!(query("form", false, &json!([])), "");
        let mut reserved = Query::new();
        assert_eq!(reserved.reserved("a/", "form", false, Some(&["b/c?d=[e]", "f,&#+% %2F"])), Ok(()));
        assert_eq!(reserved.reserved("b", "form", true, Some("1,2")), Ok(()));
        assert_eq!(reserved.joined("&"), "a%2F=b/c?d=[e],f%2C%26%23%2B%25%20%252F&b=1,2");
        let url = Query(vec![("a".to_owned(), "1".to_owned())]).behind("https://a?b=2".to_owned());
        assert_eq!(url, "https://a?b=2&a=1");
    }

    #[test]
    fn a_form_has_lists_json_and_deep_objects() {
        let body = json!({ "name": "a b", "tags": ["x", "y"], "meta": { "k": 1 }, "deep": { "k": { "l": true } }, "none": null });
        let form = form_body(&body, &[("deep", "deepObject", true)]);
        assert_eq!(form.as_deref(), Ok("name=a%20b&tags=x&tags=y&meta=%7B%22k%22%3A1%7D&deep[k][l]=true"));
        assert!(form_body(&json!([1]), &[]).is_err());
    }

    #[test]
    fn cookies_are_encoded() {
        let mut cookies = Query::new();
        assert_eq!(cookies.styled("a", "form", true, Some("1;2")), Ok(()));
        let cookies = cookies.into_cookies().map(|cookies| cookies[reqwest::header::COOKIE].clone());
        assert_eq!(cookies.ok().as_ref().map(reqwest::header::HeaderValue::as_bytes), Some(&b"a=1%3B2"[..]));
    }
}
