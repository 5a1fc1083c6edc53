//! Progress on standard error, for commands that take longer than a second.

mod bottom_line;

use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use self::bottom_line::BottomLine;
use crate::console::progress_is_shown;
use crate::environment::variable;

/// Nothing is shown before this has passed.
const DELAY: Duration = Duration::from_secs(1);
/// Shows progress after this number of milliseconds instead.
const DELAY_VARIABLE: &str = "TWILIO_ROOMS_PROGRESS_DELAY_MS";
/// The time between two drawings.
const TICK: Duration = Duration::from_millis(100);
/// The number of drawings in a second at most.
const DRAWINGS_PER_SECOND: u8 = 20;

/// A line on standard error. Nothing is shown unless that is a terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    /// Standard error is a terminal.
    is_watched: bool,
    /// The end of the span of time that is read, and its length, both in seconds.
    span: Option<(i64, u64)>,
    /// Dropping it tells the thread that shows the line that it is not needed.
    _finished: mpsc::Sender<()>,
}

impl Progress {
    /// Counts items of unknown number.
    pub(crate) fn counting(items: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Self::new(bar, items, "{spinner} {human_pos} {msg}, {rate}")
    }

    /// Counts up to a number of items.
    pub(crate) fn up_to(total: usize, items: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        Self::new(bar, items, "{wide_bar} {human_pos}/{human_len} {msg}, {rate}, {eta} left")
    }

    /// Counts items that were created in this span of time, in seconds since 1970, the newest first. It tells the time that is
    /// left.
    pub(crate) fn newest_first(items: &'static str, from: i64, until: i64) -> Self {
        let length = u64::try_from(until.saturating_sub(from)).unwrap_or_default();
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
        let progress = Self::new(bar, items, "{wide_bar} {msg}, {eta} left");
        progress.in_span(until, length)
    }

    fn new(bar: ProgressBar, items: &'static str, template: &str) -> Self {
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
                // A rate that cannot be written is not shown.
                let _ = write!(out, "{:.0}/s", state.per_sec());
            }));
        }
        bar.set_message(items);
        let (finished, is_finished) = mpsc::channel();
        let is_dumb = variable("TERM").ok().flatten().is_some_and(|terminal| terminal == "dumb");
        let is_watched = std::io::stderr().is_terminal() && !is_dumb;
        if is_watched {
            let milliseconds = variable(DELAY_VARIABLE).ok().flatten().and_then(|delay| delay.parse().ok());
            let delay = milliseconds.map_or(DELAY, Duration::from_millis);
            let bar = bar.clone();
            std::thread::spawn(move || {
                if is_finished.recv_timeout(delay) == Err(RecvTimeoutError::Timeout) {
                    progress_is_shown();
                    bar.set_draw_target(draw_target());
                    bar.enable_steady_tick(TICK);
                }
            });
        }
        Self { bar, is_watched, span: None, _finished: finished }
    }

    fn in_span(mut self, until: i64, length: u64) -> Self {
        self.span = Some((until, length));
        self
    }

    /// Counts one more.
    pub(crate) fn add(&self) {
        if self.is_watched {
            self.bar.inc(1);
        }
    }

    /// Counts one more, which is that many by now and was created then.
    pub(crate) fn add_created(&self, count: u64, items: &str, created: Option<i64>) {
        let Some((until, length)) = self.span.filter(|_| self.is_watched) else { return self.add() };
        self.bar.set_message(format!("{count} {items}"));
        if let Some(created) = created {
            // In a listing of several statuses, each begins with its newest item.
            let age = u64::try_from(until.saturating_sub(created)).unwrap_or_default().min(length);
            self.bar.set_position(self.bar.position().max(age));
        }
    }

    /// Lets something else be printed to the terminal.
    pub(crate) fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Removes the line.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    /// Removes the line, which an error or Ctrl-C may have left.
    fn drop(&mut self) {
        self.finish();
    }
}

/// The line on standard error. The console of Windows has other sequences than terminals, and shows no `^C`.
fn draw_target() -> ProgressDrawTarget {
    if cfg!(windows) {
        return ProgressDrawTarget::stderr();
    }
    ProgressDrawTarget::term_like_with_hz(Box::<BottomLine>::default(), DRAWINGS_PER_SECOND)
}
