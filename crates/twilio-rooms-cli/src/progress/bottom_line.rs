//! The line of a terminal that shows the progress.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use indicatif::TermLike;
use terminal_size::terminal_size_of;

/// The size of a terminal that does not tell it.
const SIZE: (u16, u16) = (80, 24);

/// Standard error, whose last line is drawn again and again.
///
/// Between two drawings, the cursor stands at the beginning of the line, and not behind its end. So the `^C` of a pressed Ctrl-C is
/// shown on the line, which then can be removed, and not on the next one. What a narrower terminal has wrapped is removed as well.
#[derive(Debug, Default)]
pub(super) struct BottomLine(Mutex<String>);

impl BottomLine {
    fn pending(&self) -> MutexGuard<'_, String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves the cursor. A count of 0 would move it by 1.
    fn move_cursor(&self, count: usize, direction: char) -> io::Result<()> {
        if count == 0 {
            return Ok(());
        }
        write!(self.pending(), "\u{1b}[{count}{direction}").map_err(io::Error::other)
    }
}

fn size() -> (u16, u16) {
    terminal_size_of(io::stderr()).map_or(SIZE, |(width, height)| (width.0, height.0))
}

impl TermLike for BottomLine {
    fn width(&self) -> u16 {
        size().0
    }

    fn height(&self) -> u16 {
        size().1
    }

    fn move_cursor_up(&self, count: usize) -> io::Result<()> {
        self.move_cursor(count, 'A')
    }

    fn move_cursor_down(&self, count: usize) -> io::Result<()> {
        self.move_cursor(count, 'B')
    }

    fn move_cursor_right(&self, count: usize) -> io::Result<()> {
        self.move_cursor(count, 'C')
    }

    fn move_cursor_left(&self, count: usize) -> io::Result<()> {
        self.move_cursor(count, 'D')
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        writeln!(self.pending(), "{text}").map_err(io::Error::other)
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        self.pending().write_str(text).map_err(io::Error::other)
    }

    fn clear_line(&self) -> io::Result<()> {
        self.write_str("\r\u{1b}[2K\u{1b}[J")
    }

    fn flush(&self) -> io::Result<()> {
        let mut pending = self.pending();
        pending.push('\r');
        let written = io::stderr().write_all(pending.as_bytes());
        pending.clear();
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_that_does_not_move_is_not_moved() -> io::Result<()> {
        let line = BottomLine::default();
        line.move_cursor_up(0)?;
        line.move_cursor_down(2)?;
        assert_eq!(*line.pending(), "\u{1b}[2B");
        Ok(())
    }
}
