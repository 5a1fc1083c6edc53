//! A few lines of a source around a position, for pages.

use maud::{Markup, html};

use super::locator::{Locator, floor};
use crate::document::{Source, Span};

/// The number of lines before and after a position.
const CONTEXT: usize = 3;
/// The number of bytes of a line that are shown, around a position in a longer one.
const LONG_LINE: usize = 400;

/// Shows parts of a source.
#[derive(Debug)]
pub(crate) struct Excerpts<'a> {
    locator: Locator<'a>,
}

impl<'a> Excerpts<'a> {
    pub(crate) fn new(source: &'a Source) -> Self {
        Self { locator: Locator::new(source) }
    }

    /// The file and the line of a byte.
    pub(crate) fn place(&self, byte: usize) -> String {
        let at = self.locator.locate(&(byte..byte));
        format!("{}:{}", at.file, at.line)
    }

    /// The lines around a position, whose part on its first line is marked. `class` is that of the element, such as `old`.
    pub(crate) fn at(&self, span: &Span, class: &str, label: &str) -> Markup {
        let span = self.locator.on_first_line(span);
        let hit = self.locator.line_of(span.start);
        let file = self.locator.file_of(span.start);
        let place = self.place(span.start);
        let lines = hit.saturating_sub(CONTEXT)..=hit + CONTEXT;
        let is_shown = |line: &usize| {
            let start = self.locator.line_span(*line).start;
            (start < self.locator.source.text.len() || *line == hit) && self.locator.file_of(start) == file
        };
        html! {
            div class=(format!("source {class}")) {
                p .source-title { (place) }
                pre tabindex="0" role="region" aria-label=(format!("Lines at {place}")) {
                    code {
                        @for line in lines.filter(is_shown) { (self.line(line, (line == hit).then_some(&span))) }
                    }
                }
                @if !label.is_empty() { p .label { (label) } }
            }
        }
    }

    fn line(&self, line: usize, hit: Option<&Span>) -> Markup {
        let text = &self.locator.source.text;
        let whole = self.locator.line_span(line);
        let number = self.locator.line_number(line);
        let around = hit.map_or(whole.start, |span| span.start.saturating_sub(LONG_LINE / 3).max(whole.start));
        let start = floor(text, if whole.len() > LONG_LINE { around } else { whole.start });
        let end = floor(text, whole.end.min(start + LONG_LINE)).max(start);
        let part = |span: Span| text.get(span).unwrap_or_default().trim_end_matches('\r');
        let marked = hit.map(|span| span.start.clamp(start, end)..floor(text, span.end.clamp(start, end)));
        html! {
            span .line .hit[hit.is_some()] data-line=(number) {
                @if start > whole.start { "…" }
                @if let Some(marked) = marked.filter(|marked| !marked.is_empty()) {
                    (part(start..marked.start)) mark { (part(marked.clone())) } (part(marked.end..end))
                } @else { (part(start..end)) }
                @if end < whole.end { "…" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_has_the_lines_around_a_position_and_marks_it() {
        let source = Source::new("a.yaml", "1\n2\n3\n4\nfive: <b>\n6\n7\n8\n9\n");
        let shown = Excerpts::new(&source).at(&(14..17), "old", "here").into_string();
        let lines: Vec<&str> =
            shown.split("data-line=\"").skip(1).map(|line| line.split('"').next().unwrap_or_default()).collect();
        assert_eq!(lines, ["2", "3", "4", "5", "6", "7", "8"]);
        assert!(shown.contains("five: <mark>&lt;b&gt;</mark>"), "{shown}");
    }

    #[test]
    fn a_long_line_is_shown_around_the_position() {
        let long = "ä".repeat(20_000);
        let source = Source::new("a.json", format!("{long}x{long}"));
        let shown = Excerpts::new(&source).at(&(40_000..40_001), "", "").into_string();
        assert!(shown.contains("…") && shown.contains("<mark>x</mark>") && shown.len() < 2_000, "{}", shown.len());
    }
}
