//! Strings of JSON.

use serde_json::Result;

/// Appends a string with its quotes.
pub(super) fn write_text(out: &mut Vec<u8>, text: &str) -> Result<()> {
    if has_escape(text.as_bytes()) {
        return serde_json::to_writer(out, text);
    }
    out.reserve(text.len() + 2);
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
    Ok(())
}

/// Returns whether JSON escapes any of the bytes: a control character, a quote, or a backslash. It looks at eight at a time.
fn has_escape(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks::<8>();
    let any = words.iter().fold(0, |any, word| any | marks(*word));
    // The last word overlaps the one before, so that no byte is left.
    let last = match bytes.last_chunk::<8>() {
        Some(last) => marks(*last),
        None => rest.iter().fold(0, |any, byte| any | marks([*byte; 8])),
    };
    (any | last) & all(0x80) != 0
}

fn all(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Marks the first byte that JSON escapes by its highest bit, and maybe others after it.
fn marks(word: [u8; 8]) -> u64 {
    let word = u64::from_ne_bytes(word);
    // A byte that is less has its highest bit set after the subtraction, and not before.
    let control = word.wrapping_sub(all(b' '));
    let quote = (word ^ all(b'"')).wrapping_sub(all(1));
    let backslash = (word ^ all(b'\\')).wrapping_sub(all(1));
    (control | quote | backslash) & !word
}
