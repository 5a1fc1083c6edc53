//! Annotations of GitHub Actions, which shows them on the lines of a pull request.

use super::located::Located;

pub(super) fn annotations(findings: &[Located<'_>]) -> String {
    let lines = findings.iter().map(|located| {
        let (finding, at) = (located.finding, located.at);
        let properties = [
            ("file", at.file.to_owned()),
            ("line", at.line.to_string()),
            ("col", at.column.to_string()),
            ("endLine", at.end_line.to_string()),
            ("endColumn", at.end_column.to_string()),
            ("title", located.rule_and_class()),
        ];
        annotation(finding.severity.name(), &properties, &located.text())
    });
    lines.collect::<Vec<_>>().join("\n")
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
