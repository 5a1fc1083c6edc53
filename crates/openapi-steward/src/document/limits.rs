//! The parts that the readers of JSON and YAML share.

use super::diagnostic::{Diagnostic, Span};

/// The maximum depth of a document: more than any document needs, and less than recursive code can handle.
pub(super) const MAX_DEPTH: usize = 128;

/// Reports a duplicate key. Several in one map often have one cause, a deleted line, and become one finding.
pub(super) fn report_duplicate(
    findings: &mut Vec<Diagnostic>,
    earlier: &mut Option<usize>,
    key: &str,
    key_span: Span,
    first: &Span,
) {
    if let Some(finding) = earlier.and_then(|index| findings.get_mut(index)) {
        finding.label = format!("{}, and so is `{key}`", finding.label).into();
        return;
    }
    *earlier = Some(findings.len());
    let finding = Diagnostic::new(format!("duplicate key `{key}`"), key_span);
    let finding = finding.label("defined again here").related(first.clone(), "first defined here");
    findings.push(finding.help("remove or rename one of them; if a line above was deleted by mistake, restore it"));
}
