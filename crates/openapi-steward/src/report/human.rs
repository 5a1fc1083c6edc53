//! Findings in the format of rustc.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::located::{Located, Part, locate};
use super::locator::{Locator, floor};
use crate::document::{Diagnostic, Severity, Source, Span};

/// The length of the lines that are shown as a whole, in bytes. Of longer ones, the part around the position is shown.
const LONG_LINE: usize = 1_000;
/// The number of bytes that are shown before and after a position in a long line.
const AROUND: usize = 60;
/// The number of bytes of a position in a long line that are shown.
const LONG_SPAN: usize = 120;
/// The distance of lines up to which two positions are shown in one piece of the source.
const NEAR: usize = 100;

/// Renders each finding with its line of the source, with an empty line between them.
pub(crate) fn human(findings: &[Diagnostic], source: &Source, styled: bool) -> String {
    parts(&[Part { source, findings }], styled)
}

pub(super) fn parts(parts: &[Part<'_>], styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut texts: Vec<String> = Vec::new();
    for part in parts {
        let locator = Locator::new(part.source);
        let located = locate(std::slice::from_ref(part));
        texts.extend(located.iter().map(|located| {
            let text = renderer.render(&[group(located, &locator)]);
            if is_on_long_line(located, &locator) { without_empty_origin(&text) } else { text }
        }));
    }
    texts.join("\n\n")
}

fn group<'a>(located: &'a Located<'a>, locator: &'a Locator<'a>) -> Group<'a> {
    let finding = located.finding;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut title = level.primary_title(&finding.message);
    if !finding.rule.is_empty() {
        title = title.id(located.rule_and_class());
    }
    let mut group = with_source(title, located, locator);
    if !located.places.is_empty() {
        group = group.element(Level::NOTE.message(located.more_places("")));
    }
    match &finding.help {
        Some(help) => group.element(Level::HELP.message(&**help)),
        None => group,
    }
}

/// Adds the lines of the source, of which only those around the positions are read.
fn with_source<'a>(
    title: annotate_snippets::Title<'a>,
    located: &'a Located<'a>,
    locator: &'a Locator<'a>,
) -> Group<'a> {
    let finding = located.finding;
    let span = shown_part(locator, &finding.span);
    let line = locator.line_of(span.start);
    let primary = |offset: usize| {
        let annotation = AnnotationKind::Primary.span(span.start - offset..span.end - offset);
        if finding.label.is_empty() { annotation } else { annotation.label(&*finding.label) }
    };
    let related = finding.related_position().map(|(span, text)| (shown_part(locator, span), text.as_str()));
    if is_on_long_line(located, locator) {
        let shown = around(locator, &span);
        let origin = Origin::path(located.at.file).line(located.at.line).char_column(located.at.column);
        let snippet = snippet(locator, &shown).annotation(primary(shown.start));
        return title.element(origin).element(snippet);
    }
    let Some((other, text)) = related else {
        let shown = locator.line_span(line);
        let snippet = snippet(locator, &shown).path(located.at.file).annotation(primary(shown.start));
        return title.element(snippet);
    };
    let other_line = locator.line_of(other.start);
    let context = |offset: usize| -> Annotation<'a> {
        AnnotationKind::Context.span(other.start - offset..other.end - offset).label(text)
    };
    let other_file = locator.file_of(other.start);
    if line.abs_diff(other_line) <= NEAR && other_file == located.at.file {
        let shown = locator.line_span(line.min(other_line)).start..locator.line_span(line.max(other_line)).end;
        let snippet = snippet(locator, &shown).path(located.at.file);
        return title.element(snippet.annotation(primary(shown.start)).annotation(context(shown.start)));
    }
    let (shown, elsewhere) = (locator.line_span(line), around(locator, &other));
    let first = snippet(locator, &shown).path(located.at.file).annotation(primary(shown.start));
    let second = snippet(locator, &elsewhere).path(other_file).annotation(context(elsewhere.start));
    title.element(first).element(second)
}

fn is_on_long_line(located: &Located<'_>, locator: &Locator<'_>) -> bool {
    locator.line_span(locator.line_of(located.finding.span.start)).len() > LONG_LINE
}

/// Removes the line that the renderer writes before a part of the source whose position is already shown.
fn without_empty_origin(text: &str) -> String {
    let lines = text.lines().filter(|line| anstream::adapter::strip_str(line).to_string().trim() != ":::");
    lines.collect::<Vec<_>>().join("\n")
}

fn snippet<'a>(locator: &Locator<'a>, shown: &Span) -> Snippet<'a, Annotation<'a>> {
    let text = locator.source.text.get(shown.clone()).unwrap_or_default();
    Snippet::source(text).line_start(locator.line_number(locator.line_of(shown.start)))
}

/// The line of a span, or the part around the span if the line is long.
fn around(locator: &Locator<'_>, span: &Span) -> Span {
    let (line, text) = (locator.line_span(locator.line_of(span.start)), &locator.source.text);
    if line.len() <= LONG_LINE {
        return line;
    }
    let start = span.start.saturating_sub(AROUND).max(line.start);
    floor(text, start)..floor(text, span.end + AROUND).min(line.end)
}

/// The part of a span that is underlined.
fn shown_part(locator: &Locator<'_>, span: &Span) -> Span {
    let span = locator.on_first_line(span);
    if locator.line_span(locator.line_of(span.start)).len() <= LONG_LINE {
        return span;
    }
    span.start..floor(&locator.source.text, span.end.min(span.start + LONG_SPAN)).max(span.start)
}
