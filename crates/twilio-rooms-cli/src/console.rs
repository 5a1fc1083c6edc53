//! Standard error, where people are told things.

use std::io::Write;

/// Tells people something. A closed stream is not an error.
pub(crate) fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
