//! Our own spec, broken on purpose in one place at a time: each mistake is told once, by the right rule and on the right line.

mod broken;
mod harmless;

use super::check;
use crate::document::Source;
use crate::report;
use crate::rules::Settings;
use crate::testing::{ROOMS as SPEC, folder, formats};

/// An edit of the spec: its name, the text that goes, and the text that comes.
type Edit = (&'static str, &'static str, &'static str);

/// The spec with the first place that holds `from` edited, or every place where the edit says so.
fn edited((name, from, to): Edit) -> Source {
    assert!(SPEC.contains(from), "{name}: the spec does not hold {from:?}");
    let text = if name.ends_with("everywhere") { SPEC.replace(from, to) } else { SPEC.replacen(from, to, 1) };
    Source { path: "rooms.yaml".to_owned(), text }
}

/// All findings in a version of the spec.
fn all_findings(source: &Source) -> Vec<crate::document::Diagnostic> {
    let (directory, formats) = (folder(), formats());
    check(source, Settings { directory: &directory, formats: &formats, allowed: &[] })
}

/// The rules that find something in a spec, each with its message and the line that it blames.
fn found(source: &Source) -> Vec<(&'static str, String)> {
    let findings = all_findings(source);
    let line = |start: usize| source.text.lines().nth(source.position(start).line - 1).unwrap_or_default().trim();
    findings
        .iter()
        .map(|finding| (finding.rule, format!("{} | {}", finding.message, line(finding.span.start))))
        .collect()
}

#[test]
fn no_edit_of_any_kind_makes_anything_panic() {
    let cut = (0..SPEC.len()).step_by(2003).filter_map(|end| SPEC.get(..end)).map(str::to_owned);
    let lines: Vec<&str> = SPEC.split_inclusive('\n').collect();
    let with = |at: usize, line: &str| [lines[..at].concat(), line.to_owned(), lines[at + 1..].concat()].concat();
    let every = (0..lines.len()).step_by(47);
    let gone = every.clone().map(|at| with(at, ""));
    let deeper = every.clone().map(|at| with(at, &format!("  {}", lines[at])));
    let another_value = every.filter_map(|at| {
        let (key, _) = lines[at].split_once(": ")?;
        let value = ["[]", "{}", "7", "null", "-1.5", "''", "[a, {b: c}]"][at % 7];
        Some(with(at, &format!("{key}: {value}\n")))
    });
    for text in cut.chain(gone).chain(deeper).chain(another_value) {
        let source = Source { path: "rooms.yaml".to_owned(), text };
        let findings = all_findings(&source);
        assert!(findings.iter().all(|finding| !finding.rule.is_empty() && !finding.message.is_empty()));
        let rendered = report::human(&findings, &source, false);
        assert_eq!(rendered.is_empty(), findings.is_empty());
    }
}

#[test]
fn what_is_no_document_at_all_is_said_at_its_beginning() {
    let deep = "[".repeat(100_000);
    let said = ["", "- a\n", "\u{1}", "hello", "---\n---\n", &deep[..]].map(|text| {
        let source = Source { path: "rooms.yaml".to_owned(), text: text.to_owned() };
        let lines: Vec<String> = found(&source)
            .into_iter()
            .map(|(rule, said)| format!("{rule}: {}", said.split(" | ").next().unwrap_or_default()))
            .collect();
        lines.join("\n")
    });
    insta::assert_snapshot!("what_is_no_document", said.join("\n\n"));
}
