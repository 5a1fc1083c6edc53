use crate::document::shape::{HEADER, PARAMETER, RESPONSE};
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "ignored-header",
    group: Group::Semantics,
    severity: Severity::Warning,
    summary: "No parameter is the header `Accept`, `Content-Type` or `Authorization`, and no response header is `Content-Type`.",
    rationale: "OpenAPI ignores these: the media types of the content and the security schemes describe them.",
    bad: "\
components:
  parameters:
    Token:
      name: Authorization # here
      in: header
      schema:
        type: string
",
    good: "\
components:
  securitySchemes:
    token:
      type: http
      scheme: bearer
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for parameter in context.objects(&PARAMETER).filter(|parameter| parameter.node.get_str("in") == Some("header")) {
        let Some(entry) = parameter.entry("name") else { continue };
        let name = entry.node.str().unwrap_or_default().to_ascii_lowercase();
        let help = match name.as_str() {
            "accept" => "remove it: the media types of the responses say what is accepted",
            "content-type" => "remove it: the media types of the request body say what is sent",
            "authorization" => "remove it, and define a security scheme",
            _ => continue,
        };
        let finding = parameter.finding_at_value(entry, "OpenAPI ignores a parameter with this name");
        findings.push(finding.cause(name).help(help));
    }
    for header in context.objects(&HEADER).filter(|header| header.key.eq_ignore_ascii_case("content-type")) {
        let parent = header.parent.and_then(|parent| context.walk.objects.get(parent));
        if parent.is_some_and(|parent| parent.is(&RESPONSE)) {
            let finding = header.finding("OpenAPI ignores a response header with this name");
            findings.push(finding.cause("response").help("remove it: the media types of the response say what it is"));
        }
    }
    findings
}
