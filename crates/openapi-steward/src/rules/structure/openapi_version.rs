use crate::document::{Diagnostic, Node, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "openapi-version",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "The document is an OpenAPI 3.0 document.",
    rationale: "The tool reads OpenAPI 3.0 only. In other versions the same keys have other meanings.",
    bad: "\
openapi: 3.1.0 # here
",
    good: "\
openapi: 3.0.3
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let unknown = context.root.get("openapi").filter(|version| {
        let is_3_0 = version.str().is_none_or(|text| text.starts_with("3.0."));
        !is_3_0 && other_format(context).is_none()
    });
    let unknown = unknown.map(|version| {
        Diagnostic::new("this is not a version of OpenAPI", version.span.clone())
            .label("expected `3.0.` and a number")
            .help("write `openapi: 3.0.3`")
    });
    other_format(context).into_iter().chain(unknown).collect()
}

/// Returns whether this is a version of OpenAPI whose documents the generator lowers to 3.0.
pub(in crate::rules) fn is_3_1(version: &str) -> bool {
    version.starts_with("3.1.") || version == "3.1"
}

/// The finding for a document of another version or format, in which no other rule has anything to say.
pub(in crate::rules) fn other_format(context: &Context<'_>) -> Option<Diagnostic> {
    let (root, text_of) =
        (context.root, |node: &Node| context.text_of(&node.span).trim_matches(['"', '\'']).to_owned());
    if let Some(version) = root.get("openapi") {
        let text = version.str().map_or_else(|| text_of(version), str::to_owned);
        let mut numbers = text.split('.').map(|number| number.parse::<u32>().ok());
        let (major, minor) = (numbers.next()??, numbers.next()??);
        return ((major, minor) != (3, 0)).then(|| {
            Diagnostic::new(format!("this is an OpenAPI {major}.{minor} document"), version.span.clone())
                .label("only OpenAPI 3.0 is supported")
                .help("convert the document, or write `openapi: 3.0.3` if it is one of OpenAPI 3.0")
        });
    }
    let (entry, name) =
        [("swagger", "a Swagger"), ("asyncapi", "an AsyncAPI"), ("raml", "a RAML"), ("arazzo", "an Arazzo")]
            .into_iter()
            .find_map(|(key, name)| Some((root.entry(key)?, name)))?;
    let finding = Diagnostic::new(format!("this is {name} {} document", text_of(&entry.node)), entry.key_span.clone());
    let help = match entry.key.as_str() {
        "swagger" => "convert it to OpenAPI 3.0 first",
        _ => "name an OpenAPI document",
    };
    Some(finding.label("only OpenAPI 3.0 is supported").help(help))
}
