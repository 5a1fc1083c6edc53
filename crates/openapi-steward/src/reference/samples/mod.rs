//! A request of an operation with sample values, in several notations.

mod credentials;
mod curl;
mod http;
mod template;

use serde_json::Value;

use self::credentials::Credentials;
pub(crate) use self::template::Template;
use super::examples::Examples;
use super::model::Operation;
use crate::document::{Node, essence, is_json};

/// A request with sample values.
#[derive(Debug, Clone, Default)]
pub(super) struct Request {
    /// The method in capital letters.
    method: String,
    /// The URL of the server, without a slash at the end.
    server: String,
    /// The path with the values of its parameters.
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    cookies: Vec<(String, String)>,
    credentials: Option<Credentials>,
    body: Option<Body>,
    operation_id: Option<String>,
    /// The parameters, for a template.
    parameters: Vec<(String, Value)>,
    /// The fields of the body, for a template.
    fields: Vec<(String, Value)>,
}

/// The body of a request.
#[derive(Debug, Clone)]
enum Body {
    Json(String, Value),
    Form(Vec<(String, String)>),
    Multipart(Vec<(String, String)>),
    /// Another media type, whose value is in a file.
    File(String),
    /// A text of another media type.
    Text(String, String),
}

impl Request {
    /// A request of an operation: the required parameters, those with an example if none is required, and the first example of the
    /// body.
    pub(super) fn of<'a>(operation: &Operation<'a>, examples: &Examples<'a>) -> Self {
        let root = examples.model.root;
        let mut request = Self {
            method: operation.method.to_uppercase(),
            server: server(operation, root),
            path: operation.path.to_owned(),
            operation_id: operation.node.get_str("operationId").map(str::to_owned),
            credentials: Credentials::of(operation, examples.model),
            ..Self::default()
        };
        if operation.is_webhook {
            ("https://example.com".clone_into(&mut request.server), "/webhook".clone_into(&mut request.path));
        }
        let parameters = operation.parameters(root);
        let has_required_query =
            parameters.iter().any(|one| one.get_str("in") == Some("query") && one.is_true("required"));
        let mut optional = 0;
        for parameter in parameters {
            let name = parameter.get_str("name").unwrap_or_default();
            let is_required = parameter.is_true("required") || parameter.get_str("in") == Some("path");
            if !is_required {
                let has_example = parameter.get("example").is_some();
                if has_required_query || optional > 0 || !has_example || parameter.get_str("in") != Some("query") {
                    continue;
                }
                optional += 1;
            }
            let value = examples.parameter(parameter);
            request.add(name, parameter, &value);
            request.parameters.push((name.to_owned(), value));
        }
        request.body = operation.node.get("requestBody").and_then(|body| body_of(body.resolve(root), examples));
        request.fields = match &request.body {
            Some(Body::Json(_, Value::Object(fields))) => {
                fields.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
            }
            Some(Body::Form(fields) | Body::Multipart(fields)) => {
                fields.iter().map(|(name, value)| (name.clone(), Value::String(value.clone()))).collect()
            }
            _ => Vec::new(),
        };
        request
    }

    fn add(&mut self, name: &str, parameter: &Node, value: &Value) {
        let explode = !matches!(parameter.get("explode").map(Node::to_json), Some(Value::Bool(false)));
        let pairs = match value {
            Value::Array(items) if explode => items.iter().map(|item| (name.to_owned(), text(item))).collect(),
            Value::Array(items) => vec![(name.to_owned(), items.iter().map(text).collect::<Vec<_>>().join(","))],
            Value::Object(fields) if parameter.get_str("style") == Some("deepObject") => {
                fields.iter().map(|(key, value)| (format!("{name}[{key}]"), text(value))).collect()
            }
            value => vec![(name.to_owned(), text(value))],
        };
        match parameter.get_str("in") {
            Some("path") => {
                let values: Vec<String> = pairs.into_iter().map(|(_, value)| encode(&value)).collect();
                self.path = self.path.replace(&format!("{{{name}}}"), &values.join(","));
            }
            Some("header") => self.headers.extend(pairs),
            Some("cookie") => self.cookies.extend(pairs),
            _ => self.query.extend(pairs),
        }
    }

    /// The path with the query.
    fn target(&self) -> String {
        let query: Vec<String> =
            self.query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        if query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, query.join("&")) }
    }

    pub(super) fn to_curl(&self) -> String {
        curl::command(self)
    }

    pub(super) fn to_http(&self) -> String {
        http::message(self)
    }
}

/// The URL of the first server, with the defaults of its variables.
fn server(operation: &Operation<'_>, root: &Node) -> String {
    let servers = [operation.node, operation.item, root].map(|node| node.items_of("servers"));
    let Some(server) = servers.into_iter().find_map(|servers| servers.first()) else {
        return "https://api.example.com".to_owned();
    };
    let mut url = server.get_str("url").unwrap_or_default().to_owned();
    for variable in server.entries_of("variables") {
        url = url.replace(&format!("{{{}}}", variable.key), variable.node.get_str("default").unwrap_or_default());
    }
    let url = url.trim_end_matches('/');
    if url.contains("://") {
        url.to_owned()
    } else {
        format!("https://api.example.com{}{url}", if url.is_empty() || url.starts_with('/') { "" } else { "/" })
    }
}

fn body_of<'a>(body: &'a Node, examples: &Examples<'a>) -> Option<Body> {
    let content = body.entries_of("content");
    let rank = |media_type: &str| match essence(media_type).as_str() {
        _ if is_json(media_type) => 0,
        "application/x-www-form-urlencoded" => 1,
        "multipart/form-data" => 2,
        _ => 3,
    };
    let media = content.iter().min_by_key(|entry| rank(&entry.key))?;
    let value = examples.media(&media.node, true);
    let fields = |value: Option<Value>| match value {
        Some(Value::Object(fields)) => fields.into_iter().flat_map(|(name, value)| pairs(&name, &value)).collect(),
        _ => Vec::new(),
    };
    Some(match (rank(&media.key), value) {
        (0, Some(value)) => Body::Json(media.key.clone(), value),
        (1, value) => Body::Form(fields(value)),
        (2, value) => Body::Multipart(fields(value)),
        (_, Some(Value::String(text))) => Body::Text(media.key.clone(), text),
        _ => Body::File(media.key.clone()),
    })
}

/// A field of a form: a list repeats its name, and other values are JSON.
fn pairs(name: &str, value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Array(items) if !items.iter().any(Value::is_object) => {
            items.iter().map(|item| (name.to_owned(), text(item))).collect()
        }
        value => vec![(name.to_owned(), text(value))],
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Percent-encodes what a part of a URL cannot have. Braces stay, so that a placeholder shows.
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'{' | b'}' | b':' | b',' | b'@' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests;
