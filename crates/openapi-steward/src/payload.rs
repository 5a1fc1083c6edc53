//! Bodies beside a schema of a document.

use std::io::Read;
use std::ops::Range;
use std::path::Path;

use serde_json::Value;

use crate::document::{Diagnostic, Document, Source, parse_json};
use crate::formats::Formats;
use crate::outcome::CouldNotRun;
use crate::schema::{Schemas, mismatches};
use crate::text::did_you_mean;

/// The bodies to check, and the schema to check them by.
#[derive(Debug)]
pub(crate) struct Payload<'a> {
    /// A file of JSON, or of one JSON value a line; `-` is standard input.
    pub(crate) file: &'a Path,
    /// The name of the schema.
    pub(crate) schema: &'a str,
    /// Whether a property that the schema does not have is a finding.
    pub(crate) strict: bool,
}

fn schema(document: &Document, payload: &Payload<'_>) -> Result<Value, CouldNotRun> {
    let schemas = Schemas::of(&document.root);
    let schemas = if payload.strict { schemas.strict() } else { schemas };
    schemas.component(payload.schema).ok_or_else(|| {
        let help = match did_you_mean(payload.schema, schemas.names()) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("there are {}", schemas.names().collect::<Vec<_>>().join(", ")),
        };
        CouldNotRun(format!("the document has no schema `{}`: {help}", payload.schema))
    })
}

pub(crate) fn read(file: &Path) -> Result<Source, CouldNotRun> {
    if file != Path::new("-") {
        return Source::read_body(file);
    }
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    read.map_err(|error| CouldNotRun(format!("cannot read standard input: {error}")))?;
    Ok(Source { path: "<stdin>".to_owned(), text })
}

/// The number of bodies in the text, and the findings in them.
pub(crate) fn check(
    document: &Document,
    formats: &Formats,
    payload: &Payload<'_>,
    text: &str,
) -> Result<(usize, Vec<Diagnostic>), CouldNotRun> {
    let (schema, bodies) = (schema(document, payload)?, bodies(text));
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
        let findings = mismatches(&schema, &node.to_json(), formats)
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
    use crate::{report, rules};

    fn document() -> Result<Document, CouldNotRun> {
        let text = include_str!("../fixtures/rooms.yaml").to_owned();
        rules::parse(&Source { path: "rooms.yaml".to_owned(), text })
            .map_err(|_| CouldNotRun("the document has errors".to_owned()))
    }

    /// The findings in a text that is checked as rooms.
    fn said(text: &str, strict: bool) -> Result<String, CouldNotRun> {
        let payload = Payload { file: Path::new("-"), schema: "Room", strict };
        let (_, findings) = check(&document()?, &Formats::default(), &payload, text)?;
        let source = Source { path: "body.json".to_owned(), text: text.to_owned() };
        Ok(report::human(&findings, &source, false))
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
        let payload = Payload { file: Path::new("-"), schema: "Rom", strict: false };
        let message = schema(&document()?, &payload).err().map(|error| error.0);
        assert_eq!(message.as_deref(), Some("the document has no schema `Rom`: did you mean `Room`?"));
        Ok(())
    }
}
