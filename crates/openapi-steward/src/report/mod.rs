//! Renders findings for a person, for a program, and for tools that show them on the lines of a change.

mod github;
mod human;
mod sarif;

pub(crate) use self::github::annotation;
pub(crate) use self::human::human;
use crate::document::{Diagnostic, Source};

/// The format of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
#[non_exhaustive]
pub enum Format {
    /// Text with the lines of the source, for a terminal.
    #[default]
    Human,
    /// A JSON list, for a program.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// SARIF 2.1.0, for code scanning tools.
    Sarif,
}

/// Renders findings in a format. The one for a person has colours.
pub(crate) fn render(findings: &[Diagnostic], source: &Source, format: Format) -> String {
    match format {
        Format::Human => human(findings, source, true),
        Format::Json => json(findings, source),
        Format::Github => github::annotations(findings, source),
        Format::Sarif => sarif::log(findings, source),
    }
}

/// Renders a list with an object for each finding.
fn json(findings: &[Diagnostic], source: &Source) -> String {
    let list: serde_json::Value = findings
        .iter()
        .map(|finding| {
            let span = source.on_first_line(&finding.span);
            let (start, end) = (source.position(span.start), source.position(span.end));
            serde_json::json!({
                "rule": finding.rule,
                "severity": finding.severity.name(),
                "message": finding.message,
                "detail": finding.label,
                "help": finding.help,
                "file": source.path,
                "line": start.line,
                "column": start.column,
                "end_line": end.line,
                "end_column": end.column,
            })
        })
        .collect();
    format!("{list:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(format: Format) -> String {
        let source = Source { path: "spec/a b.yaml".to_owned(), text: "öpen: 1\nother: 2\n".to_owned() };
        let at = source.text.find("other").unwrap_or_default();
        let mut finding =
            Diagnostic::new("100% of `other`, and more", at..at + 5).label("here").help("remove it\nor not");
        finding.rule = "unknown-key";
        render(&[finding], &source, format)
    }

    #[test]
    fn every_format_has_the_message_the_position_and_the_fix() {
        insta::assert_snapshot!("json", rendered(Format::Json));
        insta::assert_snapshot!("github", rendered(Format::Github));
        insta::assert_snapshot!("human", anstream::adapter::strip_str(&rendered(Format::Human)).to_string());
        let log: serde_json::Value = serde_json::from_str(&rendered(Format::Sarif)).unwrap_or_default();
        insta::assert_snapshot!("sarif", format!("{:#}", log["runs"][0]["results"]));
        assert_eq!(log["version"], "2.1.0");
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().map(Vec::as_slice).unwrap_or_default();
        let index = log["runs"][0]["results"][0]["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
        assert_eq!(index.and_then(|index| rules.get(index)).map(|rule| &rule["id"]), Some(&"unknown-key".into()));
    }

    #[test]
    fn no_findings_are_valid_output_for_programs() {
        let source = Source { path: "rooms.yaml".to_owned(), text: String::new() };
        assert_eq!(render(&[], &source, Format::Json), "[]");
        assert_eq!(render(&[], &source, Format::Github), "");
        assert!(render(&[], &source, Format::Sarif).contains("\"results\": []"));
    }
}
