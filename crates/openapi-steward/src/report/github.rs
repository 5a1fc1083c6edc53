//! Annotations of GitHub Actions, which shows them on the lines of a pull request.

use crate::document::{Diagnostic, Source};

pub(super) fn annotations(findings: &[Diagnostic], source: &Source) -> String {
    let lines: Vec<String> = findings
        .iter()
        .map(|finding| {
            let span = source.on_first_line(&finding.span);
            let (start, end) = (source.position(span.start), source.position(span.end));
            let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
            let properties = [
                ("file", source.path.clone()),
                ("line", start.line.to_string()),
                ("col", start.column.to_string()),
                ("endLine", end.line.to_string()),
                ("endColumn", end.column.to_string()),
                ("title", finding.rule.to_owned()),
            ];
            annotation(finding.severity.name(), &properties, &format!("{}{help}", finding.message_with_label()))
        })
        .collect();
    lines.join("\n")
}

/// Returns one workflow command: `::error file=…,line=…::message`.
pub(crate) fn annotation(command: &str, properties: &[(&str, String)], message: &str) -> String {
    let property = |(name, value): &(&str, String)| {
        let value = escape(value).replace(':', "%3A").replace(',', "%2C");
        format!("{name}={value}")
    };
    let properties: Vec<String> = properties.iter().map(property).collect();
    format!("::{command} {}::{}", properties.join(","), escape(message))
}

fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
