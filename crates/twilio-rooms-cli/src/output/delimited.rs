//! Comma-separated and tab-separated values.

use std::io::{self, Write};

/// Writes a record. A field with the delimiter, a quote or a line break is quoted, as in RFC 4180.
pub(super) fn write_record(
    fields: impl Iterator<Item = String>,
    delimiter: char,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            write!(out, "{delimiter}")?;
        }
        if field.contains([delimiter, '"', '\n', '\r']) {
            write!(out, "\"{}\"", field.replace('"', "\"\""))?;
        } else {
            out.write_all(field.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fields_that_need_it_are_quoted() -> io::Result<()> {
        let mut out = Vec::new();
        let fields = ["a", "b,c", "say \"hi\"", "two\nlines", "", "tab\there"];
        write_record(fields.into_iter().map(str::to_owned), ',', &mut out)?;
        write_record(["b,c", "tab\there"].into_iter().map(str::to_owned), '\t', &mut out)?;
        let expected = "a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",,tab\there\nb,c\t\"tab\there\"\n";
        assert_eq!(String::from_utf8_lossy(&out), expected);
        Ok(())
    }
}
