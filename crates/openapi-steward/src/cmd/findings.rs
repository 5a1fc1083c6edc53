//! Prints the findings of a command.

use std::time::Instant;

use super::shell::Shell;
use crate::config::Command;
use crate::document::{Diagnostic, Severity, Source};
use crate::outcome::Outcome;
use crate::report::{self, Format, Part};
use crate::rules;
use crate::text::count;

/// Prints the findings of a document and of the files next to it, and their number. Without findings it prints that the document,
/// which is the first source, is valid. Only errors fail the command.
pub(super) fn print(parts: &[Part<'_>], format: Format, started: Instant, command: &Command, shell: &Shell) -> Outcome {
    let findings = || parts.iter().flat_map(|part| part.findings);
    match format {
        Format::Human if findings().next().is_none() => {}
        Format::Human => shell.text(report::render(parts, format, &explain)),
        // A program reads standard output, which has nothing else.
        format => shell.out(report::render(parts, format, &explain)),
    }
    let path = parts.first().map_or("", |part| part.source.path.as_str());
    let seconds = format!("{:.2}s", started.elapsed().as_secs_f64());
    let Some(total) = total(findings()) else {
        shell.status("Valid", format_args!("{path} in {seconds}"));
        return Outcome::Success;
    };
    // The rule of an error is explained first, since it fails the command.
    let of = |severity| findings().filter(move |finding| finding.severity == severity);
    let mut by_severity = of(Severity::Error).chain(of(Severity::Warning));
    let explained = by_severity.find(|finding| rules::find(finding.rule).is_ok());
    let hint =
        explained.map_or_else(String::new, |finding| format!("; `{command} explain {}` explains a rule", finding.rule));
    let paths: Vec<&str> =
        parts.iter().filter(|part| !part.findings.is_empty()).map(|part| part.source.path.as_str()).collect();
    if findings().all(|finding| finding.severity == Severity::Warning) {
        shell.attention("Valid", format_args!("{path} in {seconds}, with {total}{hint}"));
        return Outcome::Success;
    }
    let message = format!("{total} in {}{hint}", paths.join(" and "));
    // Each finding is an annotation already: another one with their number would only repeat them.
    if format == Format::Github {
        shell.failure("Found", message);
    } else {
        shell.error(&message);
    }
    Outcome::Findings
}

/// The requirement of a rule, and the reason for it.
fn explain(rule: &str) -> Option<(&'static str, &'static str)> {
    rules::find(rule).ok().map(|rule| (rule.summary, rule.rationale))
}

/// Prints the errors of a document that stop a command. `consequence` is a clause such as `nothing was generated`.
pub(super) fn refuse(findings: &[Diagnostic], source: &Source, consequence: &str, shell: &Shell) -> Outcome {
    shell.text(report::human(findings, source, true));
    shell.error(&format!("{} in {}; {consequence}", count(findings.len(), "error"), source.path));
    Outcome::Findings
}

/// Returns the number of errors and warnings: `2 errors and 1 warning`.
fn total<'a>(findings: impl Iterator<Item = &'a Diagnostic>) -> Option<String> {
    let (mut errors, mut warnings) = (0, 0);
    for finding in findings {
        match finding.severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
        }
    }
    let of = |number: usize, severity: Severity| (number > 0).then(|| count(number, severity.name()));
    let counts: Vec<String> =
        [of(errors, Severity::Error), of(warnings, Severity::Warning)].into_iter().flatten().collect();
    (!counts.is_empty()).then(|| counts.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_and_warnings_are_counted_separately() {
        let error = Diagnostic::new("", 0..0);
        let warning = Diagnostic { severity: Severity::Warning, ..error.clone() };
        let all = [error.clone(), warning.clone(), error];
        assert_eq!(total(all.iter()).as_deref(), Some("2 errors and 1 warning"));
        assert_eq!((total([warning].iter()).as_deref(), total([].iter())), (Some("1 warning"), None));
    }
}
