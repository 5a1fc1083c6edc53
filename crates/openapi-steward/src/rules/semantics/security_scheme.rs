use crate::document::shape::{OAUTH_FLOW, SECURITY_SCHEME};
use crate::document::{Diagnostic, DocumentObject, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::list;

pub(crate) static RULE: Rule = Rule {
    id: "security-scheme",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "A security scheme has the keys that its type requires, and an OAuth flow has its URLs.",
    rationale: "Without them, a client does not know where to send the credentials, or where to get them.",
    bad: "\
components:
  securitySchemes:
    key: # here
      type: apiKey
      in: header
",
    good: "\
components:
  securitySchemes:
    key:
      type: apiKey
      in: header
      name: X-Key
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for scheme in context.objects(&SECURITY_SCHEME) {
        let kind = scheme.node.get_str("type").unwrap_or_default();
        let required: &[&str] = match kind {
            "apiKey" => &["name", "in"],
            "http" => &["scheme"],
            "oauth2" => &["flows"],
            "openIdConnect" => &["openIdConnectUrl"],
            _ => &[],
        };
        findings.extend(missing(scheme, required, &format!("a security scheme of type `{kind}`")));
    }
    for flow in context.objects(&OAUTH_FLOW) {
        let required: &[&str] = match flow.key {
            "implicit" => &["authorizationUrl"],
            "password" | "clientCredentials" => &["tokenUrl"],
            "authorizationCode" => &["authorizationUrl", "tokenUrl"],
            _ => &[],
        };
        findings.extend(missing(flow, required, &format!("the flow `{}`", flow.key)));
    }
    findings
}

fn missing(object: &DocumentObject<'_>, required: &[&str], name: &str) -> Option<Diagnostic> {
    let missing: Vec<&str> = required.iter().copied().filter(|key| object.entry(key).is_none()).collect();
    if missing.is_empty() {
        return None;
    }
    let keys = list(missing.iter().copied());
    let lines: Vec<String> = missing.iter().map(|key| format!("`{key}:`")).collect();
    let finding = object.finding(format!("{name} requires {keys}"));
    Some(finding.help(format!("add {}", lines.join(" and "))))
}
