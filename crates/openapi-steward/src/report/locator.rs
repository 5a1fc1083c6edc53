//! Positions in lines and columns, found in constant time: a report can have thousands of findings in one long line.

use crate::document::{Source, Span};

/// The number of bytes between two known numbers of characters.
const BLOCK: usize = 256;

/// Converts the positions of a source to lines and columns.
#[derive(Debug)]
pub(super) struct Locator<'a> {
    pub(super) source: &'a Source,
    /// The first byte of each line.
    lines: Vec<usize>,
    /// The number of characters before each block of bytes. Missing for a source in ASCII, in which characters are bytes.
    characters: Option<Vec<usize>>,
}

/// A position in lines and characters, both counted from 1. The end is exclusive, and on the same line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Location<'a> {
    pub(super) file: &'a str,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl std::fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl<'a> Locator<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        let newlines = source.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(index, _)| index + 1);
        let lines = std::iter::once(0).chain(newlines).collect();
        let characters = (!source.text.is_ascii()).then(|| {
            let blocks = source.text.as_bytes().chunks(BLOCK);
            let counts = blocks.scan(0, |before, block| {
                let count = *before;
                *before += characters_in(block);
                Some(count)
            });
            counts.collect()
        });
        Self { source, lines, characters }
    }

    /// The position of the first line of a span.
    pub(super) fn locate(&self, span: &Span) -> Location<'a> {
        let span = self.on_first_line(span);
        let line = self.line_of(span.start);
        let line_start = self.characters_before(self.line_start(line));
        let column = |byte| 1 + self.characters_before(byte).saturating_sub(line_start);
        let (column, end_column) = (column(span.start), column(span.end));
        let (file, line) = (self.file_of(span.start), self.line_number(line));
        Location { file, line, column, end_line: line, end_column }
    }

    /// The path of the file that contains this byte.
    pub(super) fn file_of(&self, byte: usize) -> &'a str {
        self.source.file_at(byte).map_or(&self.source.path, |file| &file.path)
    }

    /// The number of a line in its file, counted from 1.
    pub(super) fn line_number(&self, line: usize) -> usize {
        let file = self.source.file_at(self.line_start(line));
        1 + line - file.map_or(0, |file| self.line_of(file.span.start)).min(line)
    }

    /// The part of a span that is on its first line, at the boundaries of characters.
    pub(super) fn on_first_line(&self, span: &Span) -> Span {
        let start = floor(&self.source.text, span.start);
        let line_end = self.line_span(self.line_of(start)).end;
        start..floor(&self.source.text, span.end.clamp(start, line_end.max(start)))
    }

    /// The index of the line that contains this byte.
    pub(super) fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// The span of a line, without its line break.
    pub(super) fn line_span(&self, line: usize) -> Span {
        let (start, next) = (self.line_start(line), self.lines.get(line + 1));
        start..next.map_or(self.source.text.len(), |next| next - 1)
    }

    fn line_start(&self, line: usize) -> usize {
        self.lines.get(line).copied().unwrap_or(self.source.text.len())
    }

    fn characters_before(&self, byte: usize) -> usize {
        let Some(counts) = &self.characters else { return byte };
        let Some(before) = counts.get(byte / BLOCK) else { return counts.last().copied().unwrap_or_default() };
        let rest = self.source.text.as_bytes().get(byte / BLOCK * BLOCK..byte).unwrap_or_default();
        before + characters_in(rest)
    }
}

/// The start of the character that contains this byte.
pub(super) fn floor(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|byte| text.is_char_boundary(*byte)).unwrap_or_default()
}

/// The number of characters that begin in these bytes of a text in UTF-8.
fn characters_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_lines_and_characters() {
        let long = "ö".repeat(1000);
        let source = Source::new("a.yaml", format!("a\nöä: x\n{long}z\n"));
        let locator = Locator::new(&source);
        let located = |span: Span| {
            let location = locator.locate(&span);
            (location.line, location.column, location.end_line, location.end_column)
        };
        assert_eq!(located(0..1), (1, 1, 1, 2));
        assert_eq!(located(2 + "öä: ".len()..1000), (2, 5, 2, 6));
        let z = source.text.len() - 2;
        assert_eq!(located(z..z + 1), (3, 1001, 3, 1002));
        assert_eq!(located(5000..6000), (4, 1, 4, 1));
        assert_eq!(locator.locate(&(0..1)).to_string(), "a.yaml:1:1");
    }
}
