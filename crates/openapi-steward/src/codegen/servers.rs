//! The base URLs of a document: that of its first server, and those of operations that have servers of their own.

use serde_json::{Map, Value};

/// Returns the base URL of a document: that of its first server with a host. A document without servers has that of the first
/// operation with one; beside a server without a host, such an operation is an exception.
pub(super) fn base_url(document: &Value) -> Option<String> {
    let own = servers(document).find(|url| is_absolute(url));
    let has_own = servers(document).next().is_some();
    let of_operation = || super::document_visitor::operations(document).find_map(|operation| first(operation.value));
    own.or_else(|| of_operation().filter(|url| is_absolute(url) && !has_own))
}

/// Returns the base URL of an operation that has servers of its own, if it is not that of the document.
pub(super) fn own_base_url(operation: &Value, base: Option<&str>) -> Option<String> {
    let own = first(operation)?;
    let own = if is_absolute(&own) { own } else { beside(base?, &own)? };
    (Some(own.as_str()) != base).then_some(own)
}

fn first(value: &Value) -> Option<String> {
    servers(value).next()
}

/// Returns the URLs of servers, each without a slash at its end, and with the default values of its variables.
fn servers(value: &Value) -> impl Iterator<Item = String> {
    value.get("servers").and_then(Value::as_array).into_iter().flatten().filter_map(url)
}

fn url(server: &Value) -> Option<String> {
    let mut url = server.get("url")?.as_str()?.trim().to_owned();
    let variables = server.get("variables").and_then(Value::as_object);
    for (name, variable) in variables.into_iter().flat_map(Map::iter) {
        url = url.replace(&format!("{{{name}}}"), variable.get("default").and_then(Value::as_str).unwrap_or_default());
    }
    Some(url.trim_end_matches('/').to_owned())
}

fn is_absolute(url: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| url.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty() && !rest.contains(['{', '}', ' '])))
}

/// Returns a relative URL that begins with a slash, on the host of another one.
fn beside(base: &str, path: &str) -> Option<String> {
    let (scheme, rest) = base.split_once("://")?;
    let host = rest.split('/').next()?;
    path.starts_with('/').then(|| format!("{scheme}://{host}{path}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn servers(url: &str) -> Value {
        json!({ "servers": [{ "url": url, "variables": { "region": { "default": "us" } } }] })
    }

    #[test]
    fn the_base_is_that_of_the_first_absolute_server() {
        assert_eq!(base_url(&servers("https://{region}.a.com/v1/")).as_deref(), Some("https://us.a.com/v1"));
        assert_eq!(base_url(&servers("https://{zone}.a.com")), None);
        let mut document = servers("/v1");
        document["paths"] = json!({ "/a": { "get": servers("https://b.com") } });
        assert_eq!(base_url(&document), None);
        document["servers"] = json!([{ "url": "/v1" }, { "url": "https://c.com/" }]);
        assert_eq!(base_url(&document).as_deref(), Some("https://c.com"));
        document["servers"] = json!([]);
        assert_eq!(base_url(&document).as_deref(), Some("https://b.com"));
    }

    #[test]
    fn an_operation_has_its_own_base_if_it_is_another() {
        let base = Some("https://a.com/v1");
        let own = |url: &str| own_base_url(&servers(url), base);
        assert_eq!(own("https://a.com/v1/"), None);
        assert_eq!(own("https://{region}.b.com").as_deref(), Some("https://us.b.com"));
        assert_eq!(own("/v2").as_deref(), Some("https://a.com/v2"));
        assert_eq!(own("v2"), None);
        assert_eq!(own_base_url(&json!({}), base), None);
        assert_eq!(own_base_url(&servers("/v2"), None), None);
    }
}
