use crate::document::{Diagnostic, Node, Severity, Version};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "openapi-version",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "The document is an OpenAPI 3.0, 3.1 or 3.2 document.",
    rationale: "The tool reads no other versions, in which the same keys have other meanings.",
    bad: "\
openapi: 4.0.0 # here
",
    good: "\
openapi: 3.0.3
",
    check,
};

/// The versions that can be read.
const SUPPORTED: &str = "only OpenAPI 3.0, 3.1 and 3.2 are supported";

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let unknown = context.written.get("openapi").filter(|version| {
        let is_known = version.str().is_none_or(|text| {
            Version::ALL.iter().any(|version| text.strip_prefix(version.numbers()).is_some_and(is_patch))
        });
        !is_known && other_format(context).is_none()
    });
    let unknown = unknown.map(|version| {
        Diagnostic::new("this is not a version of OpenAPI", version.span.clone())
            .label("expected three numbers, such as `3.0.3`")
            .help("write `openapi: 3.0.3`")
    });
    other_format(context).into_iter().chain(unknown).collect()
}

/// The finding for a document of another version or format, in which no other rule has anything to say.
pub(in crate::rules) fn other_format(context: &Context<'_>) -> Option<Diagnostic> {
    let (root, text_of) =
        (context.written, |node: &Node| context.text_of(&node.span).trim_matches(['"', '\'']).to_owned());
    if let Some(version) = root.get("openapi") {
        let text = version.str().map_or_else(|| text_of(version), str::to_owned);
        let mut numbers = text.split('.').map(|number| number.parse::<u32>().ok());
        let (major, minor) = (numbers.next()??, numbers.next()??);
        return (major != 3 || minor > 2).then(|| {
            Diagnostic::new(format!("this is an OpenAPI {major}.{minor} document"), version.span.clone())
                .label(SUPPORTED)
                .help("convert the document, or correct its version")
        });
    }
    let (entry, name) =
        [("swagger", "a Swagger"), ("asyncapi", "an AsyncAPI"), ("raml", "a RAML"), ("arazzo", "an Arazzo")]
            .into_iter()
            .find_map(|(key, name)| Some((root.entry(key)?, name)))?;
    let finding = Diagnostic::new(format!("this is {name} {} document", text_of(&entry.node)), entry.key_span.clone());
    let help = match entry.key.as_str() {
        "swagger" => "convert it to OpenAPI 3 first",
        _ => "name an OpenAPI document",
    };
    Some(finding.label(SUPPORTED).help(help))
}

/// Returns whether a version ends like `.3` or `.0-rc1`.
fn is_patch(text: &str) -> bool {
    let number = text.strip_prefix('.').map(|text| text.split('-').next().unwrap_or_default());
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}
