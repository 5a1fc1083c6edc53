//! Where in a body of JSON a value is.

use std::fmt::Write as _;

/// The way to the value at which serde has stopped, as in `rooms[3].duration`; `None` when it is the whole body.
///
/// serde says a line and a column, which are the end of the value that it could not use or, when it did not want to begin
/// with one, the place before it. The body is JSON up to there.
pub(super) fn path_at(body: &[u8], line: usize, column: usize) -> Option<String> {
    let before: usize = body.split_inclusive(|byte| *byte == b'\n').take(line.checked_sub(1)?).map(<[u8]>::len).sum();
    let mut walk = Walk { body, at: 0, stop: before + column, path: Vec::new() };
    walk.value();
    let mut text = String::new();
    for step in &walk.path {
        // Writing to a string does not fail.
        let _ = match step {
            Step::Key(key) if text.is_empty() => write!(text, "{}", String::from_utf8_lossy(key)),
            Step::Key(key) => write!(text, ".{}", String::from_utf8_lossy(key)),
            Step::Index(index) => write!(text, "[{index}]"),
        };
    }
    Some(text).filter(|text| !text.is_empty())
}

/// A step from a value to one in it.
enum Step<'a> {
    Key(&'a [u8]),
    Index(usize),
}

/// A way through a body, up to a place.
struct Walk<'a> {
    body: &'a [u8],
    at: usize,
    stop: usize,
    /// The steps to the value that is read.
    path: Vec<Step<'a>>,
}

impl<'a> Walk<'a> {
    /// Goes to the end of a value; `None` when it was the one to find, or the body ends, and so the path is that to it.
    ///
    /// It keeps its own account of what it is in: a body can be nested more deeply than the stack is large.
    fn value(&mut self) -> Option<()> {
        loop {
            match self.next()? {
                _ if self.at >= self.stop => return None,
                b'{' => {
                    self.at += 1;
                    if self.next()? != b'}' {
                        let key = self.key()?;
                        self.path.push(Step::Key(key));
                        continue;
                    }
                    self.at += 1;
                }
                b'[' => {
                    self.at += 1;
                    if self.next()? != b']' {
                        self.path.push(Step::Index(0));
                        continue;
                    }
                    self.at += 1;
                }
                b'"' => drop(self.string()?),
                _ => self.scalar(),
            }
            if !self.ends()? {
                return Some(());
            }
        }
    }

    /// Goes from the end of a value to the beginning of the next one; whether there is one.
    fn ends(&mut self) -> Option<bool> {
        while self.at < self.stop {
            let Some(step) = self.path.last_mut() else { return Some(false) };
            match (step, self.body.get(skipped(self.body, self.at))?) {
                (Step::Index(index), b',') => {
                    *index += 1;
                    self.at = skipped(self.body, self.at) + 1;
                    return Some(true);
                }
                (Step::Key(_), b',') => {
                    self.at = skipped(self.body, self.at) + 1;
                    self.next()?;
                    let key = self.key()?;
                    self.path.pop();
                    self.path.push(Step::Key(key));
                    return Some(true);
                }
                // The end of the list or map is that of a value in turn.
                _ => {
                    self.at = skipped(self.body, self.at) + 1;
                    self.path.pop();
                }
            }
        }
        None
    }

    /// Goes past white space.
    fn next(&mut self) -> Option<u8> {
        self.at = skipped(self.body, self.at);
        self.body.get(self.at).copied()
    }

    /// Goes past a key and what follows it.
    fn key(&mut self) -> Option<&'a [u8]> {
        let key = self.string()?;
        self.next()?;
        self.at += 1;
        Some(key)
    }

    /// Goes past a string, and gives what is between its quotes.
    fn string(&mut self) -> Option<&'a [u8]> {
        let start = self.at + 1;
        let mut end = start;
        while *self.body.get(end)? != b'"' {
            end += if self.body[end] == b'\\' { 2 } else { 1 };
        }
        self.at = end + 1;
        self.body.get(start..end)
    }

    /// Goes past a number, `true`, `false` or `null`.
    fn scalar(&mut self) {
        let rest = self.body.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| b",]} \t\r\n".contains(byte)).unwrap_or(rest.len());
        self.at += length.max(1);
    }
}

/// The place after white space.
fn skipped(body: &[u8], at: usize) -> usize {
    let rest = body.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| !b" \t\r\n".contains(byte)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde::de::DeserializeOwned;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is read, and nothing more")]
    struct Room {
        sid: String,
        codecs: Option<Vec<u8>>,
        #[serde(default)]
        links: BTreeMap<String, Option<Box<Room>>>,
    }

    /// Where the body cannot be read, by ours and by the crate that reads it once more to learn that.
    fn both<T: DeserializeOwned + std::fmt::Debug>(body: &str) -> Option<(String, String)> {
        let error = serde_json::from_str::<T>(body).err()?;
        let ours = path_at(body.as_bytes(), error.line(), error.column()).unwrap_or_else(|| ".".to_owned());
        let located = serde_path_to_error::deserialize::<_, T>(&mut serde_json::Deserializer::from_str(body)).err()?;
        Some((ours, located.path().to_string()))
    }

    #[test]
    fn the_path_is_that_of_the_value_that_was_refused() {
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
            (r#"{"sid": "\"]}\\", "odd": [[{"a": []}, {}], {}], "codecs": [1.5]}"#, "codecs[0]"),
            (
                r#"{"sid": "ä", "links": {"a": {"sid": "b"}, "c": {"sid": "d", "codecs": [1 , true]}}}"#,
                "links.c.codecs[1]",
            ),
            (r#"{"sid": "a", "links": {"a": {"codecs": []}}}"#, "links.a"),
            (r#"{"sid": "a", "links": {"a": {"sid": "b"}, "c": 7}}"#, "links.c"),
        ] {
            assert_eq!(both::<Room>(body), Some((path.to_owned(), path.to_owned())), "{body}");
            let rooms = format!("[{{\"sid\": \"\"}},\r\n\t{body}]");
            let in_list = format!("[1].{path}").replace("..", "").trim_end_matches('.').to_owned();
            assert_eq!(both::<Vec<Room>>(&rooms), Some((in_list.clone(), in_list)), "{rooms}");
        }
    }

    #[test]
    fn any_place_in_any_body_is_some_path_and_no_panic() {
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
                    let _ = path_at(body.as_bytes(), line, column);
                }
            }
        }
        let deep = "[".repeat(1_000_000);
        assert!(path_at(deep.as_bytes(), 1, deep.len()).is_some_and(|path| path.ends_with("[0]")));
    }
}
