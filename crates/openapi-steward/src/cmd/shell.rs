//! Output in the style of cargo: a right-aligned, coloured word, then its subject.

use std::fmt::{self, Display};
use std::io::Write;
use std::process::ExitCode;
use std::sync::Mutex;

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use crate::outcome::{CouldNotRun, Outcome};
use crate::report;

const GREEN: Style = AnsiColor::BrightGreen.on_default().bold();
const YELLOW: Style = AnsiColor::BrightYellow.on_default().bold();
const RED: Style = AnsiColor::BrightRed.on_default().bold();

/// The output of a command. Colours are left out if the output is not a terminal.
pub struct Shell {
    out: Mutex<Box<dyn Write + Send>>,
    /// Removes the colours. A stream that removes them writes the text between two of them separately, which is slow for a report.
    is_plain: bool,
    /// Prints errors as annotations of GitHub Actions as well.
    annotates: bool,
}

impl Shell {
    /// A shell that writes to standard error.
    #[must_use]
    pub fn stderr() -> Self {
        let stderr = std::io::stderr();
        let annotates = std::env::var_os("GITHUB_ACTIONS").is_some();
        let is_plain = AutoStream::choice(&stderr) == ColorChoice::Never;
        let shell = if is_plain { Self::new(stderr) } else { Self::new(AutoStream::auto(stderr)) };
        Self { is_plain, annotates, ..shell }
    }

    /// A shell that writes to `out`.
    pub fn new(out: impl Write + Send + 'static) -> Self {
        Self { out: Mutex::new(Box::new(out)), is_plain: false, annotates: false }
    }

    /// Prints a success: `     Fresh src/generated.rs`.
    pub fn status(&self, word: &str, subject: impl Display) {
        self.write(format_args!("{GREEN}{word:>12}{GREEN:#} {subject}\n"));
    }

    /// Prints a warning: `     Stale src/generated.rs`.
    pub fn attention(&self, word: &str, subject: impl Display) {
        self.write(format_args!("{YELLOW}{word:>12}{YELLOW:#} {subject}\n"));
    }

    /// Prints a failure: `    Failed clippy`.
    pub fn failure(&self, word: &str, subject: impl Display) {
        self.write(format_args!("{RED}{word:>12}{RED:#} {subject}\n"));
    }

    /// Prints an error in the style of rustc: `error: …`.
    pub fn error(&self, message: &str) {
        self.write(format_args!("{RED}error{RED:#}: {message}\n"));
        // GitHub reads annotations from both outputs. Standard output can be a report for another program.
        if self.annotates {
            self.text(report::annotation("error", &[("title", "openapi-steward".to_owned())], message));
        }
    }

    /// Prints formatted text, such as a diff.
    pub fn text(&self, text: impl Display) {
        self.write(format_args!("{text}\n"));
    }

    /// Prints the result of a command to standard output, for another program.
    pub fn out(&self, text: impl Display) {
        let text = text.to_string();
        if !text.is_empty() {
            let _ = writeln!(std::io::stdout().lock(), "{text}");
        }
    }

    /// Returns the exit code of a command, and prints the message of one that could not run.
    pub fn exit_code(&self, result: Result<Outcome, CouldNotRun>) -> ExitCode {
        ExitCode::from(match result {
            Ok(outcome) => outcome.code(),
            Err(CouldNotRun(message)) => {
                self.error(&message);
                2
            }
        })
    }

    /// A shell, and its output.
    #[cfg(test)]
    pub(crate) fn captured() -> (Self, Captured) {
        let captured = Captured::default();
        (Self::new(captured.clone()), captured)
    }

    fn write(&self, text: fmt::Arguments<'_>) {
        let text = text.to_string();
        let text = if self.is_plain { strip_str(&text).to_string() } else { text };
        let mut out = self.out.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // A closed pipe is not an error: the exit code still reports the outcome.
        let _ = out.write_all(text.as_bytes());
        let _ = out.flush();
    }
}

impl fmt::Debug for Shell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shell").finish_non_exhaustive()
    }
}

/// The output of a shell, without colours.
#[cfg(test)]
#[derive(Debug, Clone, Default)]
pub(crate) struct Captured(std::sync::Arc<Mutex<Vec<u8>>>);

#[cfg(test)]
impl Captured {
    pub(crate) fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        strip_str(&String::from_utf8_lossy(&bytes)).to_string()
    }
}

#[cfg(test)]
impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_annotation_of_an_error_is_not_a_part_of_a_report() {
        let (shell, captured) = Shell::captured();
        let shell = Shell { annotates: true, ..shell };
        shell.error("1 error");
        assert_eq!(captured.text(), "error: 1 error\n::error title=openapi-steward::1 error\n");
    }
}
