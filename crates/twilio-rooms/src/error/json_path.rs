//! The path of a value in a JSON body.

use std::fmt::Write as _;

/// Returns the path of the value at which serde stopped, such as `rooms[3].duration`, or `None` if that is the whole
/// body.
///
/// serde reports a line and a column: the end of the value that it rejected or, if it rejected the value's type, the
/// position before the value. The body is valid JSON up to that position.
pub(super) fn json_path_at(body: &[u8], line: usize, column: usize) -> Option<String> {
    let before: usize = body.split_inclusive(|byte| *byte == b'\n').take(line.checked_sub(1)?).map(<[u8]>::len).sum();
    let mut scanner = Scanner { body, position: 0, stop: before + column, path: Vec::new() };
    scanner.scan();
    let mut text = String::new();
    for step in &scanner.path {
        // Writing to a string does not fail.
        let _ = match step {
            Step::Key(key) if text.is_empty() => write!(text, "{}", String::from_utf8_lossy(key)),
            Step::Key(key) => write!(text, ".{}", String::from_utf8_lossy(key)),
            Step::Index(index) => write!(text, "[{index}]"),
        };
    }
    Some(text).filter(|text| !text.is_empty())
}

/// A step from a value to a value inside it.
enum Step<'a> {
    Key(&'a [u8]),
    Index(usize),
}

/// A scan of a body from its start to a position.
struct Scanner<'a> {
    body: &'a [u8],
    position: usize,
    stop: usize,
    /// The steps to the current value.
    path: Vec<Step<'a>>,
}

impl<'a> Scanner<'a> {
    /// Scans a value. Returns `None` at the position to stop at, or at the end of the body; `path` then leads there.
    ///
    /// It is a loop and not a recursion, since a body can be nested more deeply than the call stack allows.
    fn scan(&mut self) -> Option<()> {
        loop {
            match self.next()? {
                _ if self.position >= self.stop => return None,
                b'{' => {
                    self.position += 1;
                    if self.next()? != b'}' {
                        let key = self.key()?;
                        self.path.push(Step::Key(key));
                        continue;
                    }
                    self.position += 1;
                }
                b'[' => {
                    self.position += 1;
                    if self.next()? != b']' {
                        self.path.push(Step::Index(0));
                        continue;
                    }
                    self.position += 1;
                }
                b'"' => drop(self.string()?),
                _ => self.scalar(),
            }
            if !self.advance_to_next_value()? {
                return Some(());
            }
        }
    }

    /// Advances from the end of a value to the start of the next one. Returns `false` if there is none.
    fn advance_to_next_value(&mut self) -> Option<bool> {
        while self.position < self.stop {
            let Some(step) = self.path.last_mut() else { return Some(false) };
            match (step, self.body.get(skip_white_space(self.body, self.position))?) {
                (Step::Index(index), b',') => {
                    *index += 1;
                    self.position = skip_white_space(self.body, self.position) + 1;
                    return Some(true);
                }
                (Step::Key(_), b',') => {
                    self.position = skip_white_space(self.body, self.position) + 1;
                    self.next()?;
                    let key = self.key()?;
                    self.path.pop();
                    self.path.push(Step::Key(key));
                    return Some(true);
                }
                // The end of a list or map is also the end of a value.
                _ => {
                    self.position = skip_white_space(self.body, self.position) + 1;
                    self.path.pop();
                }
            }
        }
        None
    }

    /// Skips white space and returns the next byte.
    fn next(&mut self) -> Option<u8> {
        self.position = skip_white_space(self.body, self.position);
        self.body.get(self.position).copied()
    }

    /// Consumes a key and the colon after it.
    fn key(&mut self) -> Option<&'a [u8]> {
        let key = self.string()?;
        self.next()?;
        self.position += 1;
        Some(key)
    }

    /// Consumes a string and returns the bytes between its quotes.
    fn string(&mut self) -> Option<&'a [u8]> {
        let start = self.position + 1;
        let mut end = start;
        while *self.body.get(end)? != b'"' {
            end += if self.body[end] == b'\\' { 2 } else { 1 };
        }
        self.position = end + 1;
        self.body.get(start..end)
    }

    /// Consumes a number, `true`, `false` or `null`.
    fn scalar(&mut self) {
        let rest = self.body.get(self.position..).unwrap_or_default();
        let length = rest.iter().position(|byte| b",]} \t\r\n".contains(byte)).unwrap_or(rest.len());
        self.position += length.max(1);
    }
}

/// Returns the position after any white space.
fn skip_white_space(body: &[u8], position: usize) -> usize {
    let rest = body.get(position..).unwrap_or_default();
    position + rest.iter().position(|byte| !b" \t\r\n".contains(byte)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde::de::DeserializeOwned;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "the tests only decode it")]
    struct Room {
        sid: String,
        codecs: Option<Vec<u8>>,
        #[serde(default)]
        links: BTreeMap<String, Option<Box<Room>>>,
    }

    /// The path of the decoding error, from this module and from `serde_path_to_error`.
    fn both_paths<T: DeserializeOwned + std::fmt::Debug>(body: &str) -> Option<(String, String)> {
        let error = serde_json::from_str::<T>(body).err()?;
        let ours = json_path_at(body.as_bytes(), error.line(), error.column()).unwrap_or_else(|| ".".to_owned());
        let located = serde_path_to_error::deserialize::<_, T>(&mut serde_json::Deserializer::from_str(body)).err()?;
        Some((ours, located.path().to_string()))
    }

    #[test]
    fn the_path_leads_to_the_rejected_value() {
        for (body, path) in [
            ("7", "."),
            ("[]", "."),
            (r#" {"codecs": [1]} "#, "."),
            (r#"{"sid": 7, "codecs": []}"#, "sid"),
            (r#"{"sid": null}"#, "sid"),
            (r#"{"sid": []}"#, "sid"),
            ("{\n  \"sid\" :\n  {\"a\": 1}}", "sid"),
            (r#"{"sid": "a", "codecs": [1, 2, 300]}"#, "codecs[2]"),
            (r#"{"sid": "a", "codecs": [1, -2, 3]}"#, "codecs[1]"),
            (r#"{"sid": "a", "codecs": ["1"]}"#, "codecs[0]"),
            (r#"{"sid": "a", "codecs": [{}]}"#, "codecs[0]"),
            (r#"{"sid": "a", "codecs": {}}"#, "codecs"),
            (r#"{"sid": "\"]}\\", "other": [[{"a": []}, {}], {}], "codecs": [1.5]}"#, "codecs[0]"),
            (
                r#"{"sid": "ä", "links": {"a": {"sid": "b"}, "c": {"sid": "d", "codecs": [1 , true]}}}"#,
                "links.c.codecs[1]",
            ),
            (r#"{"sid": "a", "links": {"a": {"codecs": []}}}"#, "links.a"),
            (r#"{"sid": "a", "links": {"a": {"sid": "b"}, "c": 7}}"#, "links.c"),
        ] {
            assert_eq!(both_paths::<Room>(body), Some((path.to_owned(), path.to_owned())), "{body}");
            let rooms = format!("[{{\"sid\": \"\"}},\r\n\t{body}]");
            let in_list = format!("[1].{path}").replace("..", "").trim_end_matches('.').to_owned();
            assert_eq!(both_paths::<Vec<Room>>(&rooms), Some((in_list.clone(), in_list)), "{rooms}");
        }
    }

    #[test]
    fn no_position_in_any_body_panics() {
        for body in [
            "",
            "{",
            "[[[",
            "{\"a",
            "{\"a\\",
            "{\"a\":",
            "[1,",
            "[1,}",
            "{\"a\":1,}",
            "}",
            "\"",
            "[\"\\",
            "{1:2}",
            ":,",
        ] {
            for line in 0..3 {
                for column in 0..10 {
                    let _ = json_path_at(body.as_bytes(), line, column);
                }
            }
        }
        let deep = "[".repeat(1_000_000);
        assert!(json_path_at(deep.as_bytes(), 1, deep.len()).is_some_and(|path| path.ends_with("[0]")));
    }
}
