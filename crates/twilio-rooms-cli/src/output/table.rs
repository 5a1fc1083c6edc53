//! Tables for people.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::layout::{self, GAP, Wish};
use super::paint::{Cell, Paint};
use super::row::{Column, Fit, Row};
use super::screen::Width;

/// The number of rows that decide the widths of the columns. Later rows are printed with the same widths, unless they need more or
/// the terminal is resized.
const MEASURED: usize = 1000;

/// The look of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) width: Width,
    pub(super) paint: Paint,
    pub(super) header: bool,
}

/// A table whose rows arrive one after the other.
pub(super) struct Table<T: 'static> {
    columns: Vec<&'static Column<T>>,
    look: Look,
    waiting: Vec<Vec<Cell>>,
    /// The columns' widths if there is space enough; empty until the first rows are printed.
    wishes: Vec<Wish>,
    /// The widths of the rows before.
    widths: Vec<Option<usize>>,
}

impl<T: Row> Table<T> {
    pub(super) fn new(columns: Vec<&'static Column<T>>, look: Look) -> Self {
        Self { columns, look, waiting: Vec::new(), wishes: Vec::new(), widths: Vec::new() }
    }

    pub(super) fn add(&mut self, row: &T, out: &mut dyn Write) -> io::Result<()> {
        self.waiting.push(self.columns.iter().map(|column| (column.value)(row).into()).collect());
        if self.wishes.is_empty() && self.waiting.len() < MEASURED { Ok(()) } else { self.flush(out) }
    }

    /// Returns whether the next row is kept until there are more.
    pub(super) fn collects_next(&self) -> bool {
        self.wishes.is_empty() && self.waiting.len() + 1 < MEASURED
    }

    /// Prints the rows so far. The widths fit the terminal as it is now.
    pub(super) fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        self.wishes = self.wishes();
        let widths = layout::widths(&self.wishes, self.look.width.columns());
        // If columns are there or not since the terminal was resized, the header is printed again.
        let are_shown = |widths: &[Option<usize>]| widths.iter().map(Option::is_some).collect::<Vec<_>>();
        if self.look.header && are_shown(&widths) != are_shown(&self.widths) {
            let titles: Vec<Cell> = self.columns.iter().map(|column| Cell::title(column.title)).collect();
            self.print(&titles, &widths, out)?;
        }
        let waiting = std::mem::take(&mut self.waiting);
        waiting.iter().try_for_each(|cells| self.print(cells, &widths, out))?;
        self.widths = widths;
        Ok(())
    }

    fn wishes(&self) -> Vec<Wish> {
        let wish = |(index, column): (usize, &&Column<T>)| {
            let title = if self.look.header { column.title.len() } else { 0 };
            let cells = self.waiting.iter().map(|cells| cells[index].text.width());
            let before = self.wishes.get(index).map_or(title, |wish| wish.natural);
            Wish { natural: cells.max().unwrap_or_default().max(before), rank: column.rank, fit: column.fit }
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
            self.look.paint.write(&text, cell, out)?;
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
