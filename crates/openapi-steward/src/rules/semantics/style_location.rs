use crate::document::shape::PARAMETER;
use crate::document::{Diagnostic, DocumentObject, Severity, Version};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::list;

pub(crate) static RULE: Rule = Rule {
    id: "style-location",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "The `style` of a parameter is one that its location allows.",
    rationale: "A style describes how the value is written in a path, a query, a header or a cookie. In another place it has no meaning.",
    bad: "\
components:
  parameters:
    Status:
      name: Status
      in: query
      style: matrix # here
      schema:
        type: string
",
    good: "\
components:
  parameters:
    Status:
      name: Status
      in: query
      style: form
      schema:
        type: string
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for parameter in context.objects(&PARAMETER) {
        findings.extend(reserved(context, parameter));
        let (Some(location), Some(style)) = (parameter.node.get_str("in"), parameter.entry("style")) else { continue };
        let allowed = styles(location, context.version);
        let Some(name) = style.node.str().filter(|name| is_style(name) && !allowed.contains(name)) else { continue };
        if !allowed.is_empty() {
            let message = format!("the style `{name}` is not for a parameter in `{location}`");
            let help = format!("use {}", list(allowed.iter().copied()));
            findings.push(parameter.finding_at_value(style, message).help(help));
        }
    }
    findings
}

/// The finding for `allowReserved` where it has no meaning: OpenAPI 3.1 forbids it there.
fn reserved(context: &Context<'_>, parameter: &DocumentObject<'_>) -> Option<Diagnostic> {
    let (location, entry) = (parameter.node.get_str("in")?, parameter.entry("allowReserved")?);
    let has_meaning = match context.version {
        Version::V3_0 | Version::V3_1 => location == "query",
        Version::V3_2 => location != "header",
    };
    let finding = || {
        let message = format!("`allowReserved` is not for a parameter in `{location}`");
        Diagnostic::new(message, entry.key_span.clone()).in_object(&parameter.node.span).help("remove it")
    };
    let finding = (!has_meaning).then(finding)?;
    Some(if context.version == Version::V3_0 { finding.cause("allowReserved").advice() } else { finding })
}

const fn styles(location: &str, version: Version) -> &'static [&'static str] {
    match location.as_bytes() {
        b"path" => &["simple", "label", "matrix"],
        b"query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        b"header" => &["simple"],
        b"cookie" if matches!(version, Version::V3_2) => &["form", "cookie"],
        b"cookie" => &["form"],
        _ => &[],
    }
}

/// Returns whether OpenAPI has this style. Another rule reports a style that it does not have.
fn is_style(name: &str) -> bool {
    ["path", "query"].into_iter().any(|location| styles(location, Version::V3_2).contains(&name))
}
