//! Checks each rule with its own two documents, and the list of rules.

use std::path::Path;

use crate::document::{Diagnostic, Source, read_document};
use crate::formats::Formats;
use crate::rules::check::{reader_findings, syntax_error};
use crate::rules::rule::{Context, Rule};
use crate::rules::{self, RULES};

/// The findings of the YAML reader and of one rule in a document.
fn findings(rule: &Rule, text: &str) -> Vec<Diagnostic> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let formats = Formats::default();
    let source = Source::new("document.yaml", text);
    match read_document(&source) {
        Ok((root, read)) => {
            let mut findings = reader_findings(read);
            findings.extend((rule.check)(&Context::new(&root, &source, Some(&directory), &formats)));
            findings
        }
        Err(finding) => vec![syntax_error(finding)],
    }
}

#[test]
fn every_rule_finds_the_marked_lines_of_its_bad_document() {
    for rule in RULES {
        let source = Source::new("", rule.bad.to_owned());
        let mut lines: Vec<usize> =
            findings(rule, rule.bad).iter().map(|finding| source.position(finding.span.start).line).collect();
        lines.dedup();
        let expected: Vec<usize> = (1..)
            .zip(rule.bad.lines())
            .filter(|(_, line)| line.ends_with("# here"))
            .map(|(number, _)| number)
            .collect();
        assert!(!expected.is_empty(), "{}: no line of its bad document is marked", rule.id);
        assert_eq!(lines, expected, "{}: {:?}", rule.id, findings(rule, rule.bad));
    }
}

#[test]
fn no_rule_finds_anything_in_its_good_document() {
    for rule in RULES {
        assert_eq!(findings(rule, rule.good), [], "{}", rule.id);
    }
}

#[test]
fn every_finding_has_a_fix() {
    for rule in RULES {
        for finding in findings(rule, rule.bad) {
            assert!(finding.help.is_some(), "{}: {finding:?}", rule.id);
        }
    }
}

#[test]
fn every_rule_has_a_unique_id_a_summary_and_a_rationale() {
    for (index, rule) in RULES.iter().enumerate() {
        let is_kebab_case = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || "-.".contains(char);
        assert!(rule.id.chars().all(is_kebab_case), "{}", rule.id);
        assert!(!RULES[..index].iter().any(|other| other.id == rule.id), "duplicate id {}", rule.id);
        assert!(rule.summary.ends_with('.') && rule.rationale.ends_with('.'), "{}", rule.id);
    }
}

#[test]
fn the_page_of_rules_is_fresh() {
    let page = include_str!("../../../RULES.md");
    assert!(page == rules::page(), "RULES.md differs from `rules_page()`");
}

#[test]
fn every_rule_is_in_the_file_of_its_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    for rule in RULES {
        let name = rule.id.replace(['-', '.'], "_");
        let file = folder.join(rule.group.name()).join(format!("{name}.rs"));
        assert!(file.is_file(), "{} is not in {}", rule.id, file.display());
    }
}
