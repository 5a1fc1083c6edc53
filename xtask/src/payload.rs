//! `cargo xtask validate --payload`: checks bodies against a schema of the spec.

use std::io::Read;
use std::ops::Range;
use std::path::Path;
use std::time::Instant;

use serde_json::Value;

use crate::files::count;
use crate::generate;
use crate::outcome::{CouldNotRun, Outcome};
use crate::report::Format;
use crate::shell::Shell;
use crate::spec::{Diagnostic, Schemas, Source, Spec, did_you_mean, findings, parse_json};
use crate::validate;

/// Which bodies to check, and how.
#[derive(Debug)]
pub(crate) struct Payload<'a> {
    /// A file of JSON, or of a JSON value a line; `-` is standard input.
    pub(crate) file: &'a Path,
    /// The name of the schema.
    pub(crate) schema: &'a str,
    /// Whether a property that the spec does not have is a finding.
    pub(crate) strict: bool,
    pub(crate) format: Format,
}

pub(crate) fn run(spec: &Path, payload: &Payload<'_>, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let source = generate::read(spec)?;
    let spec = Spec::parse(&source).map_err(|findings| {
        let errors = count(findings.len(), "error");
        CouldNotRun(format!("{errors} in {}: run `cargo xtask validate` and mend the spec first", source.path))
    })?;
    let schema = schema(&spec, payload)?;
    let body = read(payload.file)?;
    let (values, findings) = check(&schema, &body.text)?;
    if findings.is_empty() {
        let (values, seconds) = (count(values, "body"), started.elapsed().as_secs_f64());
        shell.status("Valid", format_args!("{} as {}, {values} in {seconds:.2}s", body.path, payload.schema));
        return Ok(Outcome::Fine);
    }
    Ok(validate::say(&findings, &body, payload.format, started, shell))
}

fn schema(spec: &Spec, payload: &Payload<'_>) -> Result<Value, CouldNotRun> {
    let schemas = Schemas::of(&spec.root);
    let schemas = if payload.strict { schemas.strict() } else { schemas };
    schemas.component(payload.schema).ok_or_else(|| {
        let help = match did_you_mean(payload.schema, schemas.names()) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("there are {}", schemas.names().collect::<Vec<_>>().join(", ")),
        };
        CouldNotRun(format!("the spec has no schema `{}`: {help}", payload.schema))
    })
}

fn read(file: &Path) -> Result<Source, CouldNotRun> {
    if file != Path::new("-") {
        return Source::read_body(file);
    }
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    read.map_err(|error| CouldNotRun(format!("cannot read standard input: {error}")))?;
    Ok(Source { path: "<stdin>".to_owned(), text })
}

/// How many bodies there are in the text, and what is wrong with them.
fn check(schema: &Value, text: &str) -> Result<(usize, Vec<Diagnostic>), CouldNotRun> {
    let bodies = bodies(text);
    let mut found = Vec::new();
    for span in &bodies {
        let body = &text[span.clone()];
        let node = match parse_json(body) {
            Ok(node) => node,
            Err(finding) => {
                found.push(finding.moved(span.start));
                continue;
            }
        };
        let findings = findings(schema, &node.to_json())
            .map_err(|error| CouldNotRun(format!("the schema cannot be used: {error}")))?;
        for (at, why) in findings {
            let place = if at.is_empty() { String::new() } else { format!(" at {at}") };
            let blamed = node.pointer(&at).map_or(0..body.len(), |node| node.span.clone());
            let finding = Diagnostic::new(format!("this body does not match the schema{place}"), blamed).label(why);
            found.push(finding.moved(span.start));
        }
    }
    Ok((bodies.len(), found))
}

/// Where the bodies are: the whole text is one, or each line that is not empty.
fn bodies(text: &str) -> Vec<Range<usize>> {
    let lines: Vec<Range<usize>> = text
        .split_inclusive('\n')
        .scan(0, |start, line| {
            let begin = *start;
            *start += line.len();
            Some(begin..begin + line.trim_end().len())
        })
        .filter(|span| !text[span.clone()].trim().is_empty())
        .collect();
    let is_json = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    let a_line_each =
        lines.len() > 1 && !is_json(text) && lines.first().is_some_and(|line| is_json(&text[line.clone()]));
    let whole = 0..text.len();
    if a_line_each { lines } else { vec![whole] }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a text that is checked as rooms.
    fn said(text: &str, strict: bool) -> Result<String, CouldNotRun> {
        let spec = Source { path: "rooms.yaml".to_owned(), text: include_str!("../fixtures/rooms.yaml").to_owned() };
        let spec = Spec::parse(&spec).map_err(|_| CouldNotRun("the spec is broken".to_owned()))?;
        let schema = schema(&spec, &Payload { file: Path::new("-"), schema: "Room", strict, format: Format::Human })?;
        let (_, findings) = check(&schema, text)?;
        Ok(Source { path: "body.json".to_owned(), text: text.to_owned() }.render_plain(&findings))
    }

    #[test]
    fn a_body_that_matches_is_not_spoken_of() -> Result<(), CouldNotRun> {
        assert_eq!(said(r#"{"sid": "RM1", "audio_only": null, "extra": 1}"#, false)?, "");
        Ok(())
    }

    #[test]
    fn what_does_not_match_is_shown_where_it_stands() -> Result<(), CouldNotRun> {
        let body =
            "{\n  \"sid\": \"RM1\",\n  \"audio_only\": 5,\n\t\"video_codecs\": [\"VP8\", 1],\n  \"extra\": 1\n}\n";
        insta::assert_snapshot!("a_body_that_does_not_match", said(body, false)?);
        insta::assert_snapshot!("a_body_with_a_property_of_its_own", said("{\"sid\": \"RM1\", \"extra\": 1}", true)?);
        Ok(())
    }

    #[test]
    fn a_body_a_line_is_checked_line_by_line() -> Result<(), CouldNotRun> {
        let lines = "{\"sid\": \"RM1\"}\n\n{\"sid\": null}\n{\"sid\": \n";
        insta::assert_snapshot!("bodies_a_line_each", said(lines, false)?);
        Ok(())
    }

    #[test]
    fn a_schema_that_is_not_there_is_named_with_the_one_that_was_meant() -> Result<(), CouldNotRun> {
        let spec = Source { path: String::new(), text: include_str!("../fixtures/rooms.yaml").to_owned() };
        let spec = Spec::parse(&spec).map_err(|_| CouldNotRun("the spec is broken".to_owned()))?;
        let payload = Payload { file: Path::new("-"), schema: "Rom", strict: false, format: Format::Human };
        let message = schema(&spec, &payload).err().map(|error| error.0);
        assert_eq!(message.as_deref(), Some("the spec has no schema `Rom`: did you mean `Room`?"));
        Ok(())
    }
}
