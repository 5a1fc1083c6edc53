//! Tests of all formats.

use super::*;
use crate::document::{Diagnostic, Severity, Source};

fn source() -> Source {
    Source::new("spec/a b.yaml", "öpen: 1\nother: 2\nmore: 3\n".to_owned())
}

/// An error, and a warning with two further places.
fn findings(source: &Source) -> Vec<Diagnostic> {
    let at = |word: &str| {
        let start = source.text.find(word).unwrap_or_default();
        start..start + word.len()
    };
    let error = Diagnostic::new("100% of `other`, and <more>", at("other")).label("here").help("remove it\nor not");
    let error = error.related(at("öpen"), "because of this");
    let mut advice = Diagnostic::new("undefined tag `x`", at("öpen")).help("define it").advice();
    advice.add_places_of(Diagnostic::new("", at("other")));
    advice.add_places_of(Diagnostic::new("", at("more")));
    vec![
        Diagnostic { rule: "unknown-key", ..error },
        Diagnostic { rule: "undefined-tag", severity: Severity::Warning, ..advice },
    ]
}

fn rendered(format: Format) -> String {
    let source = source();
    render(&[Part { source: &source, findings: &findings(&source) }], format, &|_| None)
}

#[test]
fn every_format_has_the_message_the_positions_the_class_and_the_fix() {
    insta::assert_snapshot!("json", rendered(Format::Json));
    insta::assert_snapshot!("github", rendered(Format::Github));
    insta::assert_snapshot!("gitlab", rendered(Format::Gitlab));
    insta::assert_snapshot!("junit", rendered(Format::Junit));
    insta::assert_snapshot!("human", anstream::adapter::strip_str(&rendered(Format::Human)).to_string());
    let log: serde_json::Value = serde_json::from_str(&rendered(Format::Sarif)).unwrap_or_default();
    insta::assert_snapshot!("sarif", format!("{:#}", log["runs"][0]["results"][1]));
    assert_eq!(log["version"], "2.1.0");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().map(Vec::as_slice).unwrap_or_default();
    let index = log["runs"][0]["results"][0]["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
    assert_eq!(index.and_then(|index| rules.get(index)).map(|rule| &rule["id"]), Some(&"unknown-key".into()));
}

#[test]
fn no_findings_are_valid_output_for_programs() {
    for (format, expected) in [(Format::Json, "[]"), (Format::Gitlab, "[]"), (Format::Github, "")] {
        assert_eq!(render(&[], format, &|_| None), expected);
    }
    assert!(render(&[], Format::Sarif, &|_| None).contains("\"results\": []"));
    assert!(render(&[], Format::Junit, &|_| None).contains("tests=\"1\" failures=\"0\""));
}

#[test]
fn the_json_matches_its_schema() -> Result<(), Box<dyn std::error::Error>> {
    let schema = serde_json::from_str(include_str!("../../schemas/findings.json"))?;
    let validator = jsonschema::draft202012::new(&schema)?;
    for findings in [rendered(Format::Json), render(&[], Format::Json, &|_| None)] {
        let findings = serde_json::from_str(&findings)?;
        let errors: Vec<String> = validator.iter_errors(&findings).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
    }
    assert!(!validator.is_valid(&serde_json::json!([{ "rule": "unknown-key" }])));
    Ok(())
}

#[test]
fn the_sarif_log_matches_the_schema_of_sarif() -> Result<(), Box<dyn std::error::Error>> {
    let mut schema: serde_json::Value = serde_json::from_str(include_str!("../../fixtures/sarif/sarif-2.1.0.json"))?;
    // The log has no language, and the validator does not accept the regular expression for it.
    for object in ["run", "toolComponent"] {
        schema["definitions"][object]["properties"]["language"] = serde_json::json!({});
    }
    let validator = jsonschema::draft7::new(&schema)?;
    for log in [rendered(Format::Sarif), render(&[], Format::Sarif, &|_| None)] {
        let log = serde_json::from_str(&log)?;
        let errors: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
    }
    assert!(!validator.is_valid(&serde_json::json!({ "version": "2.1.0", "runs": [{}] })));
    Ok(())
}

#[test]
fn a_long_line_is_shown_around_the_position() {
    let text = format!("{{\"a\": \"{}\", \"öther\": {{\"b\": \"{}\"}}}}", "ä".repeat(5_000), "x".repeat(5_000));
    let source = Source::new("long.json", text);
    let at = source.text.find("\"öther").unwrap_or_default();
    let finding = Diagnostic::new("unknown key", at..source.text.len()).related(1..2, "first").help("remove it");
    let finding = Diagnostic { rule: "unknown-key", ..finding };
    insta::assert_snapshot!("a_long_line", human(&[finding], &source, false));
}

#[test]
fn a_distant_position_is_shown_on_its_own() {
    let text = format!("first: 1\n{}last: 2\n", "line: 0\n".repeat(1_000));
    let source = Source::new("far.yaml", text);
    let at = source.text.len() - 8;
    let finding = Diagnostic::new("duplicate key", at..at + 4).label("again").related(0..5, "first defined here");
    insta::assert_snapshot!("a_distant_position", human(&[finding], &source, false));
}

#[test]
fn a_page_has_the_lines_of_each_finding_and_the_text_of_a_document_stays_text() {
    let page = rendered(Format::Html);
    for expected in [
        "100% of `other`, and &lt;more&gt;",
        "<mark>other</mark>",
        "because of this",
        "and 2 more places",
        "spec/a b.yaml:2",
        "data-severity=\"warning\"",
        "data-class=\"advice\"",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!page.contains("<more>"));
    assert!(render(&[], Format::Html, &|_| None).contains("Nothing to report"));
}
