//! Generates the code of a document after the rules have accepted it.

use crate::codegen;
use crate::document::{Diagnostic, Document};
use crate::formats::Formats;
use crate::rules;

/// Generates the code of a document. The errors are those of the rules, or that of the generator.
pub(super) fn checked_code(document: &Document, formats: &Formats) -> Result<String, Vec<Diagnostic>> {
    let findings = rules::check_for_generator(&document.root, formats);
    if !findings.is_empty() {
        return Err(findings);
    }
    codegen::code(&document.root, formats).map_err(|finding| vec![finding])
}
