//! The rules for documents: each in a room of its own, with its reason, and with a document that breaks it and one that does
//! not.

mod codegen;
mod examples;
mod house;
mod meaning;
mod page;
mod references;
mod rule;
mod structure;
mod yaml;

use std::path::Path;

pub use self::page::page;
pub(crate) use self::rule::{Context, Group, Operation, Rule};
use crate::document::{Diagnostic, Document, Node, Severity, Source, read_yaml};
use crate::formats::Formats;
use crate::text::did_you_mean;

/// All rules, in the order in which they are checked: the meta-schema and the generator speak when nobody else has.
pub(crate) static RULES: &[&Rule] = &[
    &yaml::syntax::RULE,
    &yaml::duplicate_key::RULE,
    &yaml::value::RULE,
    &yaml::ambiguous::RULE,
    &structure::version::RULE,
    &structure::newer_key::RULE,
    &structure::unknown_key::RULE,
    &structure::missing_key::RULE,
    &structure::wrong_type::RULE,
    &structure::unknown_value::RULE,
    &structure::component_name::RULE,
    &references::remote::RULE,
    &references::dangling::RULE,
    &references::kind::RULE,
    &references::cycle::RULE,
    &references::beside::RULE,
    &meaning::path_form::RULE,
    &meaning::path_parameter::RULE,
    &meaning::duplicate_parameter::RULE,
    &meaning::ambiguous_path::RULE,
    &meaning::duplicate_operation::RULE,
    &meaning::status::RULE,
    &meaning::security::RULE,
    &meaning::tags::RULE,
    &meaning::server_variable::RULE,
    &meaning::required::RULE,
    &meaning::enum_values::RULE,
    &meaning::enum_descriptions::RULE,
    &meaning::empty_range::RULE,
    &meaning::pattern::RULE,
    &meaning::array_items::RULE,
    &meaning::nullable::RULE,
    &meaning::keyword_effect::RULE,
    &meaning::encoding::RULE,
    &meaning::default_value::RULE,
    &codegen::operation_id::RULE,
    &codegen::path_reference::RULE,
    &codegen::parameter_place::RULE,
    &codegen::parameter_style::RULE,
    &codegen::missing_schema::RULE,
    &codegen::request_body::RULE,
    &codegen::response_types::RULE,
    &codegen::name_collision::RULE,
    &codegen::format::RULE,
    &structure::meta_schema::RULE,
    &codegen::generator::RULE,
    &examples::mismatch::RULE,
    &examples::file::RULE,
    &examples::unused_file::RULE,
    &house::success_response::RULE,
    &house::error_responses::RULE,
    &house::description::RULE,
    &house::operation_name::RULE,
    &house::schema_name::RULE,
    &house::unused_component::RULE,
];

/// The rule of this id, or the id that was most likely meant.
pub(crate) fn find(id: &str) -> Result<&'static Rule, Option<&'static str>> {
    let rule = RULES.iter().find(|rule| rule.id == id);
    rule.copied().ok_or_else(|| did_you_mean(id, RULES.iter().map(|rule| rule.id)))
}

/// The settings of a check.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings<'a> {
    /// The folder of the document, for the files that it points at.
    pub(crate) directory: &'a Path,
    pub(crate) formats: &'a Formats,
    /// The ids of rules and the names of groups that are left out.
    pub(crate) allowed: &'a [String],
}

/// Reads a document and checks its structure and references, on which everything else relies.
pub(crate) fn parse(source: &Source) -> Result<Document, Vec<Diagnostic>> {
    let (root, duplicates) = read_yaml(&source.text).map_err(|finding| vec![syntax_error(finding)])?;
    let mut findings = duplicate_keys(duplicates);
    findings.extend(check_structure(&root, &source.text));
    if findings.is_empty() { Ok(Document { root }) } else { Err(findings) }
}

/// All findings in a document, in the order of its lines.
pub(crate) fn check(source: &Source, settings: Settings<'_>) -> Vec<Diagnostic> {
    let Settings { directory, formats, allowed } = settings;
    let (root, duplicates) = match read_yaml(&source.text) {
        Ok(read) => read,
        Err(finding) => return vec![syntax_error(finding)],
    };
    let mut context = Context::new(&root, &source.text, Some(directory), formats);
    context.findings = duplicate_keys(duplicates);
    let is_allowed = |rule: &Rule| allowed.iter().any(|name| name == rule.id || name == rule.group.name());
    run(&mut context, |rule| !is_allowed(rule));
    let mut findings = context.findings;
    findings.sort_by_key(|finding| finding.span.start);
    findings
}

/// What is wrong with the structure of a document and with its references, on which everything else relies.
pub(crate) fn check_structure(root: &Node, text: &str) -> Vec<Diagnostic> {
    let is_meta_schema = |rule: &Rule| rule.id == structure::meta_schema::RULE.id;
    let formats = Formats::default();
    errors(Context::new(root, text, None, &formats), |rule| rule.group <= Group::References && !is_meta_schema(rule))
}

/// Why the generator cannot take a document whose structure is right.
pub(crate) fn check_for_generator(root: &Node, formats: &Formats) -> Vec<Diagnostic> {
    let matters = |rule: &Rule| match rule.group {
        Group::Meaning | Group::Codegen => rule.id != codegen::generator::RULE.id,
        _ => rule.id == structure::meta_schema::RULE.id,
    };
    errors(Context::new(root, "", None, formats), matters)
}

/// A finding of the reader: there is no document to look at.
pub(crate) fn syntax_error(finding: Diagnostic) -> Diagnostic {
    Diagnostic { rule: yaml::syntax::RULE.id, ..finding }
}

/// Findings of the reader that leave a document to look at.
pub(crate) fn duplicate_keys(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.into_iter().map(|finding| Diagnostic { rule: yaml::duplicate_key::RULE.id, ..finding }).collect()
}

fn errors(mut context: Context<'_>, wanted: impl Fn(&Rule) -> bool) -> Vec<Diagnostic> {
    run(&mut context, |rule| rule.severity == Severity::Error && wanted(rule));
    context.findings.sort_by_key(|finding| finding.span.start);
    context.findings
}

/// Runs the rules that are wanted. What is a consequence of an earlier finding is left out: one mistake is told once.
fn run(context: &mut Context<'_>, wanted: impl Fn(&Rule) -> bool) {
    let mut broken = Vec::new();
    for rule in RULES.iter().filter(|rule| wanted(rule)) {
        for finding in (rule.check)(context) {
            let at_same_place =
                context.findings.iter().any(|earlier| earlier.rule != rule.id && earlier.span == finding.span);
            if at_same_place || (rule.group > Group::References && broken.contains(&finding.about.start)) {
                continue;
            }
            if rule.group <= Group::References && rule.severity == Severity::Error {
                broken.push(finding.about.start);
            }
            context.findings.push(Diagnostic { rule: rule.id, severity: rule.severity, ..finding });
        }
    }
}

#[cfg(test)]
mod mutations;
#[cfg(test)]
mod tests;
