//! Generates the code of a document after the rules have accepted it.

use crate::codegen::{self, Generated, Scope};
use crate::document::{Diagnostic, Document};
use crate::formats::Formats;
use crate::rules;

/// Generates the code of a document. The errors are those of the rules, or that of the generator.
pub(super) fn checked_code(document: &Document, formats: &Formats, scope: Scope) -> Result<Generated, Vec<Diagnostic>> {
    let findings = rules::check_for_generator(&document.root, formats);
    if !findings.is_empty() {
        return Err(findings);
    }
    codegen::generate(&document.root, formats, scope).map_err(|finding| vec![finding])
}
