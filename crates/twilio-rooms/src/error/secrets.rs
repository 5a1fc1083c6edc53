//! Secrets in text that comes from the wire, where a server or proxy may echo them.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

/// The text that replaces a secret.
const REPLACEMENT: &[u8] = b"[redacted]";
/// The minimum length of a secret that is replaced. A shorter one would be found in any text.
const MIN_LENGTH: usize = 4;

type Form = Zeroizing<Box<[u8]>>;

/// The secrets of a client, in the forms in which a text can hold them. They are zeroed on drop.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Arc<[Form]>);

impl Secrets {
    /// Finds each of these secrets as it is, in the middle of Base64, percent-encoded, and escaped in JSON.
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut forms: Vec<Form> = Vec::new();
        for secret in secrets.into_iter().filter(|secret| secret.len() >= MIN_LENGTH) {
            forms.push(Zeroizing::new(secret.as_bytes().into()));
            forms.extend((0..3).flat_map(|offset| base64_at(secret.as_bytes(), offset)));
        }
        // A longer form may contain a shorter one.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms.dedup();
        Self(forms.into())
    }

    /// Returns these secrets and others.
    pub(crate) fn and(&self, others: &Self) -> Self {
        let mut forms: Vec<Form> = self.0.iter().chain(&*others.0).cloned().collect();
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        Self(forms.into())
    }

    /// Replaces the secrets in bytes.
    pub(crate) fn redact<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let (mut redacted, mut copied, mut position) = (Vec::new(), 0, 0);
        while position < bytes.len() {
            match self.0.iter().find_map(|form| encoded_length(&bytes[position..], form)) {
                Some(length) => {
                    redacted.extend_from_slice(&bytes[copied..position]);
                    redacted.extend_from_slice(REPLACEMENT);
                    position += length;
                    copied = position;
                }
                None => position += 1,
            }
        }
        if copied == 0 {
            return Cow::Borrowed(bytes);
        }
        redacted.extend_from_slice(&bytes[copied..]);
        Cow::Owned(redacted)
    }

    /// Replaces the secrets in a text.
    pub(crate) fn redact_text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.redact(text.as_bytes())).into_owned()
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Returns the Base64 of a secret that follows this number of other bytes, without the characters that those and the
/// bytes after it affect, in both alphabets.
fn base64_at(secret: &[u8], offset: usize) -> impl Iterator<Item = Form> {
    let bytes: Zeroizing<Vec<u8>> = Zeroizing::new([&[0; 2][..offset], secret].concat());
    let range = (offset * 8).div_ceil(6)..bytes.len() * 8 / 6;
    [STANDARD_NO_PAD, URL_SAFE_NO_PAD].into_iter().filter_map(move |engine| {
        let encoded = Zeroizing::new(engine.encode(&*bytes));
        encoded.as_bytes().get(range.clone()).map(|form| Zeroizing::new(form.into()))
    })
}

/// Returns the length of a secret at the start of a text, each byte as it is, as `%2F`, `\/` or `\u002F`.
fn encoded_length(text: &[u8], secret: &[u8]) -> Option<usize> {
    let mut position = 0;
    for byte in secret {
        position += match text.get(position..)? {
            [same, ..] if same == byte => 1,
            [b'%', rest @ ..] if hexadecimal(rest.get(..2)?) == Some(u32::from(*byte)) => 3,
            [b'\\', b'u', rest @ ..] if rest.get(..4).and_then(hexadecimal) == Some(u32::from(*byte)) => 6,
            [b'\\', same, ..] if same == byte => 2,
            [b'+', ..] if *byte == b' ' => 1,
            _ => return None,
        };
    }
    Some(position)
}

fn hexadecimal(digits: &[u8]) -> Option<u32> {
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "s3cret/with+odd&chars";

    #[test]
    fn a_secret_is_replaced_in_every_form() {
        let secrets = Secrets::new([SECRET, "abc"]);
        for (text, expected) in [
            (format!("a {SECRET} b {SECRET}"), "a [redacted] b [redacted]"),
            ("token=s3cret%2Fwith%2bodd%26chars&x".to_owned(), "token=[redacted]&x"),
            ("%73%33%63%72%65%74%2F%77ith%2Bodd%26chars".to_owned(), "[redacted]"),
            (r"s3cret\/with+odd\u0026chars".to_owned(), "[redacted]"),
            ("s3cret/with+odd abc %".to_owned(), "s3cret/with+odd abc %"),
            (String::new(), ""),
        ] {
            assert_eq!(secrets.redact_text(&text), expected, "{text}");
        }
    }

    #[test]
    fn base64_of_a_secret_is_replaced_wherever_it_starts() {
        let secrets = Secrets::new([SECRET]);
        for before in ["", "A", "AC", "AC1", "AC0123456789abcdef0123456789abcdef:"] {
            for after in ["", "x", "xy"] {
                for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
                    let encoded = engine.encode(format!("{before}{SECRET}{after}"));
                    let redacted = secrets.redact_text(&encoded);
                    assert!(redacted.contains("[redacted]"), "{before} {after}");
                    assert!(
                        redacted.len() < "[redacted]".len() + (before.len() + after.len()) * 4 / 3 + 8,
                        "{redacted}"
                    );
                }
            }
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        assert_eq!(format!("{:?}", Secrets::new([SECRET])), "[redacted]");
    }
}
