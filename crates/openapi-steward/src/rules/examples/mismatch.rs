use super::{Checker, Folded, place_in, with_examples};
use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Node, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "example-mismatch",
    group: Group::Examples,
    severity: Severity::Error,
    asks: "An example in the document matches its schema.",
    why: "Users trust examples more than schemas. Where the two disagree one is wrong; when it is the schema, the client \
          fails on what the service sends.",
    bad: "\
components:
  parameters:
    PageSize:
      name: PageSize
      in: query
      schema:
        type: integer
        maximum: 1000
      example: 5000 # here
",
    good: "\
components:
  parameters:
    PageSize:
      name: PageSize
      in: query
      schema:
        type: integer
        maximum: 1000
      example: 1000
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let checker = Checker::new(context);
    let mut findings = Folded::default();
    for (schema, holder) in with_examples(context) {
        let named = holder.entries_of("examples").iter();
        let named = named.filter_map(|example| context.resolve(&example.node).get("value"));
        for example in holder.get("example").into_iter().chain(named) {
            compare(&checker, schema, example, &mut findings);
        }
    }
    for schema in context.objects(&SCHEMA) {
        if let Some(example) = schema.node.get("example") {
            compare(&checker, schema.node, example, &mut findings);
        }
    }
    findings.into_findings()
}

fn compare(checker: &Checker<'_>, schema: &Node, example: &Node, findings: &mut Folded) {
    for (at, why) in checker.mismatches(schema, &example.to_json()) {
        let place = if at.is_empty() { String::new() } else { format!(" at {at}") };
        let message = format!("this example does not match its schema{place}");
        let finding = Diagnostic::new(message, place_in(example, &at)).label(why.as_str());
        findings.add(
            &at,
            &why,
            finding.help("change the example, or the schema if the example is what the service sends"),
        );
    }
}
