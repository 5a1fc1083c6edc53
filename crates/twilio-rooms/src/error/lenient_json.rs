//! The members of a JSON object that may be odd, cut or followed by text.

/// A value of a member, as far as errors need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Text(String),
    Number(&'a str),
    /// An object, with its braces.
    Object(&'a [u8]),
    /// `true`, `false`, `null`, a list, or nothing that JSON knows.
    Other,
}

/// Reads the names and values of the members of an object, up to where it ends or is no longer JSON.
///
/// A member is read although another one is odd: nested deeply, out of the range of numbers, or not valid Unicode. It is
/// a loop and not a recursion, since a body can be nested more deeply than the call stack allows.
#[derive(Debug)]
pub(super) struct Members<'a> {
    rest: &'a [u8],
}

impl<'a> Members<'a> {
    /// Reads the object at the start of a body. Any other body has no members.
    pub(super) fn of(body: &'a [u8]) -> Self {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
        Self { rest: body.strip_prefix(b"{").unwrap_or_default() }
    }

    fn member(&mut self) -> Option<(String, Value<'a>)> {
        self.skip_white_space_and(b',');
        let name = self.string()?;
        self.skip_white_space_and(b':');
        let value = match self.rest.first()? {
            b'"' => Value::Text(self.string()?),
            b'{' => Value::Object(self.nested()),
            b'[' => {
                self.nested();
                Value::Other
            }
            _ => {
                let end = self.rest.iter().position(|byte| b",]} \t\r\n".contains(byte)).unwrap_or(self.rest.len());
                let scalar = self.take(end.max(1));
                let is_number = scalar.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'-');
                std::str::from_utf8(scalar).ok().filter(|_| is_number).map_or(Value::Other, Value::Number)
            }
        };
        Some((name, value))
    }

    fn skip_white_space_and(&mut self, separator: u8) {
        let is_skipped = |byte: &u8| *byte == separator || b" \t\r\n".contains(byte);
        let length = self.rest.iter().take_while(|byte| is_skipped(byte)).count();
        self.take(length);
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// Takes a string with its quotes, or the beginning of one that was cut.
    fn string(&mut self) -> Option<String> {
        let length = string_length(self.rest)?;
        let string = self.take(length);
        Some(unescape(string.get(1..).map(|text| text.strip_suffix(b"\"").unwrap_or(text)).unwrap_or_default()))
    }

    /// Takes a list or an object.
    fn nested(&mut self) -> &'a [u8] {
        let (mut depth, mut position) = (0_usize, 0);
        while let Some(byte) = self.rest.get(position) {
            position += match byte {
                b'"' => string_length(&self.rest[position..]).unwrap_or(1),
                _ => 1,
            };
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        self.take(position)
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (String, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.member()
    }
}

/// Returns the length of the string at the start of a text, with its quotes.
fn string_length(text: &[u8]) -> Option<usize> {
    if text.first() != Some(&b'"') {
        return None;
    }
    let mut position = 1;
    while let Some(byte) = text.get(position) {
        position += match byte {
            b'"' => return Some(position + 1),
            b'\\' => 2,
            _ => 1,
        };
    }
    Some(text.len())
}

/// Replaces the escape sequences of a string. Half a surrogate pair becomes U+FFFD.
fn unescape(string: &[u8]) -> String {
    let mut text = Vec::with_capacity(string.len());
    let mut rest = string;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            text.push(byte);
            continue;
        }
        let Some((&escaped, after)) = rest.split_first() else { break };
        rest = after;
        let character = match escaped {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => unescape_unicode(&mut rest),
            other => {
                text.push(other);
                continue;
            }
        };
        text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Takes the digits of `\u`, and those of the second half of a surrogate pair.
fn unescape_unicode(rest: &mut &[u8]) -> char {
    let Some(first) = hexadecimal(rest) else { return char::REPLACEMENT_CHARACTER };
    *rest = &rest[4..];
    let second = rest.strip_prefix(b"\\u").and_then(hexadecimal);
    let units = [first, second.unwrap_or_default()];
    match char::decode_utf16(units).next() {
        Some(Ok(character)) => {
            if character.len_utf16() == 2 {
                *rest = &rest[6..];
            }
            character
        }
        _ => char::REPLACEMENT_CHARACTER,
    }
}

fn hexadecimal(text: &[u8]) -> Option<u16> {
    let digits = std::str::from_utf8(text.get(..4)?).ok()?;
    u16::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Vec<(String, Value<'_>)> {
        Members::of(body.as_bytes()).collect()
    }

    fn text(name: &str, text: &str) -> (String, Value<'static>) {
        (name.to_owned(), Value::Text(text.to_owned()))
    }

    #[test]
    fn members_are_read_around_odd_ones() {
        let deep = "[".repeat(100_000);
        let body = format!(
            r#" {{"a": 1e400, "b":"\ud800\ud83d\udc4b\u00e4\/\n", "c": [{{"d": "]"}}], "e": {{"f": 1}}, "g": null,
            "h" : -7, "i": {deep}"#
        );
        let expected = [
            ("a".to_owned(), Value::Number("1e400")),
            text("b", "\u{fffd}👋ä/\n"),
            ("c".to_owned(), Value::Other),
            ("e".to_owned(), Value::Object(b"{\"f\": 1}")),
            ("g".to_owned(), Value::Other),
            ("h".to_owned(), Value::Number("-7")),
            ("i".to_owned(), Value::Other),
        ];
        assert_eq!(read(&body), expected);
        assert_eq!(read("\u{feff}{\"a\": \"b\"} and more"), [text("a", "b")]);
    }

    #[test]
    fn no_body_panics_or_hangs() {
        for body in [
            "",
            "{",
            "{\"",
            "{\"a",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":\"b",
            "{\"a\":\"\\",
            "{\"a\":\"\\u00",
            "{,,}",
            "[1]",
            "{:1}",
            "{\"a\":}",
            "{\"a\"}",
            "{\"a\":\"\\ud83d\\u",
            "{\"a\":\"\\ud83d\\ud8\"}",
            "{\"a\":]]]",
            "{\"a\":[}",
            "<p>{\"a\":1}",
        ] {
            assert!(read(body).len() <= 2, "{body}");
        }
        assert_eq!(read("{\"a\": \"cut of"), [text("a", "cut of")]);
    }
}
