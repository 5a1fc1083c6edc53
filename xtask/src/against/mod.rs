//! `cargo xtask validate --against`: our spec beside another document of the same service, such as the vendor's own.
//!
//! What differs on purpose is listed in the table of `spec/README.md`, each row with the differences that it stands for. A
//! difference that is not listed is a finding on its line of the spec, and a row that stands for nothing is one on its line
//! of the table.

mod compare;
mod listed;

use std::fs;
use std::path::Path;
use std::time::Instant;

use self::compare::Difference;
use self::listed::Listed;
use crate::files::{count, failed};
use crate::generate;
use crate::outcome::{CouldNotRun, Outcome};
use crate::report::Format;
use crate::shell::Shell;
use crate::spec::{Diagnostic, Severity, Source, Spec};
use crate::validate;

/// The table of what differs on purpose, beside the spec.
const TABLE: &str = "README.md";

pub(crate) fn run(spec: &Path, other: &Path, format: Format, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let (ours, theirs) = (generate::read(spec)?, Source::read(other)?);
    let (here, there) = (parse(&ours)?, parse(&theirs)?);
    let table = Path::new(&ours.path).with_file_name(TABLE);
    let table = Source {
        text: fs::read_to_string(&table).map_err(|error| failed("read", &table, &error))?,
        path: table.display().to_string(),
    };
    let compared = compare::documents(&there.root, &here.root);
    let listed = listed::rows(&table.text);
    let (known, unlisted): (Vec<&Difference>, Vec<&Difference>) =
        compared.differences.iter().partition(|difference| listed.iter().any(|row| row.stands_for(difference)));
    for difference in &known {
        shell.text(format_args!("{:>12} {difference}", "listed"));
    }
    shell.status(
        "Left out",
        format_args!("{} of {} that are not here", count(compared.left_out, "operation"), theirs.path),
    );
    let stale: Vec<Diagnostic> = listed
        .iter()
        .filter(|row| !known.iter().any(|difference| row.stands_for(difference)))
        .map(Listed::stale)
        .collect();
    if !stale.is_empty() {
        validate::say(&stale, &table, format, started, shell);
    }
    let unlisted: Vec<Diagnostic> = unlisted.into_iter().map(finding).collect();
    let about = format!("{} with {}: {}", ours.path, theirs.path, count(compared.differences.len(), "difference"));
    if unlisted.is_empty() && stale.is_empty() {
        shell.status("Compared", format_args!("{about}, all listed in {}", table.path));
        return Ok(Outcome::Fine);
    }
    if !unlisted.is_empty() {
        validate::say(&unlisted, &ours, format, started, shell);
    }
    shell.error(&format!(
        "{about}, {} not listed in {}, {} stale",
        unlisted.len(),
        table.path,
        count(stale.len(), "row")
    ));
    Ok(Outcome::Findings)
}

fn parse(source: &Source) -> Result<Spec, CouldNotRun> {
    Spec::parse(source).map_err(|findings| {
        let errors = count(findings.len(), "error");
        CouldNotRun(format!("{errors} in {}: `cargo xtask validate {0}` says which", source.path))
    })
}

fn finding(difference: &Difference) -> Diagnostic {
    let finding = Diagnostic::new(format!("a difference that is not listed: {difference}"), difference.at.clone());
    let help = format!("take it back, or list `{}` in spec/{TABLE} with the reason", difference.name());
    Diagnostic { severity: Severity::Warning, ..finding.help(help) }
}

#[cfg(test)]
mod tests;
