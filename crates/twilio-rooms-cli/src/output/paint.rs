//! The looks of a text on a terminal.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;

use super::value::Value;
use crate::hyperlink;

/// The looks that the output has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint {
    colors: bool,
    links: bool,
}

impl Paint {
    /// Texts without any look.
    pub(crate) const PLAIN: Self = Self { colors: false, links: false };

    /// The looks of standard output.
    pub(super) fn stdout() -> Self {
        let stdout = io::stdout();
        let colors = AutoStream::choice(&stdout) != ColorChoice::Never;
        Self { colors, links: hyperlink::are_shown(&stdout) }
    }

    /// The address of a page, as a link to it where links are shown.
    pub(crate) fn page(self, address: &str) -> String {
        match hyperlink::address(address) {
            Some(address) if self.links => hyperlink::link(address, address),
            _ => address.to_owned(),
        }
    }

    /// Writes the text of a cell, which may be cut, with the look of the cell.
    pub(super) fn write(self, text: &str, cell: &Cell, out: &mut dyn Write) -> io::Result<()> {
        match &cell.address {
            _ if !self.colors => out.write_all(text.as_bytes()),
            Some(address) if self.links => out.write_all(hyperlink::link(address, text).as_bytes()),
            _ => write!(out, "{}{text}{:#}", cell.style, cell.style),
        }
    }
}

/// A text for people, and its look.
pub(super) struct Cell {
    pub(super) text: String,
    style: Style,
    /// The page that the text links to.
    address: Option<String>,
}

impl Cell {
    pub(super) fn title(text: &str) -> Self {
        Self { text: text.to_owned(), style: Style::new().bold(), address: None }
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        let (text, style) = (value.human(), value.style());
        let address = if let Value::Url(url) = value { hyperlink::address(&url).map(str::to_owned) } else { None };
        Self { text, style, address }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(paint: Paint, value: Value) -> io::Result<String> {
        let cell = Cell::from(value);
        let mut out = Vec::new();
        paint.write(&cell.text, &cell, &mut out)?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    #[test]
    fn a_url_is_a_link_where_links_are_shown() -> io::Result<()> {
        let url = || Value::Url("https://a.example/x".to_owned());
        let all = Paint { colors: true, links: true };
        assert_eq!(painted(all, url())?, "\u{1b}]8;;https://a.example/x\u{1b}\\https://a.example/x\u{1b}]8;;\u{1b}\\");
        for paint in [Paint::PLAIN, Paint { colors: true, links: false }, Paint { colors: false, links: true }] {
            assert_eq!(painted(paint, url())?, "https://a.example/x");
        }
        assert_eq!(painted(all, Value::Text("https://a.example/x".to_owned()))?, "https://a.example/x");
        let forged = Value::Url("https://a.example/\u{1b}\\\u{1b}[31m".to_owned());
        assert_eq!(painted(all, forged)?, "https://a.example/\\u{1b}\\\\u{1b}[31m");
        Ok(())
    }
}
