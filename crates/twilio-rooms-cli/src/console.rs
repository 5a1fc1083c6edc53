//! Standard error, where people are told things.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Its last line shows progress.
static SHOWS_PROGRESS: AtomicBool = AtomicBool::new(false);

/// Tells people something. A closed stream is not an error.
pub(crate) fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", escape(text));
}

/// Tells a person that a listing has nothing.
pub(crate) fn note_if_none(printed: u64, text: &str) {
    if printed == 0 && std::io::stderr().is_terminal() {
        note(text);
    }
}

/// The text with its control characters escaped, and those that turn the direction of writing. Both could change the terminal.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unsafe(c) {
            escaped.extend(c.escape_default());
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Returns whether a terminal may take the character for a command.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Keeps in mind that the last line shows progress.
pub(crate) fn progress_is_shown() {
    SHOWS_PROGRESS.store(true, Ordering::Relaxed);
}

/// Removes the last line if it may show progress, for an end without any other cleaning up.
pub(crate) fn remove_progress() {
    if SHOWS_PROGRESS.load(Ordering::Relaxed) && cfg!(unix) {
        let _ = std::io::stderr().write_all(b"\r\x1b[J");
    }
}
