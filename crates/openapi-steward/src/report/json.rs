//! A JSON list for programs. `schemas/findings.json` of this package describes it.

use serde::Serialize;

use super::located::Located;
use super::locator::Location;

#[derive(Serialize)]
struct Object<'a> {
    #[serde(flatten)]
    at: Position<'a>,
    rule: &'a str,
    class: &'a str,
    severity: &'a str,
    message: &'a str,
    detail: &'a str,
    help: Option<&'a str>,
    places: Vec<Position<'a>>,
}

#[derive(Serialize)]
struct Position<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Renders a list with an object for each finding.
pub(super) fn list(findings: &[Located<'_>]) -> String {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::pretty(&mut bytes);
    // Writing strings and numbers to memory cannot fail.
    let _ = serde::Serializer::collect_seq(&mut serializer, findings.iter().map(object));
    String::from_utf8(bytes).unwrap_or_default()
}

fn object<'a>(located: &'a Located<'a>) -> Object<'a> {
    let finding = located.finding;
    Object {
        at: position(&located.at),
        rule: finding.rule,
        class: finding.class.name(),
        severity: finding.severity.name(),
        message: &finding.message,
        detail: &finding.label,
        help: finding.help.as_deref(),
        places: located.places.iter().map(position).collect(),
    }
}

fn position<'a>(location: &Location<'a>) -> Position<'a> {
    let Location { file, line, column, end_line, end_column } = *location;
    Position { file, line, column, end_line, end_column }
}
