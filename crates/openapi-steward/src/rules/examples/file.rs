use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::{Checker, FOLDER, Folded, files, place_in};
use crate::document::{Diagnostic, Severity, Source, parse_json};
use crate::rules::{Context, Group, Rule};
use crate::text::did_you_mean;

pub(crate) static RULE: Rule = Rule {
    id: "example-file",
    group: Group::Examples,
    severity: Severity::Error,
    asks: "A file that is an example is there, is JSON, and matches its schema.",
    why: "Files are what tests and stand-ins of the service are fed with: one that does not match is a test of something \
          that does not happen.",
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
    let checker = Checker::new(context);
    let (mut findings, mut mismatches) = (Vec::new(), Folded::default());
    for (schema, entry) in files(context) {
        let name = entry.node.str().unwrap_or_default();
        if is_elsewhere(name) {
            continue;
        }
        let blame = |message: String| Diagnostic::new(message, entry.node.span.clone());
        match fs::read_to_string(directory.join(name)) {
            Err(error) => findings.push(missing(directory, name, &error, blame)),
            Ok(text) => match parse_json(&text) {
                Err(finding) => {
                    let at = place(name, text, finding.span.start);
                    findings.push(
                        blame(format!("the example {name} is not JSON")).label(format!("{at}: {}", finding.label)),
                    );
                }
                Ok(value) => {
                    for (pointer, why) in checker.mismatches(schema, &value.to_json()) {
                        let at = place(name, text.clone(), place_in(&value, &pointer).start);
                        let inside = if pointer.is_empty() { String::new() } else { format!(" at {pointer}") };
                        let finding = blame(format!("the example {name} does not match its schema{inside}"))
                            .label(format!("{at}: {why}"))
                            .help("change the example, or the schema if the example is what the service sends");
                        mismatches.add(&pointer, &why, finding);
                    }
                }
            },
        }
    }
    findings.extend(mismatches.into_findings());
    findings
}

fn missing(directory: &Path, name: &str, error: &io::Error, blame: impl Fn(String) -> Diagnostic) -> Diagnostic {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => error.to_string(),
    };
    let files = in_folder(directory);
    let similar = did_you_mean(name, files.iter().map(String::as_str));
    blame(format!("cannot read the example {name}: {why}")).help(similar.map_or_else(
        || "add the file beside the document, or remove the example".to_owned(),
        |similar| format!("did you mean `{similar}`?"),
    ))
}

/// Whether it is no file beside the document, but a URL.
fn is_elsewhere(name: &str) -> bool {
    name.contains("://")
}

/// The files in the folder of examples, as examples point at them.
pub(super) fn in_folder(directory: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(directory.join(FOLDER)).into_iter().flatten().flatten();
    entries.map(|entry| format!("{FOLDER}/{}", entry.file_name().to_string_lossy())).collect()
}

/// `examples/room.json:3:5`.
fn place(name: &str, text: String, byte: usize) -> String {
    let place = Source { path: String::new(), text }.position(byte);
    format!("{name}:{}:{}", place.line, place.column)
}
