use std::collections::HashMap;

use super::similar_target;
use crate::document::{Diagnostic, Severity, ShapeMismatch, Target};
use crate::rules::rule::{Context, Group, Rule};
use crate::rules::structure::unknown_key::similar_key;
use crate::rules::yaml::yaml_syntax;

pub(crate) static RULE: Rule = Rule {
    id: "dangling-reference",
    group: Group::References,
    severity: Severity::Error,
    summary: "The target of a reference exists.",
    rationale: "A reference without a target has no meaning. A common cause is a name that is misspelled, or that was \
          changed in one place only.",
    bad: "\
components:
  schemas:
    Room: {}
    Other:
      $ref: '#/components/schemas/Rom' # here
",
    good: "\
components:
  schemas:
    Room: {}
    Other:
      $ref: '#/components/schemas/Room'
",
    check,
};

/// The number of targets for which similar ones are looked for, because each search reads all names.
const SUGGESTIONS: usize = 1_000;

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    // All references to one missing target are one mistake.
    let references =
        context.walk.references.iter().filter_map(|reference| Some((reference.node, reference.node.str()?)));
    let mut missing: HashMap<&str, Option<(String, String)>> = HashMap::new();
    let dangling = references.filter_map(|(node, target)| {
        let suggests = missing.len() < SUGGESTIONS;
        let why = missing.entry(target).or_insert_with(|| why_missing(context, target, suggests));
        let (label, help) = why.as_ref()?;
        let finding = Diagnostic::new("the target of this reference does not exist", node.span.clone());
        Some(finding.cause(target).label(label.as_str()).help(help.as_str()))
    });
    dangling.collect()
}

/// The reason why a reference leads nowhere, and the fix. `None` if it leads somewhere, or is not followed.
fn why_missing(context: &Context<'_>, target: &str, suggests: bool) -> Option<(String, String)> {
    let in_file = match context.source.target(target, 0) {
        Target::Elsewhere => return None,
        Target::Unreadable(reason) => {
            let file = target.split('#').next().unwrap_or_default();
            return Some((format!("`{file}`: {reason}"), "correct the path, or add the file".to_owned()));
        }
        Target::File(index) => context.source.files().get(index),
        Target::Document => None,
    };
    if let Some(file) = in_file {
        // A file that cannot be parsed has a finding of its own.
        let is_broken = context.findings.iter().any(|finding| {
            finding.rule == yaml_syntax::RULE.id && (file.span.start..=file.span.end).contains(&finding.span.start)
        });
        let label = format!("there is no `{}` in {}", target.split('#').nth(1).unwrap_or_default(), file.path);
        return (!is_broken).then(|| (label, "define it there, or correct the reference".to_owned()));
    }
    let pointer = target.split_once('#').map_or("", |(_, pointer)| pointer);
    if context.root.fragment(pointer).is_some() || is_in_misspelled_section(context, pointer) {
        return None;
    }
    let help = match suggests.then(|| similar_target(context.root, pointer)).flatten() {
        Some(similar) => format!("did you mean `#{similar}`?"),
        None => "define it, or remove the reference".to_owned(),
    };
    Some((format!("there is no `#{pointer}`"), help))
}

/// Returns whether the section of a target has a misspelled name, which another rule reports.
fn is_in_misspelled_section(context: &Context<'_>, pointer: &str) -> bool {
    let section = pointer.split('/').nth(2).unwrap_or_default();
    let is_misspelled = context.written_walk().shape_mismatches
        .iter()
        .any(|mismatch| matches!(mismatch, ShapeMismatch::UnknownKey { entry, object } if similar_key(entry, object, context.version) == Some(section)));
    is_misspelled && context.components(section).is_empty()
}
