//! Runs the rules on a document.

use std::collections::HashSet;
use std::path::Path;

use super::dependencies::follows;
use super::fold::fold;
use super::levels::{LevelEntry, Levels};
use super::registry::RULES;
use super::rule::{Context, Group, Rule};
use super::{structure, yaml};
use crate::document::{
    self, Class, Diagnostic, Document, Node, ReadFindings, Severity, Source, Version, read_document,
};
use crate::formats::Formats;

/// The settings of a check.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings<'a> {
    /// The folder of the document, which its example files are relative to.
    pub(crate) directory: &'a Path,
    pub(crate) formats: &'a Formats,
    pub(crate) levels: &'a Levels,
    /// Reports properties of examples that their schema does not define.
    pub(crate) strict: bool,
}

/// The result of a check.
#[derive(Debug)]
pub(crate) struct Checked<'a> {
    /// The findings, in the order of the lines of the document.
    pub(crate) findings: Vec<Diagnostic>,
    /// The entries of `steward.toml` that allow findings which do not exist.
    pub(crate) unused: Vec<&'a LevelEntry>,
}

/// Reads a document and checks its structure and references, on which every other part of the tool relies.
pub(crate) fn parse(source: &Source) -> Result<Document, Vec<Diagnostic>> {
    let (root, read) = read_document(source).map_err(|finding| vec![syntax_error(finding)])?;
    let mut findings = reader_findings(read);
    let lowered = lowered(root);
    findings.extend(check_structure(&lowered, source));
    if findings.is_empty() { Ok(Document { root: lowered.root }) } else { Err(findings) }
}

/// Returns all findings in a document.
pub(crate) fn check<'a>(source: &Source, settings: Settings<'a>) -> Checked<'a> {
    let Settings { directory, formats, levels, strict } = settings;
    let (root, read) = match read_document(source) {
        Ok(document) => document,
        Err(finding) => {
            let (findings, _) = levels.apply(vec![syntax_error(finding)], None);
            return Checked { findings, unused: Vec::new() };
        }
    };
    let document = lowered(root);
    let mut context = document.context(source, Some(directory), formats);
    context.strict = strict;
    context.for_generator = levels.looks_at_generator();
    context.findings.extend(reader_findings(read));
    run(&mut context, |rule| levels.runs(rule));
    let (findings, unused) = levels.apply(context.findings.into_vec(), Some(&document.root));
    Checked { findings: fold(findings), unused }
}

/// A document with the schemas of OpenAPI 3.0, and as it is written, if that is not the same.
pub(super) struct Lowered {
    pub(super) root: Node,
    written: Option<Node>,
}

pub(super) fn lowered(root: Node) -> Lowered {
    if Version::of(&root).has_json_schema() {
        Lowered { root: document::lowered(&root), written: Some(root) }
    } else {
        Lowered { root, written: None }
    }
}

impl Lowered {
    fn context<'a>(&'a self, source: &'a Source, directory: Option<&'a Path>, formats: &'a Formats) -> Context<'a> {
        let context = Context::new(&self.root, source, directory, formats);
        match &self.written {
            Some(written) => context.with_written(written),
            None => context,
        }
    }
}

/// Returns the errors in the structure and in the references of a document.
pub(super) fn check_structure(document: &Lowered, source: &Source) -> Vec<Diagnostic> {
    let is_meta_schema = |rule: &Rule| rule.id == structure::meta_schema::RULE.id;
    let formats = Formats::default();
    errors(document.context(source, None, &formats), |rule| rule.group <= Group::References && !is_meta_schema(rule))
}

/// Assigns the error of a YAML reader that could not read the document to its rule.
pub(super) fn syntax_error(finding: Diagnostic) -> Diagnostic {
    Diagnostic { rule: yaml::yaml_syntax::RULE.id, ..finding }
}

/// Assigns the findings of the readers in a tree that could be read to their rules.
pub(super) fn reader_findings(read: ReadFindings) -> Vec<Diagnostic> {
    let duplicate_key = |finding| Diagnostic { rule: yaml::yaml_duplicate_key::RULE.id, ..finding };
    let duplicates = read.duplicate_keys.into_iter().map(duplicate_key);
    read.broken_files.into_iter().map(syntax_error).chain(duplicates).collect()
}

/// Returns the findings of the selected rules, without advice.
pub(super) fn errors(mut context: Context<'_>, selects: impl Fn(&Rule) -> bool) -> Vec<Diagnostic> {
    run(&mut context, |rule| rule.class() != Class::Advice && selects(rule));
    let findings = std::mem::take(&mut context.findings).into_vec();
    fold(findings.into_iter().filter(|finding| finding.class != Class::Advice).collect())
}

/// Runs the selected rules. A finding that follows from an earlier one is left out, so that each mistake is reported once.
fn run(context: &mut Context<'_>, selects: impl Fn(&Rule) -> bool) {
    // In another kind of document the rules would find a hundred consequences of one fact.
    if let Some(finding) = structure::openapi_version::other_format(context) {
        context.findings.push(Diagnostic { rule: structure::openapi_version::RULE.id, ..finding });
        return;
    }
    let version = context.version;
    for rule in RULES.iter().filter(|rule| rule.holds_for(version) && selects(rule)) {
        let mut found = (rule.check)(context);
        found.retain(|finding| !follows(rule, finding, &context.findings));
        // A part that aliases or references repeat is checked at each of its places.
        let mut told = HashSet::new();
        found.retain(|finding| told.insert((finding.span.clone(), finding.message.clone(), finding.label.clone())));
        context.findings.extend(found.into_iter().map(|finding| {
            let class = finding.class.max(rule.class());
            Diagnostic { rule: rule.id, class, severity: Severity::Error, ..finding }
        }));
    }
}
