use std::fs;
use std::io;
use std::path::Path;

use super::grouped_findings::GroupedFindings;
use super::{EXAMPLE_FIX, example_files, files_in_folder};
use crate::document::{Diagnostic, Severity, Source, parse_json};
use crate::rules::rule::{Context, Group, Rule};
use crate::rules::value_checker::{ValueChecker, at_pointer, span_at};
use crate::text::did_you_mean;

pub(crate) static RULE: Rule = Rule {
    id: "example-file",
    group: Group::Examples,
    severity: Severity::Error,
    summary: "An example file exists, is valid JSON, and matches its schema.",
    rationale: "Tests and stand-ins of the service use these files: one that does not match tests a case that does not occur.",
    bad: "\
paths:
  /rooms:
    get:
      responses:
        2XX:
          description: The rooms.
          content:
            application/json:
              schema:
                type: object
              examples:
                none:
                  externalValue: examples/no-such-file.json # here
",
    good: "\
paths:
  /rooms:
    get:
      responses:
        2XX:
          description: The rooms.
          content:
            application/json:
              schema:
                type: object
              examples:
                none:
                  externalValue: examples/no-rooms.json
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(directory) = context.directory else { return Vec::new() };
    let checker = ValueChecker::new(context);
    let (mut findings, mut mismatches) = (Vec::new(), GroupedFindings::default());
    for (schema, entry) in example_files(context) {
        let name = entry.node.str().unwrap_or_default();
        if is_url(name) {
            continue;
        }
        let finding = |message: String| Diagnostic::new(message, entry.node.span.clone());
        match fs::read_to_string(directory.join(name)) {
            Err(error) => findings.push(unreadable(directory, name, &error, finding)),
            Ok(text) => match parse_json(&text) {
                Err(error) => {
                    let at = position(name, text, error.span.start);
                    let finding = finding(format!("the example file {name} is not valid JSON"));
                    findings.push(finding.label(format!("{at}: {}", error.label)).help("fix the file"));
                }
                Ok(value) => {
                    for (pointer, mismatch) in checker.mismatches(schema, &value.to_json()) {
                        let at = position(name, text.clone(), span_at(&value, &pointer).start);
                        let message =
                            format!("the example file {name} does not match its schema{}", at_pointer(&pointer));
                        let finding = finding(message).label(format!("{at}: {mismatch}")).help(EXAMPLE_FIX);
                        mismatches.add(&pointer, &mismatch, finding);
                    }
                }
            },
        }
    }
    findings.extend(mismatches.into_findings());
    findings
}

fn unreadable(directory: &Path, name: &str, error: &io::Error, finding: impl Fn(String) -> Diagnostic) -> Diagnostic {
    let message = match error.kind() {
        io::ErrorKind::NotFound => format!("the example file {name} does not exist"),
        _ => format!("cannot read the example file {name}: {error}"),
    };
    let files = files_in_folder(directory);
    let similar = did_you_mean(name, files.iter().map(String::as_str));
    finding(message).help(similar.map_or_else(
        || "add the file, or remove the example".to_owned(),
        |similar| format!("did you mean `{similar}`?"),
    ))
}

/// Returns whether an external value is a URL and not a file.
fn is_url(name: &str) -> bool {
    name.contains("://")
}

/// Returns a position in a file, such as `examples/room.json:3:5`.
fn position(name: &str, text: String, byte: usize) -> String {
    let position = Source { path: String::new(), text }.position(byte);
    format!("{name}:{}:{}", position.line, position.column)
}
