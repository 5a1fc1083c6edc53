//! Tests of all rules: with their own two documents, and with the workspace's document after edits.

mod breaking_edits;
mod example_documents;
mod harmless_edits;
mod invalid_documents_engine;
mod invalid_documents_meaning;
mod later_versions;
mod several_files;
mod valid_documents_engine;
mod valid_documents_meaning;

use super::check::{Settings, check};
use super::levels::Levels;
use crate::document::{Diagnostic, Source};
use crate::report;
use crate::tests::{ROOMS, folder, formats};

/// An edit of the document: its name, the old text, and the new text.
type Edit = (&'static str, &'static str, &'static str);

/// Replaces the first occurrence of the old text, or all of them if the name ends in `everywhere`.
fn edited((name, old, new): Edit) -> Source {
    assert!(ROOMS.contains(old), "{name}: the document does not contain {old:?}");
    let text = if name.ends_with("everywhere") { ROOMS.replace(old, new) } else { ROOMS.replacen(old, new, 1) };
    Source::new("rooms.yaml", text)
}

/// All findings in a version of the document.
fn findings(source: &Source) -> Vec<Diagnostic> {
    let (directory, formats) = (folder(), formats());
    let levels = Levels::new(true, Vec::new());
    check(source, Settings { directory: &directory, formats: &formats, levels: &levels, strict: false }).findings
}

/// The rule of each finding in a version of the document, with its message and its line.
fn rules_and_messages(source: &Source) -> Vec<(&'static str, String)> {
    let line = |start: usize| source.text.lines().nth(source.position(start).line - 1).unwrap_or_default().trim();
    findings(source)
        .iter()
        .map(|finding| (finding.rule, format!("{} | {}", finding.message, line(finding.span.start))))
        .collect()
}

#[test]
fn no_edit_causes_a_panic() {
    let truncated = (0..ROOMS.len()).step_by(4001).filter_map(|end| ROOMS.get(..end)).map(str::to_owned);
    let lines: Vec<&str> = ROOMS.split_inclusive('\n').collect();
    let with_line =
        |index: usize, line: &str| [lines[..index].concat(), line.to_owned(), lines[index + 1..].concat()].concat();
    let indices = (0..lines.len()).step_by(97);
    let removed = indices.clone().map(|index| with_line(index, ""));
    let indented = indices.clone().map(|index| with_line(index, &format!("  {}", lines[index])));
    let other_value = indices.filter_map(|index| {
        let (key, _) = lines[index].split_once(": ")?;
        let value = ["[]", "{}", "7", "null", "-1.5", "''", "[a, {b: c}]"][index % 7];
        Some(with_line(index, &format!("{key}: {value}\n")))
    });
    for text in truncated.chain(removed).chain(indented).chain(other_value) {
        let source = Source::new("rooms.yaml", text);
        let findings = findings(&source);
        assert!(findings.iter().all(|finding| !finding.rule.is_empty() && !finding.message.is_empty()));
        assert!(findings.iter().all(|finding| finding.help.is_some()), "{findings:?}");
        let rendered = report::human(&findings, &source, false);
        assert_eq!(rendered.is_empty(), findings.is_empty());
    }
}

#[test]
fn a_text_that_is_not_an_openapi_document_has_a_finding() {
    let deep = "[".repeat(100_000);
    let reports = ["", "- a\n", "\u{1}", "hello", "---\n---\n", &deep[..]].map(|text| {
        let source = Source::new("rooms.yaml", text.to_owned());
        let lines: Vec<String> = rules_and_messages(&source)
            .into_iter()
            .map(|(rule, message)| format!("{rule}: {}", message.split(" | ").next().unwrap_or_default()))
            .collect();
        lines.join("\n")
    });
    insta::assert_snapshot!("texts_that_are_not_openapi_documents", reports.join("\n\n"));
}
