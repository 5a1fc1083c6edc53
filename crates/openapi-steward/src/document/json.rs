//! Reads JSON strictly (RFC 8259) into a tree with positions.

use serde_json::Number;

use super::diagnostic::{Diagnostic, Span};
use super::limits::{MAX_DEPTH, report_duplicate};
use super::node::{Entry, MapBuilder, Node, Value};

/// Reads text that is JSON, and reports its duplicate keys. The first of them counts.
pub(super) fn read(source: &str) -> Result<(Node, Vec<Diagnostic>), Diagnostic> {
    // A byte order mark may be ignored (RFC 8259, section 8.1).
    let position = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader { source, position, depth: 0, duplicates: Vec::new() };
    let root = reader.value()?;
    reader.skip_whitespace();
    if reader.position < source.len() {
        return Err(reader.unexpected("the document ends before this"));
    }
    Ok((root, reader.duplicates))
}

struct Reader<'a> {
    source: &'a str,
    position: usize,
    depth: usize,
    duplicates: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Node, Diagnostic> {
        self.skip_whitespace();
        let start = self.position;
        let (value, plain) = match self.peek() {
            Some(b'{') => (self.nested(Self::map)?, false),
            Some(b'[') => (self.nested(Self::list)?, false),
            Some(b'"') => (Value::String(self.string()?), false),
            Some(b't') => (self.word("true", Value::Bool(true))?, false),
            Some(b'f') => (self.word("false", Value::Bool(false))?, false),
            Some(b'n') => (self.word("null", Value::Null)?, false),
            Some(b'-' | b'0'..=b'9') => (self.number()?, false),
            _ => return Err(self.unexpected("expected a value")),
        };
        Ok(Node { value, span: start..self.position, plain })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Diagnostic>) -> Result<Value, Diagnostic> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let at = self.position;
            return Err(Diagnostic::new(format!("this is nested more than {MAX_DEPTH} levels deep"), at..at + 1)
                .help("move the inner values into a component, and refer to it with `$ref`"));
        }
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn map(&mut self) -> Result<Value, Diagnostic> {
        let mut map = MapBuilder::default();
        let mut duplicate = None;
        self.position += 1;
        self.skip_whitespace();
        if self.accept(b'}') {
            return Ok(Value::Map(map.build()));
        }
        loop {
            self.skip_whitespace();
            let start = self.position;
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("expected a key in quotes"));
            }
            let key = self.string()?;
            let key_span: Span = start..self.position;
            self.skip_whitespace();
            if !self.accept(b':') {
                return Err(self.unexpected("expected `:` after the key"));
            }
            let node = self.value()?;
            match map.entry(&key) {
                Some(first) => report_duplicate(&mut self.duplicates, &mut duplicate, &key, key_span, &first.key_span),
                None => map.push(Entry { key, key_span, node }),
            }
            self.skip_whitespace();
            if self.accept(b'}') {
                return Ok(Value::Map(map.build()));
            }
            if !self.accept(b',') {
                return Err(self.unexpected("expected `,` or `}`"));
            }
        }
    }

    fn list(&mut self) -> Result<Value, Diagnostic> {
        let mut items = Vec::new();
        self.position += 1;
        self.skip_whitespace();
        if self.accept(b']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value()?);
            self.skip_whitespace();
            if self.accept(b']') {
                return Ok(Value::List(items));
            }
            if !self.accept(b',') {
                return Err(self.unexpected("expected `,` or `]`"));
            }
        }
    }

    /// Reads a string. Its end is the first quote without a backslash before it; `serde_json` decodes the escapes.
    fn string(&mut self) -> Result<String, Diagnostic> {
        let start = self.position;
        let mut escaped = false;
        for (index, byte) in self.source.as_bytes().iter().enumerate().skip(start + 1) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    self.position = index + 1;
                    let text = self.source.get(start..self.position).unwrap_or_default();
                    return serde_json::from_str(text).map_err(|error| self.invalid(start, &error));
                }
                _ => {}
            }
        }
        Err(Diagnostic::new("this string is not closed", start..start + 1).help("add the closing quote"))
    }

    fn number(&mut self) -> Result<Value, Diagnostic> {
        let start = self.position;
        let is_part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
        let length = self.source.as_bytes().iter().skip(start).take_while(|byte| is_part(byte)).count();
        self.position += length;
        let text = self.source.get(start..self.position).unwrap_or_default();
        let number: Number = serde_json::from_str(text).map_err(|error| self.invalid(start, &error))?;
        Ok(Value::Number(number))
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Diagnostic> {
        if self.source.get(self.position..).is_some_and(|rest| rest.starts_with(word)) {
            self.position += word.len();
            return Ok(value);
        }
        Err(self.unexpected("expected a value"))
    }

    fn skip_whitespace(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.position += 1;
        }
    }

    fn accept(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.position += usize::from(is_next);
        is_next
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.position).copied()
    }

    fn unexpected(&self, reason: &str) -> Diagnostic {
        let rest = self.source.get(self.position..).unwrap_or_default();
        let width = rest.chars().next().map_or(0, char::len_utf8);
        let finding = Diagnostic::new("this is not valid JSON", self.position..self.position + width).label(reason);
        finding.help("JSON has no comments and no trailing commas, and its strings are in double quotes")
    }

    fn invalid(&self, start: usize, error: &serde_json::Error) -> Diagnostic {
        let message = error.to_string();
        let reason = message.split(" at line ").next().unwrap_or_default();
        let finding = Diagnostic::new("this is not valid JSON", start..self.position).label(reason);
        finding.help("write it as JSON allows")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_read_with_positions_and_exact_values() {
        let source = "{\"a\\u00e4\": [1, -2.5e3, true, null, \"\\ud83d\\ude00\"],\n \"b\": {}}";
        let (root, duplicates) = read(source).unwrap_or_else(|finding| panic!("{finding:?}"));
        let expected: serde_json::Value = serde_json::from_str(source).unwrap_or_default();
        assert_eq!((root.to_json(), duplicates.len()), (expected, 0));
        let positions: Vec<&str> = root.entries().iter().map(|entry| &source[entry.key_span.clone()]).collect();
        assert_eq!(positions, ["\"a\\u00e4\"", "\"b\""]);
    }

    #[test]
    fn everything_that_is_not_json_is_refused_at_its_place() {
        for (source, at) in [
            ("{\"a\": 1,}", 8),
            ("[1, 2,]", 6),
            ("{'a': 1}", 1),
            ("{\"a\": 01}", 6),
            ("{\"a\": \"\\ud83d\"}", 6),
            ("{\"a\": tru}", 6),
            ("{} x", 3),
            ("{\"a\" 1}", 5),
            ("[\"a", 1),
            ("// comment\n{}", 0),
        ] {
            let found = read(source).err().map(|finding| finding.span.start);
            assert_eq!(found, Some(at), "{source}");
        }
        let deep = "[".repeat(100_000);
        assert!(read(&deep).is_err_and(|finding| finding.message.contains("levels deep")));
    }

    #[test]
    fn a_duplicate_key_is_reported_and_the_first_counts() {
        let read = read("{\"a\": 1, \"a\": 2}").unwrap_or_else(|finding| panic!("{finding:?}"));
        assert_eq!((read.0.to_json(), read.1.len()), (serde_json::json!({ "a": 1 }), 1));
    }
}
