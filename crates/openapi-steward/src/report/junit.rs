//! `JUnit` XML, which most CI services show as test results. Errors are failed tests, warnings are skipped ones.

use std::fmt::Write;

use super::located::Located;
use crate::document::Severity;

pub(super) fn suites(findings: &[Located<'_>]) -> String {
    let failures = findings.iter().filter(|located| located.finding.severity == Severity::Error).count();
    let skipped = findings.len() - failures;
    let tests = findings.len().max(1);
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" skipped=\"{skipped}\" errors=\"0\"");
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"openapi-steward\" {counts}>\n  \
         <testsuite name=\"validate\" {counts}>\n"
    );
    for located in findings {
        case(&mut xml, located);
    }
    if findings.is_empty() {
        xml.push_str("    <testcase classname=\"openapi-steward\" name=\"validate\"/>\n");
    }
    xml.push_str("  </testsuite>\n</testsuites>");
    xml
}

fn case(xml: &mut String, located: &Located<'_>) {
    let (finding, at) = (located.finding, located.at);
    let element = if finding.severity == Severity::Error { "failure" } else { "skipped" };
    let kind = if finding.severity == Severity::Error {
        format!(" type=\"{}\"", attribute(finding.rule))
    } else {
        String::new()
    };
    let mut text = format!("{at} to {}:{}\n", at.end_line, at.end_column);
    text.push_str(&finding.message_with_label());
    if let Some(help) = &finding.help {
        let _ = write!(text, "\n{help}");
    }
    if !located.places.is_empty() {
        let _ = write!(text, "\n{}:", super::located::number_of_places(located.places.len()));
        for place in &located.places {
            let _ = write!(text, "\n{place}");
        }
    }
    let _ = writeln!(
        xml,
        "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\">\n      <{element} message=\"{}\"{kind}>{}</{element}>\n    </testcase>",
        attribute(&format!("{}.{}", finding.class.name(), finding.rule)),
        attribute(&at.to_string()),
        attribute(at.file),
        at.line,
        attribute(&finding.message),
        escape(&text),
    );
}

/// Escapes the text of an element. XML has no way to write most control characters.
fn escape(text: &str) -> String {
    let allowed = |char: &char| !char.is_control() || ['\n', '\t'].contains(char);
    let text: String = text.chars().filter(allowed).filter(|char| !matches!(char, '\u{fffe}' | '\u{ffff}')).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn attribute(text: &str) -> String {
    escape(text).replace('"', "&quot;").replace('\n', "&#10;").replace('\t', "&#9;")
}
