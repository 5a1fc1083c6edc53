//! Edits that break something: the rule that has to find it, and the edit.

use std::fmt::Write;

use super::{Edit, edited, found};
use crate::rules::{Group, RULES};

mod codegen;
mod meaning;
mod others;
mod structure;
mod yaml;

/// Edits, below the rule that each is found by.
type Edits = (&'static str, &'static [Edit]);

const BROKEN: [&[Edits]; 5] = [yaml::EDITS, structure::EDITS, others::EDITS, meaning::EDITS, codegen::EDITS];

fn broken() -> impl Iterator<Item = &'static Edits> {
    BROKEN.into_iter().flatten()
}

/// What is found in the edits for the rules of a group, each of which has to be found once, by its rule.
fn said(group: Group) -> String {
    let (mut said, mut wrong) = (String::new(), String::new());
    let of_group = |id: &str| RULES.iter().any(|rule| rule.id == id && rule.group == group);
    for (id, edits) in broken().filter(|(id, _)| of_group(id)) {
        for edit in *edits {
            let found = found(&edited(*edit));
            let rules: Vec<&str> = found.iter().map(|(rule, _)| *rule).collect();
            if rules != [*id] {
                let _ = writeln!(wrong, "{}, by {id}: {found:#?}", edit.0);
            }
            for (_, message) in found {
                let _ = writeln!(said, "{id} | {} | {message}", edit.0);
            }
        }
    }
    assert_eq!(wrong, "");
    said
}

#[test]
fn every_rule_has_an_edit_that_breaks_it_and_there_are_many() {
    for rule in RULES {
        assert!(broken().any(|(id, edits)| *id == rule.id && !edits.is_empty()), "no edit breaks {}", rule.id);
    }
    assert!(broken().map(|(_, edits)| edits.len()).sum::<usize>() >= 60);
}

macro_rules! groups {
    ($($name:ident: $group:ident;)*) => { $(
        #[test]
        fn $name() {
            insta::assert_snapshot!(stringify!($name), said(Group::$group));
        }
    )* };
}

groups! {
    what_is_no_yaml: Yaml;
    what_is_no_openapi: Structure;
    what_leads_nowhere: References;
    what_makes_no_sense: Meaning;
    what_cannot_be_generated: Codegen;
    what_is_no_example: Examples;
    what_is_not_done_here: House;
}
