//! Converts the positions of the YAML parser, which counts characters, to bytes.

use saphyr_parser::{Marker, ScanError};

/// The byte at which each character of a source begins.
pub(super) struct ByteOffsets<'a> {
    pub(super) source: &'a str,
    /// Missing for a source in ASCII, in which characters are bytes.
    bytes: Option<Vec<usize>>,
}

impl<'a> ByteOffsets<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let bytes = (!source.is_ascii()).then(|| source.char_indices().map(|(byte, _)| byte).collect());
        Self { source, bytes }
    }

    pub(super) fn byte(&self, marker: Marker) -> usize {
        let index = marker.index();
        match &self.bytes {
            Some(bytes) => bytes.get(index).copied().unwrap_or(self.source.len()),
            None => index.min(self.source.len()),
        }
    }

    pub(super) fn of_error(&self, error: &ScanError) -> usize {
        self.byte(*error.marker())
    }
}
