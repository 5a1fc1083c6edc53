//! Checks bodies against a schema of a document.

use std::io::Read;
use std::ops::Range;
use std::path::Path;

use crate::document::{Diagnostic, Document, Node, Source, parse_json};
use crate::formats::Formats;
use crate::outcome::CouldNotRun;
use crate::schema::{Direction, Options, References, ValueValidator};
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
    /// The direction of the messages that have the bodies. Without one, a body has to match in one of the two.
    pub(crate) direction: Option<Direction>,
}

/// Returns the schema that the bodies should match.
fn schema<'a>(references: References<'a>, payload: &Payload<'_>) -> Result<&'a Node, CouldNotRun> {
    let names = || references.components().iter().map(|entry| entry.key.as_str());
    references.component(payload.schema).ok_or_else(|| {
        let help = match did_you_mean(payload.schema, names()) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("the schemas are {}", list(names())),
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
    Ok(Source::new("<stdin>", text))
}

/// Returns the number of bodies in the text, and the findings in them.
pub(crate) fn check(
    document: &Document,
    formats: &Formats,
    payload: &Payload<'_>,
    text: &str,
) -> Result<(usize, Vec<Diagnostic>), CouldNotRun> {
    let references = References::new(&document.root);
    let (schema, bodies) = (schema(references, payload)?, bodies(text));
    let validator = ValueValidator::new(references, formats);
    let options = Options { direction: payload.direction, strict: payload.strict };
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
        for mismatch in validator.mismatches(schema, &node, options) {
            let at = if mismatch.pointer.is_empty() { String::new() } else { format!(" at {}", mismatch.pointer) };
            let message = format!("this body does not match the schema{at}");
            findings.push(Diagnostic::new(message, mismatch.span).label(mismatch.reason).offset_by(span.start));
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
        rules::parse(&Source::new("rooms.yaml", text)).map_err(|_| CouldNotRun("the document has errors".to_owned()))
    }

    /// The report for a text that is checked as rooms.
    fn report(text: &str, strict: bool) -> Result<String, CouldNotRun> {
        let payload = Payload { file: Path::new("-"), schema: "Room", strict, direction: None };
        let (_, findings) = check(&document()?, &Formats::default(), &payload, text)?;
        let source = Source::new("body.json", text.to_owned());
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
        let payload = Payload { file: Path::new("-"), schema: "Rom", strict: false, direction: None };
        let message = schema(References::new(&document()?.root), &payload).err().map(|error| error.0);
        assert_eq!(message.as_deref(), Some("the document has no schema `Rom`: did you mean `Room`?"));
        Ok(())
    }
}
