//! Each rule against its own two documents, and the list of the rules.

use super::{Context, RULES, Rule};
use crate::document::{Diagnostic, Source, read_yaml};
use crate::formats::Formats;
use crate::rules::{duplicate_keys, syntax_error};

/// What a rule finds in a document, with nothing but the reader and itself to look at it.
fn found(rule: &Rule, text: &str) -> Vec<Diagnostic> {
    let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let formats = Formats::default();
    match read_yaml(text) {
        Ok((root, duplicates)) => {
            let mut found = duplicate_keys(duplicates);
            found.extend((rule.check)(&Context::new(&root, text, Some(&directory), &formats)));
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
            found(rule, rule.bad).iter().map(|finding| source.position(finding.span.start).line).collect();
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
