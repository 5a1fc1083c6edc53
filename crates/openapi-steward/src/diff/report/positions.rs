//! The lines of a text, found once for all changes of a report.

use crate::document::Source;

/// The beginnings of the lines of a source.
pub(super) struct Positions<'a> {
    source: &'a Source,
    starts: Vec<usize>,
}

impl<'a> Positions<'a> {
    pub(super) fn of(source: &'a Source) -> Self {
        let ends = source.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { source, starts }
    }

    /// The file and the line of a byte.
    pub(super) fn of_byte(&self, byte: usize) -> (&'a str, usize) {
        let line = |byte: usize| self.starts.partition_point(|start| *start <= byte);
        match self.source.file_at(byte) {
            Some(file) => (&file.path, line(byte) + 1 - line(file.span.start)),
            None => (&self.source.path, line(byte)),
        }
    }
}
