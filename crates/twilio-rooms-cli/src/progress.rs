//! Progress on standard error, for commands that take longer than a second.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Nothing is shown before this has passed.
const DELAY: Duration = Duration::from_secs(1);

/// A line on standard error. Nothing is shown unless that is a terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    started: Instant,
    /// Standard error is a terminal.
    is_watched: bool,
}

impl Progress {
    /// Counts items of unknown number.
    pub(crate) fn counting(items: &'static str) -> Self {
        Self::new(
            ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
            items,
            "{spinner} {pos} {msg}, {per_sec}",
        )
    }

    /// Counts up to a number of items.
    pub(crate) fn up_to(total: usize, items: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        Self::new(bar, items, "{wide_bar} {pos}/{len} {msg}, {eta} left")
    }

    fn new(bar: ProgressBar, items: &'static str, template: &str) -> Self {
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(items);
        Self { bar, started: Instant::now(), is_watched: std::io::stderr().is_terminal() }
    }

    /// Counts one more.
    pub(crate) fn add(&self) {
        if !self.is_watched {
            return;
        }
        if self.bar.is_hidden() && self.started.elapsed() >= DELAY {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    /// Removes the line.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
