//! Prints the findings of a command.

use std::time::Instant;

use super::shell::Shell;
use crate::config::Command;
use crate::document::{Diagnostic, Severity, Source};
use crate::outcome::Outcome;
use crate::report::{self, Format};
use crate::rules;
use crate::text::count;

/// Prints the findings in a source, and their number. Without findings it prints that the source is valid.
pub(super) fn print(
    findings: &[Diagnostic],
    source: &Source,
    format: Format,
    started: Instant,
    command: &Command,
    shell: &Shell,
) -> Outcome {
    match format {
        Format::Human if findings.is_empty() => {}
        Format::Human => shell.text(report::human(findings, source, true)),
        // A program reads standard output, which has nothing else.
        format => shell.out(report::render(findings, source, format)),
    }
    let Some(total) = total(findings) else {
        shell.status("Valid", format_args!("{} in {:.2}s", source.path, started.elapsed().as_secs_f64()));
        return Outcome::Success;
    };
    let explained = findings.iter().find(|finding| rules::find(finding.rule).is_ok());
    let hint =
        explained.map_or_else(String::new, |finding| format!("; `{command} explain {}` explains a rule", finding.rule));
    let message = format!("{total} in {}{hint}", source.path);
    // Each finding is an annotation already: another one with their number would only repeat them.
    if format == Format::Github {
        shell.failure("Found", message);
    } else {
        shell.error(&message);
    }
    Outcome::Findings
}

/// Prints the errors of a document that stop a command. `consequence` is a clause such as `nothing was generated`.
pub(super) fn refuse(findings: &[Diagnostic], source: &Source, consequence: &str, shell: &Shell) -> Outcome {
    shell.text(report::human(findings, source, true));
    shell.error(&format!("{} in {}; {consequence}", count(findings.len(), "error"), source.path));
    Outcome::Findings
}

/// Returns the number of errors and warnings: `2 errors and 1 warning`.
fn total(findings: &[Diagnostic]) -> Option<String> {
    let of = |severity: Severity| {
        let number = findings.iter().filter(|finding| finding.severity == severity).count();
        (number > 0).then(|| count(number, severity.name()))
    };
    let counts: Vec<String> = [of(Severity::Error), of(Severity::Warning)].into_iter().flatten().collect();
    (!counts.is_empty()).then(|| counts.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_and_warnings_are_counted_separately() {
        let error = Diagnostic::new("", 0..0);
        let warning = Diagnostic { severity: Severity::Warning, ..error.clone() };
        assert_eq!(total(&[error.clone(), warning.clone(), error]).as_deref(), Some("2 errors and 1 warning"));
        assert_eq!((total(&[warning]).as_deref(), total(&[])), (Some("1 warning"), None));
    }
}
