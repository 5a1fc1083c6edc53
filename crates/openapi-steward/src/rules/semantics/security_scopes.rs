use std::collections::{BTreeSet, HashMap};

use super::undefined_security_scheme::requirements;
use crate::document::{Diagnostic, Node, Severity, Version};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "security-scopes",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "Only OAuth 2 and OpenID Connect have scopes, and a flow defines those of OAuth 2.",
    rationale: "An API key or HTTP authentication has no scopes, so that OpenAPI requires an empty list for them. A scope that no flow defines cannot \
          be granted, which is advice.",
    bad: "\
security:
  - key:
      - admin # here
components:
  securitySchemes:
    key:
      type: apiKey
      in: header
      name: X-Key
",
    good: "\
security:
  - key: []
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
    let schemes = context.components("securitySchemes").iter();
    let schemes: HashMap<&str, Scheme<'_>> =
        schemes.map(|scheme| (scheme.key.as_str(), Scheme::of(context.resolve(&scheme.node)))).collect();
    let mut findings = Vec::new();
    for requirement in requirements(context) {
        let Some(scheme) = schemes.get(requirement.key.as_str()) else { continue };
        let scopes = requirement.node.items();
        match scheme.kind {
            // Later versions allow a list of roles here.
            Some(kind @ ("apiKey" | "http")) if context.version == Version::V3_0 => {
                let Some(first) = scopes.first() else { continue };
                let message = format!("the security scheme `{}` has no scopes", requirement.key);
                let finding = Diagnostic::new(message, first.span.clone()).label(format!("its type is `{kind}`"));
                let help = format!("write `{}: []`", requirement.key);
                findings.push(finding.cause(requirement.key.as_str()).help(help));
            }
            Some("oauth2") => {
                let named = scopes.iter().filter_map(|scope| Some((scope, scope.str()?)));
                for (scope, name) in named.filter(|(_, name)| !scheme.scopes.contains(name)) {
                    findings.push(undefined(scope, name, &scheme.scopes).cause(format!("{} {name}", requirement.key)));
                }
            }
            _ => {}
        }
    }
    findings
}

/// A security scheme, with the scopes that its flows define.
struct Scheme<'d> {
    kind: Option<&'d str>,
    scopes: BTreeSet<&'d str>,
}

impl<'d> Scheme<'d> {
    fn of(scheme: &'d Node) -> Self {
        let scopes = scheme.entries_of("flows").iter().flat_map(|flow| flow.node.entries_of("scopes"));
        Self { kind: scheme.get_str("type"), scopes: scopes.map(|scope| scope.key.as_str()).collect() }
    }
}

fn undefined(scope: &Node, name: &str, defined: &BTreeSet<&str>) -> Diagnostic {
    let finding = Diagnostic::new(format!("no flow defines the scope `{name}`"), scope.span.clone()).advice();
    finding.help(suggest(name, defined.iter().copied(), "define it below `scopes` in the flows of the scheme"))
}
