//! The forms for programs on a terminal.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::console::is_unsafe;

/// Escapes the characters with which a text of the service could change the terminal, as JSON does it: `\u001b`.
pub(super) struct Safe<W>(pub(super) W);

impl<W: Write> Write for Safe<W> {
    /// Writes whole characters.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut safe = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            for c in chunk.valid().chars() {
                if is_unsafe(c) && c != '\n' && c != '\t' {
                    write!(safe, "\\u{:04x}", u32::from(c)).map_err(io::Error::other)?;
                } else {
                    safe.push(c);
                }
            }
            if !chunk.invalid().is_empty() {
                safe.push(char::REPLACEMENT_CHARACTER);
            }
        }
        self.0.write_all(safe.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_could_change_the_terminal_are_escaped() -> io::Result<()> {
        let mut safe = Safe(Vec::new());
        safe.write_all("a\u{1b}]0;t\u{7}\tb\r\n\u{9b}2J \u{202e}😀\n".as_bytes())?;
        safe.write_all(b"c\xffd\n")?;
        let shown = String::from_utf8_lossy(&safe.0);
        assert_eq!(shown, "a\\u001b]0;t\\u0007\tb\\u000d\n\\u009b2J \\u202e😀\nc\u{fffd}d\n");
        Ok(())
    }
}
