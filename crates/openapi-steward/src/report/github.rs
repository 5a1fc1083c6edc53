//! Annotations of GitHub Actions: commands that a step prints, and that are shown beside the lines of a change.

use super::sentence;
use crate::document::{Diagnostic, Source};

pub(super) fn annotations(findings: &[Diagnostic], source: &Source) -> String {
    let lines: Vec<String> = findings
        .iter()
        .map(|finding| {
            let visible = source.visible(&finding.span);
            let (start, end) = (source.position(visible.start), source.position(visible.end));
            let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
            let at = [
                ("file", source.path.clone()),
                ("line", start.line.to_string()),
                ("col", start.column.to_string()),
                ("endLine", end.line.to_string()),
                ("endColumn", end.column.to_string()),
                ("title", finding.rule.to_owned()),
            ];
            annotation(finding.severity.name(), &at, &format!("{}{help}", sentence(finding)))
        })
        .collect();
    lines.join("\n")
}

/// One command: `::error file=…,line=…::message`.
pub(crate) fn annotation(command: &str, properties: &[(&str, String)], message: &str) -> String {
    let property = |(name, value): &(&str, String)| {
        let value = escaped(value).replace(':', "%3A").replace(',', "%2C");
        format!("{name}={value}")
    };
    let properties: Vec<String> = properties.iter().map(property).collect();
    format!("::{command} {}::{}", properties.join(","), escaped(message))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
