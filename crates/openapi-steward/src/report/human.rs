//! Findings in the format of rustc.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::document::{Diagnostic, Severity, Source};

/// Renders each finding with its line of the source, with an empty line between them.
pub(crate) fn human(findings: &[Diagnostic], source: &Source, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let texts: Vec<String> = findings.iter().map(|finding| renderer.render(&[group(finding, source)])).collect();
    texts.join("\n\n")
}

fn group<'a>(finding: &'a Diagnostic, source: &'a Source) -> Group<'a> {
    let mut primary = AnnotationKind::Primary.span(source.on_first_line(&finding.span));
    if !finding.label.is_empty() {
        primary = primary.label(&*finding.label);
    }
    let mut snippet = Snippet::source(&source.text).path(&source.path).annotation(primary);
    if let Some((span, explanation)) = finding.related.as_deref() {
        snippet = snippet.annotation(AnnotationKind::Context.span(source.on_first_line(span)).label(explanation));
    }
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut title = level.primary_title(&finding.message);
    if !finding.rule.is_empty() {
        title = title.id(finding.rule);
    }
    let group = title.element(snippet);
    match &finding.help {
        Some(help) => group.element(Level::HELP.message(&**help)),
        None => group,
    }
}
