//! Findings as text: for a person, for a program, and for what shows them beside the lines of a change.

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
    /// For a person at a terminal.
    #[default]
    Human,
    /// A list for a program.
    Json,
    /// Annotations of GitHub Actions, on the lines of the file.
    Github,
    /// SARIF 2.1.0, for what shows the findings of tools.
    Sarif,
}

/// The findings in this form. That for a person has colours.
pub(crate) fn render(findings: &[Diagnostic], source: &Source, format: Format) -> String {
    match format {
        Format::Human => human(findings, source, true),
        Format::Json => json(findings, source),
        Format::Github => github::annotations(findings, source),
        Format::Sarif => sarif::log(findings, source),
    }
}

/// One object for each finding, in a list.
fn json(findings: &[Diagnostic], source: &Source) -> String {
    let list: serde_json::Value = findings
        .iter()
        .map(|finding| {
            let visible = source.visible(&finding.span);
            let (start, end) = (source.position(visible.start), source.position(visible.end));
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

/// What is wrong and why, in one line.
fn sentence(finding: &Diagnostic) -> String {
    if finding.label.is_empty() { finding.message.clone() } else { format!("{}: {}", finding.message, finding.label) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(format: Format) -> String {
        let source = Source { path: "spec/a b.yaml".to_owned(), text: "öpen: 1\nother: 2\n".to_owned() };
        let at = source.text.find("other").unwrap_or_default();
        let mut finding =
            Diagnostic::new("100% of `other`, and more", at..at + 5).label("here").help("remove it\nor not");
        finding.rule = "unknown-key";
        render(&[finding], &source, format)
    }

    #[test]
    fn every_form_says_what_where_and_what_to_do() {
        insta::assert_snapshot!("json", reported(Format::Json));
        insta::assert_snapshot!("github", reported(Format::Github));
        insta::assert_snapshot!("human", anstream::adapter::strip_str(&reported(Format::Human)).to_string());
        let log: serde_json::Value = serde_json::from_str(&reported(Format::Sarif)).unwrap_or_default();
        insta::assert_snapshot!("sarif", format!("{:#}", log["runs"][0]["results"]));
        assert_eq!(log["version"], "2.1.0");
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().map(Vec::as_slice).unwrap_or_default();
        let index = log["runs"][0]["results"][0]["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
        assert_eq!(index.and_then(|index| rules.get(index)).map(|rule| &rule["id"]), Some(&"unknown-key".into()));
    }

    #[test]
    fn nothing_to_say_is_said_in_every_form_for_programs() {
        let source = Source { path: "rooms.yaml".to_owned(), text: String::new() };
        assert_eq!(render(&[], &source, Format::Json), "[]");
        assert_eq!(render(&[], &source, Format::Github), "");
        assert!(render(&[], &source, Format::Sarif).contains("\"results\": []"));
    }
}
