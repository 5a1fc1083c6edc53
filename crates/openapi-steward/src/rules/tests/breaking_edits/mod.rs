//! Edits of the document that break it, each with the rule that finds it. Each mistake must have exactly one finding.

mod codegen;
mod examples;
mod references;
mod semantics;
mod structure;
mod style;
mod yaml;

use std::fmt::Write;

use super::{Edit, edited, rules_and_messages};
use crate::rules::{Group, RULES};

/// The id of a rule, and the edits that it finds.
type Edits = (&'static str, &'static [Edit]);

const EDITS: [&[Edits]; 7] =
    [yaml::EDITS, structure::EDITS, references::EDITS, semantics::EDITS, codegen::EDITS, examples::EDITS, style::EDITS];

fn all_edits() -> impl Iterator<Item = &'static Edits> {
    EDITS.into_iter().flatten()
}

/// The findings in the edits for the rules of a group. Fails unless each edit has one finding, by its rule.
fn findings_of(group: Group) -> String {
    let (mut findings, mut failures) = (String::new(), String::new());
    let is_in_group = |id: &str| RULES.iter().any(|rule| rule.id == id && rule.group == group);
    for (id, edits) in all_edits().filter(|(id, _)| is_in_group(id)) {
        for edit in *edits {
            let found = rules_and_messages(&edited(*edit));
            let rules: Vec<&str> = found.iter().map(|(rule, _)| *rule).collect();
            if rules != [*id] {
                let _ = writeln!(failures, "{}, by {id}: {found:#?}", edit.0);
            }
            for (_, message) in found {
                let _ = writeln!(findings, "{id} | {} | {message}", edit.0);
            }
        }
    }
    assert_eq!(failures, "");
    findings
}

#[test]
fn every_rule_has_a_breaking_edit() {
    for rule in RULES {
        assert!(all_edits().any(|(id, edits)| *id == rule.id && !edits.is_empty()), "no edit breaks {}", rule.id);
    }
    assert!(all_edits().map(|(_, edits)| edits.len()).sum::<usize>() >= 60);
}

#[test]
fn yaml_rules_find_their_edits() {
    insta::assert_snapshot!("yaml", findings_of(Group::Yaml));
}

#[test]
fn structure_rules_find_their_edits() {
    insta::assert_snapshot!("structure", findings_of(Group::Structure));
}

#[test]
fn reference_rules_find_their_edits() {
    insta::assert_snapshot!("references", findings_of(Group::References));
}

#[test]
fn semantic_rules_find_their_edits() {
    insta::assert_snapshot!("semantics", findings_of(Group::Semantics));
}

#[test]
fn codegen_rules_find_their_edits() {
    insta::assert_snapshot!("codegen", findings_of(Group::Codegen));
}

#[test]
fn example_rules_find_their_edits() {
    insta::assert_snapshot!("examples", findings_of(Group::Examples));
}

#[test]
fn style_rules_find_their_edits() {
    insta::assert_snapshot!("style", findings_of(Group::Style));
}
