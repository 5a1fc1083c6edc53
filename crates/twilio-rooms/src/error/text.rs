//! Text from the wire in messages: cut, and on one line.

use std::borrow::Cow;
use std::fmt;

/// The maximum length of a text that an error keeps, in bytes. The body has its own limit.
pub(crate) const MAX_TEXT: usize = 1024;
/// The maximum length of the `Display` of an error, in bytes.
pub(super) const MAX_DISPLAY: usize = 4096;
/// The maximum length of the `Debug` of an error, in bytes.
pub(super) const MAX_DEBUG: usize = 7168;

/// Cuts a text to a number of bytes. A text that was cut ends with `…`.
pub(crate) fn cut(text: &str, max: usize) -> Cow<'_, str> {
    if text.len() <= max {
        return Cow::Borrowed(text);
    }
    let end = (0..=max).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    Cow::Owned(format!("{}…", &text[..end]))
}

/// Cuts a text to the length that an error keeps.
pub(crate) fn cut_text(text: impl Into<String>) -> String {
    let text = text.into();
    match cut(&text, MAX_TEXT) {
        Cow::Borrowed(_) => text,
        Cow::Owned(cut) => cut,
    }
}

/// Returns `true` if a character could end a line, hide, or change the order or look of the text around it.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// A writer of text with a maximum length. Text beyond it is replaced by `…`.
pub(super) struct Limited<W> {
    into: W,
    left: usize,
    escapes: bool,
}

impl<W: fmt::Write> Limited<W> {
    /// Creates a writer that writes one line: it escapes what could forge a second one.
    pub(super) fn single_line(into: W, max: usize) -> Self {
        Self { into, left: max, escapes: true }
    }

    /// Creates a writer for text that is already escaped.
    pub(super) fn new(into: W, max: usize) -> Self {
        Self { into, left: max, escapes: false }
    }

    fn write(&mut self, text: &str) -> fmt::Result {
        if self.left == 0 {
            return Ok(());
        }
        if text.len() > self.left {
            self.left = 0;
            return self.into.write_str("…");
        }
        self.left -= text.len();
        self.into.write_str(text)
    }
}

impl<W: fmt::Write> fmt::Write for Limited<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut encoded = [0; 4];
        for character in text.chars() {
            if self.left == 0 {
                break;
            }
            if self.escapes && is_unsafe(character) {
                self.write(&character.escape_default().to_string())?;
            } else {
                self.write(character.encode_utf8(&mut encoded))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn a_text_is_cut_at_a_character_boundary() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("ääää", 5), "ää…");
        assert_eq!(cut("ä", 0), "…");
        assert_eq!(cut_text("x".repeat(5000)).len(), MAX_TEXT + "…".len());
    }

    #[test]
    fn one_line_stays_one_line() -> fmt::Result {
        let mut line = String::new();
        write!(Limited::single_line(&mut line, 200), "a\r\nb\u{1b}[31m\u{202e}c\u{2028}\"ä\\ 👋\u{85}")?;
        assert_eq!(line, "a\\r\\nb\\u{1b}[31m\\u{202e}c\\u{2028}\"ä\\ 👋\\u{85}");
        Ok(())
    }

    #[test]
    fn a_limited_text_ends_with_an_ellipsis() -> fmt::Result {
        let (mut line, mut exact) = (String::new(), String::new());
        let mut limited = Limited::single_line(&mut line, 3);
        limited.write_str("ab")?;
        limited.write_str("\u{1b}c")?;
        limited.write_str("d")?;
        Limited::new(&mut exact, 3).write_str("a\nb")?;
        assert_eq!((line.as_str(), exact.as_str()), ("ab…", "a\nb"));
        Ok(())
    }
}
