//! Each rule against its own two documents, and the list of the rules.

use std::fmt::Write;

use super::{Document, Group, RULES, Rule};
use crate::generate::root;
use crate::rules::{duplicate_keys, syntax_error};
use crate::spec::{Diagnostic, Severity, Source, read_yaml};

/// What a rule finds in a document, with nothing but the reader and itself to look at it.
fn found(rule: &Rule, text: &str) -> Vec<Diagnostic> {
    let directory = root().join("xtask/fixtures");
    match read_yaml(text) {
        Ok((root, duplicates)) => {
            let mut found = duplicate_keys(duplicates);
            found.extend((rule.check)(&Document::new(&root, text, Some(&directory))));
            found
        }
        Err(finding) => vec![syntax_error(finding)],
    }
}

#[test]
fn every_rule_finds_what_it_is_for_on_the_line_that_says_so() {
    for rule in RULES {
        let source = Source { path: String::new(), text: rule.bad.to_owned() };
        let mut lines: Vec<usize> =
            found(rule, rule.bad).iter().map(|finding| source.place(finding.span.start).line).collect();
        lines.dedup();
        let expected: Vec<usize> = (1..)
            .zip(rule.bad.lines())
            .filter(|(_, line)| line.ends_with("# here"))
            .map(|(number, _)| number)
            .collect();
        assert!(!expected.is_empty(), "{}: its bad document marks no line", rule.id);
        assert_eq!(lines, expected, "{}: {:?}", rule.id, found(rule, rule.bad));
    }
}

#[test]
fn no_rule_finds_anything_in_its_good_document() {
    for rule in RULES {
        assert_eq!(found(rule, rule.good), [], "{}", rule.id);
    }
}

#[test]
fn every_rule_has_a_name_of_its_own_and_says_what_it_asks_and_why() {
    for (index, rule) in RULES.iter().enumerate() {
        let kebab = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || "-.".contains(char);
        assert!(rule.id.chars().all(kebab), "{}", rule.id);
        assert!(!RULES[..index].iter().any(|other| other.id == rule.id), "{} is there twice", rule.id);
        assert!(rule.asks.ends_with('.') && rule.why.ends_with('.'), "{}", rule.id);
    }
}

/// The page of the rules.
fn page() -> String {
    let mut page = String::from(
        "<!-- @generated from xtask/src/rules by `UPDATE_DOCS=1 cargo test -p xtask`. Do not edit. -->\n\n\
         # The rules of `cargo xtask validate`\n\n\
         An error makes the document wrong, or what is made of it; a warning does not, and fails the validation all the \
         same. `cargo xtask validate --explain RULE` prints a rule with an example. `--allow RULE` or `--allow GROUP` leaves \
         rules out: another document may have a house of its own.\n",
    );
    for group in Group::ALL {
        let _ =
            write!(page, "\n## {}\n\n{}\n\n| rule | | asks for |\n| --- | --- | --- |\n", group.name(), group.about());
        for rule in RULES.iter().filter(|rule| rule.group == group) {
            let severity = if rule.severity == Severity::Error { "error" } else { "warning" };
            let _ = writeln!(page, "| `{}` | {severity} | {} |", rule.id, rule.asks.replace('|', "\\|"));
        }
    }
    page
}

#[test]
fn the_page_of_the_rules_is_that_of_these_rules() -> std::io::Result<()> {
    let path = root().join("spec/RULES.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, page())?;
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, page(), "spec/RULES.md is stale: run `UPDATE_DOCS=1 cargo test -p xtask`");
    Ok(())
}
