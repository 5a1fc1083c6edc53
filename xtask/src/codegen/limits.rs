//! What the generator cannot take, or would take silently as something else, as findings on the spec's own lines.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{formats, naming};
use crate::spec::{Diagnostic, Entry, METHODS, Node, did_you_mean};

const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "object", "array"];
const BODIES: [&str; 3] = ["application/json", "application/x-www-form-urlencoded", "application/octet-stream"];

pub(super) fn check(root: &Node) -> Vec<Diagnostic> {
    let mut limits = Limits { root, findings: Vec::new(), operations: BTreeMap::new() };
    for path in root.get("paths").map(Node::entries).unwrap_or_default() {
        limits.path(path);
    }
    if let Some(schemas) = root.get("components").and_then(|components| components.entry("schemas")) {
        limits.collision(schemas.node.entries().iter().map(|schema| schema.key.as_str()), &schemas.key_span);
    }
    for kind in root.get("components").map(Node::entries).unwrap_or_default() {
        for component in kind.node.entries() {
            match kind.key.as_str() {
                "schemas" => limits.schema(&component.node),
                "parameters" => limits.parameter(&component.node),
                "responses" => limits.media(&component.node),
                _ => {}
            }
        }
    }
    limits.findings
}

struct Limits<'a> {
    root: &'a Node,
    findings: Vec<Diagnostic>,
    /// The operations so far, by the name of their function.
    operations: BTreeMap<String, String>,
}

impl<'a> Limits<'a> {
    fn path(&mut self, path: &'a Entry) {
        if !path.key.starts_with('/') {
            let finding =
                Diagnostic::new(format!("the path `{}` does not begin with `/`", path.key), path.key_span.clone());
            self.findings.push(finding.help(format!("write `/{}`", path.key)));
        }
        if let Some(reference) = path.node.entry("$ref") {
            let finding = Diagnostic::new("a path that is a reference", reference.key_span.clone());
            self.findings.push(finding.help("write the path out here; the generator does not follow it"));
        }
        for parameter in path.node.get("parameters").map(Node::items).unwrap_or_default() {
            self.parameter(parameter);
        }
        for operation in path.node.entries().iter().filter(|entry| METHODS.contains(&entry.key.as_str())) {
            self.template(path, operation);
            self.operation(operation);
        }
    }

    /// Compares the names in the braces of a path with the path parameters of an operation.
    fn template(&mut self, path: &'a Entry, operation: &'a Entry) {
        let parameters = [&path.node, &operation.node].into_iter().filter_map(|node| node.get("parameters"));
        let parameters = parameters.flat_map(Node::items).map(|parameter| self.resolve(parameter));
        let parameters = parameters.filter(|parameter| parameter.get_str("in") == Some("path"));
        let given: Vec<&str> = parameters.filter_map(|parameter| parameter.get_str("name")).collect();
        let named: Vec<&str> = path.key.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest)).collect();
        if path.key.matches('{').count() != path.key.matches('}').count() {
            let finding = Diagnostic::new("the braces of this path do not match", path.key_span.clone());
            self.findings.push(finding.help("write `{name}` for each parameter"));
            return;
        }
        for missing in named.iter().filter(|name| !given.contains(name)) {
            let finding =
                Diagnostic::new(format!("`{missing}` is no parameter of this operation"), operation.key_span.clone());
            self.findings.push(finding.help(format!("add a parameter with `name: {missing}` and `in: path`")));
        }
        for unused in given.iter().filter(|name| !named.contains(name)) {
            let finding = Diagnostic::new(format!("the path has no `{{{unused}}}`"), path.key_span.clone());
            self.findings.push(finding.help(format!("add it to the path, or remove the parameter `{unused}`")));
        }
    }

    fn operation(&mut self, operation: &'a Entry) {
        match operation.node.entry("operationId") {
            None => self.findings.push(
                Diagnostic::new("an operation without `operationId`", operation.key_span.clone())
                    .help("add `operationId: verb_noun`, which names the function"),
            ),
            Some(id) => self.operation_id(id),
        }
        for parameter in operation.node.get("parameters").map(Node::items).unwrap_or_default() {
            self.parameter(parameter);
        }
        if let Some(body) = operation.node.get("requestBody") {
            for media in self.resolve(body).get("content").map(Node::entries).unwrap_or_default() {
                if !BODIES.contains(&media.key.as_str()) && !media.key.starts_with("text/") {
                    let finding =
                        Diagnostic::new(format!("a request body of type `{}`", media.key), media.key_span.clone());
                    self.findings.push(finding.help(format!("the generator takes {}", list(&BODIES))));
                }
            }
            self.media(body);
        }
        self.responses(operation);
    }

    fn operation_id(&mut self, id: &Entry) {
        let name = id.node.str().unwrap_or_default().to_owned();
        let rust: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        if let Some(earlier) = self.operations.insert(rust, name.clone()) {
            self.findings.push(
                Diagnostic::new(format!("the operationId `{name}` is taken"), id.node.span.clone())
                    .label(format!("`{earlier}` would be the same function"))
                    .help("give each operation a name of its own"),
            );
        }
    }

    fn responses(&mut self, operation: &'a Entry) {
        let (mut success, mut error) = (None, None);
        for response in operation.node.get("responses").map(Node::entries).unwrap_or_default() {
            let class = response.key.chars().next().unwrap_or_default();
            let digits = response.key.len() == 3 && ('1'..='5').contains(&class);
            let rest = response.key.get(1..).unwrap_or_default();
            if response.key != "default"
                && !(digits && (rest == "XX" || rest.chars().all(|char| char.is_ascii_digit())))
            {
                let finding = Diagnostic::new(format!("`{}` is no status", response.key), response.key_span.clone());
                self.findings.push(finding.help("write a status such as `404`, a class such as `4XX`, or `default`"));
                continue;
            }
            self.media(&response.node);
            let first = if class == '2' || response.key == "default" { &mut success } else { &mut error };
            let schema = self.json_schema(&response.node).map(Node::to_json);
            if first.get_or_insert_with(|| schema.clone()) != &schema {
                let kind = if class == '2' { "success" } else { "error" };
                self.findings.push(
                    Diagnostic::new(format!("an operation with two {kind} types"), response.key_span.clone())
                        .label("another one stands above")
                        .help(format!("let every {kind} of an operation have the same schema; a class such as `{class}XX` covers all")),
                );
            }
        }
    }

    fn json_schema(&self, response: &'a Node) -> Option<&'a Node> {
        self.resolve(response).get("content")?.get("application/json")?.get("schema")
    }

    fn media(&mut self, body: &'a Node) {
        for media in body.get("content").map(Node::entries).unwrap_or_default() {
            match media.node.get("schema") {
                Some(schema) => self.schema(schema),
                None => self.findings.push(
                    Diagnostic::new(format!("`{}` without a schema", media.key), media.key_span.clone())
                        .help("add `schema:`"),
                ),
            }
        }
    }

    fn parameter(&mut self, parameter: &'a Node) {
        let Some(place) = parameter.entry("in") else { return };
        let (name, span) = (place.node.str().unwrap_or_default(), place.node.span.clone());
        if !["path", "query", "header"].contains(&name) {
            let help = match did_you_mean(name, ["path", "query", "header"]) {
                Some(similar) => format!("did you mean `{similar}`?"),
                None => "the generator takes parameters in `path`, `query` and `header`".to_owned(),
            };
            self.findings.push(Diagnostic::new(format!("a parameter in `{name}`"), span).help(help));
        }
        let style = if name == "query" { "form" } else { "simple" };
        if let Some(other) = parameter.entry("style").filter(|other| other.node.str() != Some(style)) {
            let finding = Diagnostic::new("a style that the generator does not take", other.node.span.clone());
            self.findings.push(finding.help(format!("in `{name}` it takes `style: {style}`, which is the default")));
        }
        match parameter.get("schema") {
            Some(schema) => self.schema(schema),
            None => self.findings.push(
                Diagnostic::new("a parameter without a schema", parameter.locate(["name"])).help("add `schema:`"),
            ),
        }
        if name == "path" && parameter.get("required").is_none_or(|required| required.to_json() != true) {
            let finding = Diagnostic::new("a path parameter that is not required", parameter.locate(["name"]));
            self.findings.push(finding.help("add `required: true`"));
        }
    }

    fn schema(&mut self, schema: &'a Node) {
        if schema.get("$ref").is_some() {
            return;
        }
        let kind = schema.entry("type").map(|entry| (entry, entry.node.str().unwrap_or_default()));
        if let Some((entry, kind)) = kind {
            self.kind(entry, kind);
            if let Some(format) = schema.entry("format") {
                self.format(format, kind);
            }
            if kind == "array" && schema.get("items").is_none() {
                let finding = Diagnostic::new("an array without `items`", entry.node.span.clone());
                self.findings.push(finding.help("add `items:`, the schema of what the array holds"));
            }
        }
        if let Some(values) = schema.entry("enum") {
            self.values(values, kind.map(|(_, kind)| kind));
        }
        for entry in schema.entries() {
            match entry.key.as_str() {
                "properties" => {
                    self.collision(entry.node.entries().iter().map(|property| property.key.as_str()), &entry.key_span);
                    entry.node.entries().iter().for_each(|property| self.schema(&property.node));
                }
                "items" | "not" | "additionalProperties" => self.schema(&entry.node),
                "allOf" | "anyOf" | "oneOf" => entry.node.items().iter().for_each(|part| self.schema(part)),
                _ => {}
            }
        }
    }

    fn kind(&mut self, entry: &Entry, kind: &str) {
        if !TYPES.contains(&kind) {
            let help = match did_you_mean(kind, TYPES) {
                Some(similar) => format!("did you mean `{similar}`?"),
                None => format!("a type is one of {}", list(&TYPES)),
            };
            self.findings.push(Diagnostic::new(format!("unknown type `{kind}`"), entry.node.span.clone()).help(help));
        }
    }

    fn format(&mut self, entry: &Entry, kind: &str) {
        let format = entry.node.str().unwrap_or_default();
        if formats::is_known(kind, format) || !TYPES.contains(&kind) {
            return;
        }
        let known: Vec<&str> = formats::of_kind(kind).collect();
        let help = match did_you_mean(format, known.iter().copied()) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None if known.is_empty() => format!("remove it: the generator knows no format of type `{kind}`"),
            None => format!("for `{kind}` the generator knows {}; xtask/src/codegen/formats.rs has them", list(&known)),
        };
        self.findings.push(
            Diagnostic::new(format!("unknown format `{format}` of type `{kind}`"), entry.node.span.clone())
                .label("the generator has no Rust type for it")
                .help(help),
        );
    }

    fn values(&mut self, entry: &Entry, kind: Option<&str>) {
        let values: Vec<&str> = entry.node.items().iter().filter_map(Node::str).collect();
        if entry.node.items().is_empty() {
            let finding = Diagnostic::new("an enum without values", entry.key_span.clone());
            self.findings.push(finding.help("add values, or remove `enum`"));
        } else if kind == Some("string") && values.len() < entry.node.items().len() {
            let odd = entry.node.items().iter().find(|item| item.str().is_none());
            let span = odd.map_or(entry.key_span.clone(), |item| item.span.clone());
            let finding = Diagnostic::new("a value of another type in an enum of strings", span);
            self.findings.push(finding.help("quote it; null is what `nullable: true` stands for"));
        } else if kind == Some("string") {
            // The variant that keeps unknown values has a name too.
            self.collision(std::iter::once("unknown").chain(values), &entry.key_span);
        }
    }

    /// Names that would be the same in Rust.
    fn collision<'n>(&mut self, names: impl IntoIterator<Item = &'n str>, span: &Range<usize>) {
        if let Some((one, other)) = naming::collision(names) {
            self.findings.push(
                Diagnostic::new(format!("`{one}` and `{other}` would be the same name in Rust"), span.clone())
                    .help("rename or remove one of them"),
            );
        }
    }

    /// What a reference leads to, or the node itself. References have been checked before.
    fn resolve(&self, node: &'a Node) -> &'a Node {
        node.resolve(self.root)
    }
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
