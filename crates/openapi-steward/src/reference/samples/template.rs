//! A request in another language, by a template that a user gives.
//!
//! A template is text with placeholders: `{{operation}}`, `{{method}}`, `{{path}}` and `{{url}}`. The part between `{{#parameters}}`
//! and `{{/parameters}}` stands once for each parameter, that between `{{#query}}` and `{{/query}}` for each one of the query, and that
//! between `{{#fields}}` and `{{/fields}}` for each field of the body. In these, `{{name}}` is the name in the document and
//! `{{rust_name}}` the one in Rust; `{{value}}` is the value in JSON, and `{{text}}` the value as a string literal.

use serde_json::Value;

use super::Request;
use crate::codegen::naming::snake_case;

const NAMES: [&str; 4] = ["operation", "method", "path", "url"];
const ITEM_NAMES: [&str; 4] = ["name", "rust_name", "value", "text"];

/// A template for requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Parameters(String),
    Query(String),
    Fields(String),
}

impl Template {
    /// Reads a template. The error names the placeholder that it does not know.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (mut parts, mut rest) = (Vec::new(), text.trim_end());
        while let Some((before, after)) = rest.split_once("{{#") {
            let (name, after) = after.split_once("}}").ok_or("`{{#` has no `}}`")?;
            let end = format!("{{{{/{name}}}}}");
            let (inner, after) = after.split_once(&end).ok_or_else(|| format!("`{{{{#{name}}}}}` has no `{end}`"))?;
            check(before, &NAMES)?;
            check(inner, &ITEM_NAMES)?;
            parts.push(Part::Text(before.to_owned()));
            parts.push(match name {
                "parameters" => Part::Parameters(inner.to_owned()),
                "query" => Part::Query(inner.to_owned()),
                "fields" => Part::Fields(inner.to_owned()),
                _ => return Err(format!("unknown list `{{{{#{name}}}}}`; the lists are {{{{#parameters}}}}, {{{{#query}}}} and {{{{#fields}}}}")),
            });
            rest = after;
        }
        check(rest, &NAMES)?;
        parts.push(Part::Text(rest.to_owned()));
        Ok(Self(parts))
    }

    /// The request of an operation with an `operationId`.
    pub(in crate::reference) fn render(&self, request: &Request) -> Option<String> {
        let operation = snake_case(request.operation_id.as_deref()?);
        let url = format!("{}{}", request.server, request.target());
        let values = [("operation", &operation), ("method", &request.method), ("path", &request.path), ("url", &url)];
        let items = |text: &str, items: &[(String, Value)]| -> String {
            let item = |(name, value): &(String, Value)| {
                let (rust_name, literal) = (snake_case(name), Value::String(super::text(value)).to_string());
                fill(
                    text,
                    &[("name", name), ("rust_name", &rust_name), ("value", &value.to_string()), ("text", &literal)],
                )
            };
            items.iter().map(item).collect()
        };
        let parts = self.0.iter().map(|part| match part {
            Part::Text(text) => fill(text, &values),
            Part::Parameters(text) => items(text, &request.parameters),
            Part::Query(text) => {
                let query = request.query.iter().map(|(name, value)| (name.clone(), Value::String(value.clone())));
                items(text, &query.collect::<Vec<_>>())
            }
            Part::Fields(text) => items(text, &request.fields),
        });
        Some(parts.collect())
    }
}

/// Replaces each placeholder once: what a value contains is not looked at.
fn fill(text: &str, values: &[(&str, &String)]) -> String {
    let mut pieces = text.split("{{");
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, after) = piece.split_once("}}").unwrap_or((piece, ""));
        filled.extend(values.iter().find(|(other, _)| *other == name).map(|(_, value)| value.as_str()));
        filled.push_str(after);
    }
    filled
}

fn check(text: &str, names: &[&str]) -> Result<(), String> {
    for piece in text.split("{{").skip(1) {
        let name = piece.split("}}").next().unwrap_or_default();
        if !names.contains(&name) {
            let known: Vec<String> = names.iter().map(|name| format!("{{{{{name}}}}}")).collect();
            return Err(format!(
                "unknown placeholder `{{{{{name}}}}}`; the placeholders here are {}",
                known.join(", ")
            ));
        }
    }
    Ok(())
}
