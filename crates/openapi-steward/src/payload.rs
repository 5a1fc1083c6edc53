//! Checks bodies against a schema of a document.

use std::io::Read;
use std::ops::Range;
use std::path::Path;

use serde_json::Value;

use crate::document::{Diagnostic, Document, Source, parse_json};
use crate::formats::Formats;
use crate::outcome::CouldNotRun;
use crate::schema::{Schemas, mismatches};
use crate::text::{did_you_mean, list};

/// The bodies to check, and the schema that they should match.
#[derive(Debug)]
pub(crate) struct Payload<'a> {
    /// A file with one JSON value, or with one per line; `-` is standard input.
    pub(crate) file: &'a Path,
    /// The name of the schema.
    pub(crate) schema: &'a str,
    /// Reports properties that the schema does not define.
    pub(crate) strict: bool,
}

/// Returns the schema that the bodies should match.
fn schema(document: &Document, payload: &Payload<'_>) -> Result<Value, CouldNotRun> {
    let schemas = Schemas::of(&document.root);
    let schemas = if payload.strict { schemas.strict() } else { schemas };
    schemas.component(payload.schema).ok_or_else(|| {
        let help = match did_you_mean(payload.schema, schemas.names()) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("the schemas are {}", list(schemas.names())),
        };
        CouldNotRun(format!("the document has no schema `{}`: {help}", payload.schema))
    })
}

/// Reads the bodies from their file, or from standard input.
pub(crate) fn read(file: &Path) -> Result<Source, CouldNotRun> {
    if file != Path::new("-") {
        return Source::read_body(file);
    }
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    read.map_err(|error| CouldNotRun(format!("cannot read standard input: {error}")))?;
    Ok(Source { path: "<stdin>".to_owned(), text })
}

/// Returns the number of bodies in the text, and the findings in them.
pub(crate) fn check(
    document: &Document,
    formats: &Formats,
    payload: &Payload<'_>,
    text: &str,
) -> Result<(usize, Vec<Diagnostic>), CouldNotRun> {
    let (schema, bodies) = (schema(document, payload)?, bodies(text));
    let mut findings = Vec::new();
    for span in &bodies {
        let body = &text[span.clone()];
        let node = match parse_json(body) {
            Ok(node) => node,
            Err(finding) => {
                findings.push(finding.offset_by(span.start));
                continue;
            }
        };
        let mismatches = mismatches(&schema, &node.to_json(), formats)
            .map_err(|error| CouldNotRun(format!("the schema `{}` cannot be used: {error}", payload.schema)))?;
        for (pointer, mismatch) in mismatches {
            let at = if pointer.is_empty() { String::new() } else { format!(" at {pointer}") };
            let value_span = node.pointer(&pointer).map_or(0..body.len(), |node| node.span.clone());
            let message = format!("this body does not match the schema{at}");
            findings.push(Diagnostic::new(message, value_span).label(mismatch).offset_by(span.start));
        }
    }
    Ok((bodies.len(), findings))
}

/// The positions of the bodies: the text is one body, or each line that is not empty is one.
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
    let is_one_per_line =
        lines.len() > 1 && !is_json(text) && lines.first().is_some_and(|line| is_json(&text[line.clone()]));
    if is_one_per_line { lines } else { std::iter::once(0..text.len()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{report, rules};

    fn document() -> Result<Document, CouldNotRun> {
        let text = include_str!("../fixtures/rooms.yaml").to_owned();
        rules::parse(&Source { path: "rooms.yaml".to_owned(), text })
            .map_err(|_| CouldNotRun("the document has errors".to_owned()))
    }

    /// The report for a text that is checked as rooms.
    fn report(text: &str, strict: bool) -> Result<String, CouldNotRun> {
        let payload = Payload { file: Path::new("-"), schema: "Room", strict };
        let (_, findings) = check(&document()?, &Formats::default(), &payload, text)?;
        let source = Source { path: "body.json".to_owned(), text: text.to_owned() };
        Ok(report::human(&findings, &source, false))
    }

    #[test]
    fn a_matching_body_has_no_findings() -> Result<(), CouldNotRun> {
        assert_eq!(report(r#"{"sid": "RM1", "audio_only": null, "extra": 1}"#, false)?, "");
        Ok(())
    }

    #[test]
    fn a_mismatch_is_reported_at_its_position() -> Result<(), CouldNotRun> {
        let body =
            "{\n  \"sid\": \"RM1\",\n  \"audio_only\": 5,\n\t\"video_codecs\": [\"VP8\", 1],\n  \"extra\": 1\n}\n";
        insta::assert_snapshot!("a_body_with_mismatches", report(body, false)?);
        insta::assert_snapshot!("a_body_with_an_unknown_property", report("{\"sid\": \"RM1\", \"extra\": 1}", true)?);
        Ok(())
    }

    #[test]
    fn each_line_can_be_a_body() -> Result<(), CouldNotRun> {
        let lines = "{\"sid\": \"RM1\"}\n\n{\"sid\": null}\n{\"sid\": \n";
        insta::assert_snapshot!("one_body_per_line", report(lines, false)?);
        Ok(())
    }

    #[test]
    fn an_unknown_schema_gets_a_suggestion() -> Result<(), CouldNotRun> {
        let payload = Payload { file: Path::new("-"), schema: "Rom", strict: false };
        let message = schema(&document()?, &payload).err().map(|error| error.0);
        assert_eq!(message.as_deref(), Some("the document has no schema `Rom`: did you mean `Room`?"));
        Ok(())
    }
}
