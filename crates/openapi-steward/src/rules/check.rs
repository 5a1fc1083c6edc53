//! Runs the rules on a document.

use std::path::Path;

use super::registry::RULES;
use super::rule::{Context, Group, Rule};
use super::{codegen, structure, yaml};
use crate::document::{Diagnostic, Document, Node, Severity, Source, read_yaml};
use crate::formats::Formats;

/// The settings of a check.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings<'a> {
    /// The folder of the document, which its example files are relative to.
    pub(crate) directory: &'a Path,
    pub(crate) formats: &'a Formats,
    /// The ids of rules and the names of groups that do not run.
    pub(crate) allowed: &'a [String],
    /// Reports properties of examples that their schema does not define.
    pub(crate) strict: bool,
}

/// Reads a document and checks its structure and references, on which every other part of the tool relies.
pub(crate) fn parse(source: &Source) -> Result<Document, Vec<Diagnostic>> {
    let (root, duplicates) = read_yaml(&source.text).map_err(|finding| vec![syntax_error(finding)])?;
    let mut findings = duplicate_keys(duplicates);
    findings.extend(check_structure(&root, &source.text));
    if findings.is_empty() { Ok(Document { root }) } else { Err(findings) }
}

/// Returns all findings in a document, in the order of its lines.
pub(crate) fn check(source: &Source, settings: Settings<'_>) -> Vec<Diagnostic> {
    let Settings { directory, formats, allowed, strict } = settings;
    let (root, duplicates) = match read_yaml(&source.text) {
        Ok(read) => read,
        Err(finding) => return vec![syntax_error(finding)],
    };
    let mut context = Context::new(&root, &source.text, Some(directory), formats);
    context.strict = strict;
    context.findings = duplicate_keys(duplicates);
    let is_allowed = |rule: &Rule| allowed.iter().any(|name| name == rule.id || name == rule.group.name());
    run(&mut context, |rule| !is_allowed(rule));
    sorted(context.findings)
}

/// Returns the errors in the structure and in the references of a document.
pub(crate) fn check_structure(root: &Node, text: &str) -> Vec<Diagnostic> {
    let is_meta_schema = |rule: &Rule| rule.id == structure::meta_schema::RULE.id;
    let formats = Formats::default();
    errors(Context::new(root, text, None, &formats), |rule| rule.group <= Group::References && !is_meta_schema(rule))
}

/// Returns the errors for which the generator cannot generate code from a document whose structure is valid.
pub(crate) fn check_for_generator(root: &Node, formats: &Formats) -> Vec<Diagnostic> {
    let matters = |rule: &Rule| match rule.group {
        Group::Semantics | Group::Codegen => rule.id != codegen::generator::RULE.id,
        _ => rule.id == structure::meta_schema::RULE.id,
    };
    errors(Context::new(root, "", None, formats), matters)
}

/// Assigns the error of a YAML reader that could not read the document to its rule.
pub(super) fn syntax_error(finding: Diagnostic) -> Diagnostic {
    Diagnostic { rule: yaml::yaml_syntax::RULE.id, ..finding }
}

/// Assigns the duplicate keys that the YAML reader found to their rule.
pub(super) fn duplicate_keys(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.into_iter().map(|finding| Diagnostic { rule: yaml::yaml_duplicate_key::RULE.id, ..finding }).collect()
}

fn errors(mut context: Context<'_>, selects: impl Fn(&Rule) -> bool) -> Vec<Diagnostic> {
    run(&mut context, |rule| rule.severity == Severity::Error && selects(rule));
    sorted(context.findings)
}

fn sorted(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort_by_key(|finding| finding.span.start);
    findings
}

/// Runs the selected rules. A finding that follows from an earlier one is left out, so that each mistake is reported once.
fn run(context: &mut Context<'_>, selects: impl Fn(&Rule) -> bool) {
    let mut invalid_objects = Vec::new();
    for rule in RULES.iter().filter(|rule| selects(rule)) {
        for finding in (rule.check)(context) {
            let has_other_finding =
                context.findings.iter().any(|earlier| earlier.rule != rule.id && earlier.span == finding.span);
            let is_in_invalid_object = invalid_objects.contains(&finding.object_span.start);
            if has_other_finding || (rule.group > Group::References && is_in_invalid_object) {
                continue;
            }
            if rule.group <= Group::References && rule.severity == Severity::Error {
                invalid_objects.push(finding.object_span.start);
            }
            context.findings.push(Diagnostic {
                rule: rule.id,
                severity: rule.severity.max(finding.severity),
                ..finding
            });
        }
    }
}
