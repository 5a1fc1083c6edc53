//! Standard output: its width, its looks, and its buffer.

use std::io::{self, BufWriter, IsTerminal, Write};

use super::paint::Paint;
use super::safe::Safe;

/// The size of the buffer. A pipe of Linux holds twice as much.
pub(super) const BUFFER: usize = 32 << 10;

/// The width that tables have to fit.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Width {
    Unlimited,
    Columns(usize),
    /// That of the terminal, which can be resized.
    Terminal,
}

impl Width {
    /// The width at present.
    pub(crate) fn columns(self) -> Option<usize> {
        match self {
            Self::Unlimited => None,
            Self::Columns(columns) => Some(columns),
            Self::Terminal => terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0.into()),
        }
    }
}

/// The place that the output goes to.
pub(crate) struct Screen {
    pub(crate) out: Box<dyn Write + Send>,
    pub(crate) width: Width,
    pub(crate) paint: Paint,
    pub(crate) is_terminal: bool,
}

impl Screen {
    /// Standard output. The variables `COLUMNS` and `NO_COLOR` have their usual meaning.
    pub(crate) fn stdout() -> Self {
        let stdout = io::stdout();
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|width| *width > 0);
        let is_terminal = stdout.is_terminal();
        let otherwise = if is_terminal { Width::Terminal } else { Width::Unlimited };
        let width = columns.map_or(otherwise, Width::Columns);
        Self { out: Box::new(BufWriter::with_capacity(BUFFER, stdout)), width, paint: Paint::stdout(), is_terminal }
    }

    /// The output for texts as the service sends them, which a terminal does not take for commands.
    pub(crate) fn for_programs(self) -> Box<dyn Write + Send> {
        if self.is_terminal { Box::new(Safe(self.out)) } else { self.out }
    }
}
