use super::holder::{Holder, holders};
use super::{graded, named_examples};
use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Node, Severity, Value, parse_json};
use crate::rules::rule::{Context, Group, Rule};
use crate::rules::value_checker::{ValueChecker, at_pointer};
use crate::schema::{Mismatch, Options, References};

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
    let mut findings = Vec::new();
    for holder in holders(context) {
        let named = named_examples(context, holder).filter_map(|example| example.get("value"));
        for example in holder.node.get("example").into_iter().chain(named) {
            compare_in_holder(context, &checker, holder, example, &mut findings);
        }
    }
    let options = Options { direction: None, strict: context.strict };
    for schema in context.objects(&SCHEMA) {
        let example = schema.node.get("example");
        // The first item of `examples` is the example as well.
        let others = schema.node.items_of("examples").iter().filter(|other| {
            context.version.has_json_schema() && example.is_none_or(|example| example.span != other.span)
        });
        for example in example.into_iter().chain(others) {
            compare(&checker, schema.node, example, options, &mut findings);
        }
    }
    findings
}

fn compare_in_holder<'d>(
    context: &Context<'_>,
    checker: &ValueChecker<'d>,
    holder: Holder<'d>,
    example: &Node,
    findings: &mut Vec<Diagnostic>,
) {
    if !holder.is_serialized(example, References::new(context.root)) {
        compare(checker, holder.schema, example, holder.options(context.strict), findings);
    }
}

fn compare<'d>(
    checker: &ValueChecker<'d>,
    schema: &'d Node,
    example: &Node,
    options: Options,
    findings: &mut Vec<Diagnostic>,
) {
    let mismatches = checker.mismatches(schema, example, options);
    if let Some(finding) = as_text(checker, schema, example, options, &mismatches) {
        findings.push(finding);
        return;
    }
    for mismatch in mismatches {
        let message = format!("this example does not match its schema{}", at_pointer(&mismatch.pointer));
        let finding = Diagnostic::new(message, mismatch.span.clone()).label(mismatch.reason.as_str());
        findings.push(graded(finding, &mismatch));
    }
}

/// The finding for an object or a list that is written as JSON text in a string.
fn as_text<'d>(
    checker: &ValueChecker<'d>,
    schema: &'d Node,
    example: &Node,
    options: Options,
    mismatches: &[Mismatch],
) -> Option<Diagnostic> {
    let Value::String(text) = &example.value else { return None };
    let is_whole = mismatches.iter().any(|mismatch| mismatch.pointer.is_empty() && mismatch.kind.is_invalid());
    if !is_whole || !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let value = parse_json(text).ok()?;
    let inner = checker.mismatches(schema, &value, options);
    if let Some(mismatch) = inner.iter().find(|mismatch| mismatch.kind.is_invalid()) {
        let message = format!("this example does not match its schema{}", at_pointer(&mismatch.pointer));
        let finding = Diagnostic::new(message, example.span.clone()).label(mismatch.reason.as_str());
        return Some(graded(finding, mismatch));
    }
    let finding = Diagnostic::new("this example is JSON text in a string", example.span.clone()).advice();
    Some(
        finding
            .label("its schema is not a string")
            .cause("text")
            .help("write the value itself, without quotes around it"),
    )
}
