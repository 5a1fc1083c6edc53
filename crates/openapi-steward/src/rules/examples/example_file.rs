use std::fs;
use std::io;
use std::path::{Component, Path};

use super::holder::Holder;
use super::{example_files, files_in_folder, graded};
use crate::document::{Diagnostic, Severity, Source, Span, parse_json};
use crate::rules::rule::{Context, Group, Rule};
use crate::rules::value_checker::{ValueChecker, at_pointer};
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
    let mut findings = Vec::new();
    for (holder, entry) in example_files(context) {
        let Some(name) = entry.node.str().filter(|name| !is_url(name)) else { continue };
        let finding = |message: String| Diagnostic::new(message, entry.node.span.clone());
        if !is_below(Path::new(name)) {
            let finding = finding(format!("the example file {name} is not in the folder of the document"));
            findings.push(finding.help("move the file into the folder, and write its path relative to the document"));
            continue;
        }
        match fs::read_to_string(directory.join(name)) {
            Err(error) => findings.push(unreadable(directory, name, &error, finding)),
            Ok(text) if holder.is_json() => {
                let file = Source::new(name, text);
                compare(context, &checker, holder, &file, &entry.node.span, &mut findings);
            }
            Ok(_) => {}
        }
    }
    findings
}

fn compare<'d>(
    context: &Context<'_>,
    checker: &ValueChecker<'d>,
    holder: Holder<'d>,
    file: &Source,
    span: &Span,
    findings: &mut Vec<Diagnostic>,
) {
    let name = &file.path;
    let at = |byte: usize| {
        let position = file.position(byte);
        format!("{name}:{}:{}", position.line, position.column)
    };
    let finding = |message: String| Diagnostic::new(message, span.clone());
    match parse_json(&file.text) {
        Err(error) => {
            let finding = finding(format!("the example file {name} is not valid JSON"));
            findings.push(finding.label(format!("{}: {}", at(error.span.start), error.label)).help("fix the file"));
        }
        Ok(value) => {
            for mismatch in checker.mismatches(holder.schema, &value, holder.options(context.strict)) {
                let pointer = at_pointer(&mismatch.pointer);
                let finding = finding(format!("the example file {name} does not match its schema{pointer}"));
                let label = format!("{}: {}", at(mismatch.span.start), mismatch.reason);
                findings.push(graded(finding.label(label), &mismatch));
            }
        }
    }
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

/// Returns whether a relative path stays below its folder.
fn is_below(path: &Path) -> bool {
    let mut depth = 0_usize;
    path.components().all(|component| match component {
        Component::Normal(_) => {
            depth += 1;
            true
        }
        Component::CurDir => true,
        Component::ParentDir => {
            let is_inside = depth > 0;
            depth = depth.saturating_sub(1);
            is_inside
        }
        Component::RootDir | Component::Prefix(_) => false,
    })
}
