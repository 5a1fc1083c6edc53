use crate::rules::examples::{Checker, place_in};
use crate::rules::{Document, Group, Rule};
use crate::spec::shape::SCHEMA;
use crate::spec::{Diagnostic, Severity};

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

fn check(document: &Document<'_>) -> Vec<Diagnostic> {
    let checker = Checker::new(document);
    let mut findings = Vec::new();
    for schema in document.objects(&SCHEMA) {
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
