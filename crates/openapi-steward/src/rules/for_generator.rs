//! The checks before code is generated. The generator reads more documents than are valid: it leaves out what has no effect on a
//! client.

use super::check::{check_structure, errors, lowered, reader_findings, syntax_error};
use super::rule::{Context, Group, Rule};
use super::{codegen, structure};
use crate::document::{Diagnostic, Document, Node, ReadFindings, Source, read_document};
use crate::formats::Formats;

/// The rules whose findings do not change the generated code, or make it no less than what a reader of the document expects.
const WITHOUT_EFFECT: [&str; 32] = [
    "unknown-key",
    "missing-key",
    "component-name",
    "reference-sibling",
    "openapi-3.1",
    "array-without-items",
    "default-mismatch",
    "enum-values",
    "enum-descriptions",
    "empty-responses",
    "server-variable",
    "invalid-url",
    "security-scheme",
    "undefined-security-scheme",
    "security-scopes",
    "duplicate-path",
    "duplicate-operation-id",
    "duplicate-tag",
    "undefined-tag",
    "link-operation",
    "duplicate-required",
    "required-without-property",
    "empty-range",
    "invalid-pattern",
    "read-write-only",
    "discriminator-property",
    "discriminator-mapping",
    "nullable-without-type",
    "keyword-without-effect",
    "xml-object",
    "encoding-without-property",
    "meta-schema",
];

/// Reads a document for the generator, and returns the findings in its structure that have no effect on the code.
pub(crate) fn parse_for_generator(source: &Source) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (root, read) = read_document(source).map_err(|finding| vec![syntax_error(finding)])?;
    let Checked { document, stopping, without_effect } = structure_for_generator(root, read, source);
    if stopping.is_empty() { Ok((document, without_effect)) } else { Err(stopping) }
}

/// A document that was read, and the findings in its structure.
pub(crate) struct Checked {
    pub(crate) document: Document,
    /// The findings that stop the generator.
    pub(crate) stopping: Vec<Diagnostic>,
    /// The findings that have no effect on the code.
    pub(crate) without_effect: Vec<Diagnostic>,
}

/// Checks the structure of a document that was read.
pub(crate) fn structure_for_generator(root: Node, read: ReadFindings, source: &Source) -> Checked {
    let document = lowered(root);
    let mut findings = reader_findings(read);
    findings.extend(check_structure(&document, source));
    let (stopping, without_effect) = findings
        .into_iter()
        .partition(|finding| has_effect(finding.rule) && !is_exclusive_limit(&document.root, finding));
    Checked { document: Document { root: document.root }, stopping, without_effect }
}

/// Returns the errors for which the generator cannot generate code from a document that it has read.
pub(crate) fn check_for_generator(root: &Node, formats: &Formats) -> Vec<Diagnostic> {
    let matters = |rule: &Rule| match rule.group {
        Group::Semantics | Group::Codegen => rule.id != codegen::generation_failure::RULE.id && has_effect(rule.id),
        _ => rule.id == structure::meta_schema::RULE.id && has_effect(rule.id),
    };
    let source = Source::default();
    errors(Context::new(root, &source, None, formats), matters)
}

/// Returns whether a finding is about `exclusiveMinimum` or `exclusiveMaximum`, which is a boolean in 3.0 and a number since 3.1, and
/// which no code depends on.
fn is_exclusive_limit(root: &Node, finding: &Diagnostic) -> bool {
    let is_limit = |pointer: &str| pointer.ends_with("/exclusiveMinimum") || pointer.ends_with("/exclusiveMaximum");
    finding.rule == structure::wrong_type::RULE.id && is_limit(&root.pointer_at(finding.span.start))
}

fn has_effect(rule: &str) -> bool {
    !WITHOUT_EFFECT.contains(&rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::find;
    use crate::tests::source;

    #[test]
    fn an_exclusive_limit_of_another_version_does_not_stop_the_generator() {
        let with = |schema: &str| {
            let text = format!(
                "openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n"
            );
            parse_for_generator(&source(text)).map(|(_, others)| others.len()).map_err(|stopping| stopping.len())
        };
        assert_eq!(with("{type: number, minimum: 0, exclusiveMinimum: true}"), Ok(1));
        assert_eq!(with("{type: number, properties: true}"), Err(1));
    }

    #[test]
    fn the_rules_without_effect_exist() {
        for id in WITHOUT_EFFECT {
            assert!(find(id).is_ok(), "{id}");
        }
    }

    #[test]
    fn a_mistake_without_effect_is_told_and_does_not_stop_the_generator() {
        let text = "openapi: 3.0.3\ninfo:\n  title: A\n  version: '1'\n  speling: b\npaths: {}\n";
        let read = parse_for_generator(&source(text.to_owned()));
        let rules = read.map(|(_, findings)| findings.iter().map(|finding| finding.rule).collect::<Vec<_>>());
        assert_eq!(rules.ok(), Some(vec!["unknown-key"]));
        let dangling = format!("{text}components:\n  schemas:\n    A:\n      $ref: '#/components/schemas/B'\n");
        for text in [dangling.clone(), dangling.replace("3.0.3", "3.1.0")] {
            let read = parse_for_generator(&source(text)).map(|_| ());
            let rules = read.map_err(|findings| findings.iter().map(|finding| finding.rule).collect::<Vec<_>>());
            assert_eq!(rules, Err(vec!["dangling-reference"]));
        }
    }
}
