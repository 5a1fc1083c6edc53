//! A request in another language, by a template that a user gives.
//!
//! A template is text with placeholders: `{{operation}}`, `{{method}}`, `{{path}}` and `{{url}}`. The part between `{{#arguments}}`
//! and `{{/arguments}}` stands once for each parameter and each field of the body, with `{{name}}` and `{{value}}`; the value is
//! JSON, which is a literal of most languages. Names are in the style of Rust.

use serde_json::Value;

use super::Request;
use crate::codegen::naming::snake_case;

const BEGIN: &str = "{{#arguments}}";
const END: &str = "{{/arguments}}";
const NAMES: [&str; 4] = ["operation", "method", "path", "url"];
const ARGUMENT_NAMES: [&str; 2] = ["name", "value"];

/// A template for requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    before: String,
    argument: String,
    after: String,
}

impl Template {
    /// Reads a template. The error names the placeholder that it does not know.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let unpaired = || format!("`{BEGIN}` and `{END}` belong together; write both, or neither");
        let (before, argument, after) = match text.split_once(BEGIN) {
            Some((before, rest)) => {
                let (argument, after) = rest.split_once(END).ok_or_else(unpaired)?;
                (before, argument, after)
            }
            None if text.contains(END) => return Err(unpaired()),
            None => (text, "", ""),
        };
        for (part, names) in [(before, &NAMES[..]), (argument, &ARGUMENT_NAMES[..]), (after, &NAMES[..])] {
            let placeholders = part.split("{{").skip(1).map(|rest| rest.split("}}").next().unwrap_or_default());
            for name in placeholders {
                if !names.contains(&name) {
                    let known: Vec<String> = names.iter().map(|name| format!("{{{{{name}}}}}")).collect();
                    return Err(format!(
                        "unknown placeholder `{{{{{name}}}}}`; the placeholders here are {}",
                        known.join(", ")
                    ));
                }
            }
        }
        let [before, argument, after] = [before, argument, after.trim_end()].map(str::to_owned);
        Ok(Self { before, argument, after })
    }

    /// The request of an operation with an `operationId`.
    pub(in crate::reference) fn render(&self, request: &Request) -> Option<String> {
        let operation = snake_case(request.operation_id.as_deref()?);
        let url = format!("{}{}", request.server, request.target());
        let fill = |text: &str| {
            let values =
                [("operation", &operation), ("method", &request.method), ("path", &request.path), ("url", &url)];
            values
                .into_iter()
                .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value))
        };
        let argument = |(name, value): &(String, Value)| {
            let text = self.argument.replace("{{name}}", &snake_case(name));
            text.replace("{{value}}", &value.to_string())
        };
        let arguments: String = request.arguments.iter().map(argument).collect();
        Some(format!("{}{arguments}{}", fill(&self.before), fill(&self.after)).trim_end().to_owned())
    }
}
