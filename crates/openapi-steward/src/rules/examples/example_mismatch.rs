use super::grouped_findings::GroupedFindings;
use super::{EXAMPLE_FIX, with_examples};
use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Node, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::rules::value_checker::{ValueChecker, at_pointer, span_at};

pub(crate) static RULE: Rule = Rule {
    id: "example-mismatch",
    group: Group::Examples,
    severity: Severity::Error,
    summary: "An example in the document matches its schema.",
    rationale: "Users rely on examples more than on schemas. If the two disagree, one is wrong; if it is the schema, the \
          client fails on real responses.",
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
    let checker = ValueChecker::new(context);
    let mut findings = GroupedFindings::default();
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

fn compare(checker: &ValueChecker<'_>, schema: &Node, example: &Node, findings: &mut GroupedFindings) {
    for (pointer, mismatch) in checker.mismatches(schema, &example.to_json()) {
        let message = format!("this example does not match its schema{}", at_pointer(&pointer));
        let finding = Diagnostic::new(message, span_at(example, &pointer)).label(mismatch.as_str());
        findings.add(&pointer, &mismatch, finding.help(EXAMPLE_FIX));
    }
}
