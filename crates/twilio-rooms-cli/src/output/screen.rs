//! Standard output: its width, its colours, and its buffer.

use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};

/// The size of the buffer if nobody watches.
const BUFFER: usize = 64 << 10;

/// The place that the output goes to.
pub(crate) struct Screen {
    pub(crate) out: Box<dyn Write + Send>,
    /// The width that tables have to fit; `None` if there is no terminal.
    pub(crate) width: Option<usize>,
    pub(crate) color: bool,
}

impl Screen {
    /// Standard output. The variables `COLUMNS` and `NO_COLOR` have their usual meaning.
    pub(crate) fn stdout() -> Self {
        let stdout = io::stdout();
        let color = AutoStream::choice(&stdout) != ColorChoice::Never;
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|width| *width > 0);
        let terminal = || terminal_size::terminal_size_of(&stdout).map(|(width, _)| usize::from(width.0));
        let width = columns.or_else(terminal);
        Self { out: Box::new(BufWriter::with_capacity(BUFFER, stdout)), width, color }
    }
}
