use crate::document::{Diagnostic, Node, Severity, Span, Value};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "yaml-ambiguous",
    group: Group::Yaml,
    severity: Severity::Warning,
    summary: "A value or a key has the same meaning in YAML 1.1 and in YAML 1.2.",
    rationale: "Many tools still read YAML 1.1, in which `no` is false, `12:30` is 750, `010` is 8 and `2026-11-01` is a \
          date. A key such as `200` is a number to some tools and a string to others. Quotes make it unambiguous.",
    bad: "\
components:
  schemas:
    Answer:
      type: string
      enum:
        - no # here
        - 'yes'
",
    good: "\
components:
  schemas:
    Answer:
      type: string
      enum:
        - 'no'
        - 'yes'
",
    check,
};

const BOOLEANS: [&str; 8] = ["yes", "no", "on", "off", "y", "n", "true", "false"];

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    visit(context, context.written, &mut findings);
    findings
}

fn visit(context: &Context<'_>, node: &Node, findings: &mut Vec<Diagnostic>) {
    if node.plain
        && let Some(other) = type_in_yaml_1_1(context.text_of(&node.span), &node.value)
    {
        findings.push(finding(context, &node.span, other));
    }
    for entry in node.entries() {
        let text = context.text_of(&entry.key_span);
        let (is_plain, is_text) = (text == entry.key, text.starts_with(char::is_alphabetic));
        if is_plain && !text.is_empty() {
            let number = text.starts_with(|char: char| char.is_ascii_digit()) && text.parse::<f64>().is_ok();
            let is_boolean = is_text && boolean(text);
            if number || is_boolean || text == "null" || text == "~" {
                let other = if number {
                    "a number"
                } else if is_boolean {
                    "a boolean"
                } else {
                    "null"
                };
                findings.push(finding(context, &entry.key_span, other));
            }
        }
        visit(context, &entry.node, findings);
    }
    node.items().iter().for_each(|item| visit(context, item, findings));
}

fn finding(context: &Context<'_>, span: &Span, other: &str) -> Diagnostic {
    let text = context.text_of(span);
    Diagnostic::new(format!("some YAML parsers read `{text}` as {other}"), span.clone())
        .cause(text)
        .help(format!("quote it: '{text}'"))
}

/// Returns the type of an unquoted value in YAML 1.1, if that differs from its type in YAML 1.2.
fn type_in_yaml_1_1(text: &str, value: &Value) -> Option<&'static str> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match value {
        Value::String(_) if boolean(text) => Some("a boolean"),
        Value::String(_) if text.contains(':') && text.split(':').all(digits) => Some("a number in base 60"),
        Value::String(_) if is_date(text) => Some("a date"),
        Value::String(_) if text.contains('_') && text.split('_').all(digits) => Some("a number"),
        Value::Number(_) if text.len() > 1 && text.starts_with('0') && digits(text) => Some("an octal number"),
        Value::Number(_) if text.starts_with("0o") => Some("a string"),
        _ => None,
    }
}

fn boolean(text: &str) -> bool {
    let has_yaml_case = text.chars().skip(1).all(char::is_lowercase) || text.chars().all(char::is_uppercase);
    has_yaml_case && BOOLEANS.contains(&text.to_lowercase().as_str())
}

/// Returns whether a text begins like `2026-11-01` and is a date or an instant.
fn is_date(text: &str) -> bool {
    let shape: String = text.chars().take(11).map(|char| if char.is_ascii_digit() { '0' } else { char }).collect();
    ["0000-00-00", "0000-00-00T", "0000-00-00t", "0000-00-00 "].contains(&shape.as_str())
}
