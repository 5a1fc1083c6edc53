//! Tables for people.

use std::io::{self, Write};

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::layout::{self, GAP, Wish};
use super::row::{Column, Fit, Row};
use super::value::Value;

/// The number of rows that decide the widths of the columns. Later rows are printed with the same widths.
const MEASURED: usize = 1000;

/// The look of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// The width of the terminal, if the table has to fit one.
    pub(super) width: Option<usize>,
    pub(super) color: bool,
    pub(super) header: bool,
}

/// A table whose rows arrive one after the other.
pub(super) struct Table<T: 'static> {
    columns: Vec<&'static Column<T>>,
    look: Look,
    waiting: Vec<Vec<Cell>>,
    /// Set once the first rows are printed.
    widths: Option<Vec<Option<usize>>>,
}

struct Cell {
    text: String,
    style: Style,
}

impl<T: Row> Table<T> {
    pub(super) fn new(columns: Vec<&'static Column<T>>, look: Look) -> Self {
        Self { columns, look, waiting: Vec::new(), widths: None }
    }

    pub(super) fn add(&mut self, row: &T, out: &mut dyn Write) -> io::Result<()> {
        let cell = |value: Value| Cell { text: value.human(), style: value.style() };
        let cells = self.columns.iter().map(|column| cell((column.value)(row))).collect();
        self.waiting.push(cells);
        if self.widths.is_some() || self.waiting.len() >= MEASURED { self.flush(out) } else { Ok(()) }
    }

    /// Prints the rows so far.
    pub(super) fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        if self.widths.is_none() {
            let widths = layout::widths(&self.wishes(), self.look.width);
            if self.look.header {
                let style = Style::new().bold();
                let titles = self.columns.iter().map(|column| Cell { text: column.title.to_owned(), style });
                self.print(&titles.collect::<Vec<_>>(), &widths, out)?;
            }
            self.widths = Some(widths);
        }
        let waiting = std::mem::take(&mut self.waiting);
        let widths = self.widths.as_deref().unwrap_or_default();
        waiting.iter().try_for_each(|cells| self.print(cells, widths, out))
    }

    fn wishes(&self) -> Vec<Wish> {
        let wish = |(index, column): (usize, &&Column<T>)| {
            let title = if self.look.header { column.title.len() } else { 0 };
            let cells = self.waiting.iter().map(|cells| cells[index].text.width());
            Wish { natural: cells.max().unwrap_or_default().max(title), rank: column.rank, fit: column.fit }
        };
        self.columns.iter().enumerate().map(wish).collect()
    }

    fn print(&self, cells: &[Cell], widths: &[Option<usize>], out: &mut dyn Write) -> io::Result<()> {
        let shown = cells.iter().zip(&self.columns).zip(widths).filter_map(|((cell, column), width)| {
            let width = (*width)?;
            Some((cell, column.fit, width))
        });
        let mut pending = 0;
        for (index, (cell, fit, width)) in shown.enumerate() {
            let text = if fit == Fit::Cut { cut(&cell.text, width) } else { cell.text.clone() };
            let space = width.saturating_sub(text.width());
            let before = if fit == Fit::Right { space } else { 0 };
            let gap = if index == 0 { 0 } else { GAP };
            write!(out, "{:1$}", "", pending + gap + before)?;
            if self.look.color {
                write!(out, "{}{text}{:#}", cell.style, cell.style)?;
            } else {
                out.write_all(text.as_bytes())?;
            }
            // Spaces at the end of a line would wrap in a terminal.
            pending = space - before;
        }
        out.write_all(b"\n")
    }
}

/// The text, cut to this width, with `…` at its end if something is missing.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or_default();
        if used > width {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_by_their_width_on_screen() {
        assert_eq!([cut("stand-up", 8), cut("stand-up", 7), cut("朝会です", 6)], ["stand-up", "stand-…", "朝会…"]);
    }
}
