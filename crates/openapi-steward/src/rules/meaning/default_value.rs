use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::examples::{Checker, place_in};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "default-mismatch",
    group: Group::Meaning,
    severity: Severity::Error,
    asks: "A `default` is a value that its schema allows.",
    why: "A default is what holds when nothing is said, so it has to be something that could have been said.",
    bad: "\
components:
  schemas:
    Size:
      type: integer
      maximum: 1000
      default: 5000 # here
",
    good: "\
components:
  schemas:
    Size:
      type: integer
      maximum: 1000
      default: 50
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let checker = Checker::new(context);
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let Some(default) = schema.entry("default") else { continue };
        for (at, why) in checker.mismatches(schema.node, &default.node.to_json()) {
            let place = if at.is_empty() { String::new() } else { format!(" at {at}") };
            findings.push(
                Diagnostic::new(format!("this default does not match its schema{place}"), place_in(&default.node, &at))
                    .label(why)
                    .help("change the default, or the schema"),
            );
        }
    }
    findings
}
