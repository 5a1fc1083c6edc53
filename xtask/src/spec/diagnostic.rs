//! What is wrong with a document, where, and what to do about it.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// One thing that is wrong, at one place of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    /// What is wrong, in one line.
    pub(crate) message: String,
    /// The bytes of the source that are to blame.
    pub(crate) span: Range<usize>,
    /// What is to be said right beside them.
    pub(crate) label: String,
    /// What to do.
    pub(crate) help: Option<String>,
}

impl Diagnostic {
    pub(crate) fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { message: message.into(), span, label: String::new(), help: None }
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same in a text that has so many bytes before it.
    pub(crate) fn moved(mut self, by: usize) -> Self {
        self.span = self.span.start + by..self.span.end + by;
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The diagnostics as text, in rustc's form.
pub(crate) fn render(diagnostics: &[Diagnostic], path: &str, source: &str, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let texts: Vec<String> =
        diagnostics.iter().map(|diagnostic| renderer.render(&report(diagnostic, path, source))).collect();
    texts.join("\n\n")
}

fn report<'a>(diagnostic: &'a Diagnostic, path: &'a str, source: &'a str) -> Vec<Group<'a>> {
    let mut annotation = AnnotationKind::Primary.span(within(&diagnostic.span, source));
    if !diagnostic.label.is_empty() {
        annotation = annotation.label(&diagnostic.label);
    }
    let group = Level::ERROR
        .primary_title(&diagnostic.message)
        .element(Snippet::source(source).path(path).annotation(annotation));
    let group = match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(help)),
        None => group,
    };
    vec![group]
}

/// A span that lies in the source and marks something that can be seen.
fn within(span: &Range<usize>, source: &str) -> Range<usize> {
    let start = span.start.min(source.len());
    let line_end = source.get(start..).and_then(|rest| rest.find('\n')).map_or(source.len(), |length| start + length);
    start..span.end.clamp(start, line_end.max(start))
}

/// The candidate that `word` was most likely meant to be.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate)
}
