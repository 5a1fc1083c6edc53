//! The text of a document, and its positions in lines and columns.

use std::fs;
use std::path::Path;

use crate::outcome::CouldNotRun;

/// The text of a document, and the path that its findings name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A position in lines and characters, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Source {
    pub(crate) fn read(path: &Path) -> Result<Self, CouldNotRun> {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| CouldNotRun(format!("cannot read the document {name}: {error}")))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + String::from_utf8_lossy(valid).matches('\n').count();
            CouldNotRun(format!("{name}:{line}: the document is not UTF-8; save the file as UTF-8"))
        })?;
        Ok(Self { path: name, text })
    }

    /// Reads a body in JSON.
    pub(crate) fn read_body(path: &Path) -> Result<Self, CouldNotRun> {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| CouldNotRun(format!("cannot read {name}: {error}")))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| CouldNotRun(format!("{name} is not UTF-8, which JSON requires; save the file as UTF-8")))?;
        Ok(Self { path: name, text })
    }

    /// The position of a byte of the text.
    pub(crate) fn position(&self, byte: usize) -> Position {
        let before = self.text.get(..byte.min(self.text.len())).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position { line: 1 + before.matches('\n').count(), column: 1 + before[line_start..].chars().count() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_lines_and_characters() {
        let source = Source { path: String::new(), text: "a\nöä: x\n".to_owned() };
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(2 + "öä: ".len()), Position { line: 2, column: 5 });
        assert_eq!(source.position(1000), Position { line: 3, column: 1 });
    }
}
