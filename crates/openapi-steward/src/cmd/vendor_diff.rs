//! `vendor-diff`: compares a document with the vendor's document of the same service.
//!
//! `steward.toml` lists deliberate differences. A difference that is not listed is a finding at its line of the document, and an
//! entry without a difference is a finding at its line of `steward.toml`.

use std::time::Instant;

use super::args::VendorDiffArgs;
use super::findings;
use super::shell::Shell;
use crate::config::{self, FILE};
use crate::document::{Diagnostic, Severity, Source, Span};
use crate::outcome::{CouldNotRun, Outcome};
use crate::project::{Project, parse};
use crate::report::Part;
use crate::text::{count, matches};
use crate::vendor_diff::{self, Difference};

pub(super) fn run(args: &VendorDiffArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let project = Project::open(args.document.as_deref())?;
    let (source, config) = (&project.source, &project.config);
    let vendor = Source::read(&args.vendor)?;
    let (document, vendor_document) = (project.parse()?, parse(&vendor, &config.command)?);
    let compared = vendor_diff::compare(&vendor_document.root, &document.root);
    let listed: Vec<&(String, Span)> = config.vendor_differences.iter().flat_map(|entry| &entry.differences).collect();
    let (known, unlisted): (Vec<&Difference>, Vec<&Difference>) = compared
        .differences
        .iter()
        .partition(|difference| listed.iter().any(|(pattern, _)| matches(pattern, &difference.name())));
    for difference in &known {
        shell.text(format_args!("{:>12} {difference}", "listed"));
    }
    shell.status(
        "Left out",
        format_args!("{} of {} that this document does not have", count(compared.left_out, "operation"), vendor.path),
    );
    let unused = unused_entries(&listed, &known);
    let list = project.path(FILE);
    let unlisted: Vec<Diagnostic> =
        unlisted.into_iter().map(|difference| finding(difference, &list.display().to_string())).collect();
    let summary = format!("{} with {}: {}", source.path, vendor.path, count(compared.differences.len(), "difference"));
    if unlisted.is_empty() && unused.is_empty() {
        shell.status("Compared", format_args!("{summary}, all listed in {}", list.display()));
        return Ok(Outcome::Success);
    }
    let parts = [Part { source, findings: &unlisted }, Part { source: &config.source, findings: &unused }];
    findings::print(&parts, args.format, started, &config.command, shell);
    shell.error(&format!(
        "{summary}, {} not listed in {}, {} without a difference",
        unlisted.len(),
        list.display(),
        if unused.len() == 1 { "1 entry".to_owned() } else { format!("{} entries", unused.len()) }
    ));
    Ok(Outcome::Findings)
}

/// Returns a finding for each listed name that matches none of the differences.
fn unused_entries(listed: &[&(String, Span)], differences: &[&Difference]) -> Vec<Diagnostic> {
    let unused =
        listed.iter().filter(|(pattern, _)| !differences.iter().any(|difference| matches(pattern, &difference.name())));
    unused
        .map(|(pattern, span)| {
            let finding = config::unused(&format!("the entry `{pattern}`"), span, "no difference matches it");
            Diagnostic { severity: Severity::Error, ..finding }
        })
        .collect()
}

fn finding(difference: &Difference, list: &str) -> Diagnostic {
    let finding = Diagnostic::new(format!("unlisted difference: {difference}"), difference.span.clone());
    let help = format!("undo it, or list `{}` below `vendor-differences` in {list} with the reason", difference.name());
    finding.help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_without_a_difference_is_found_at_its_position() {
        let entries = [("Room.sid: pattern".to_owned(), 3..5), ("*: tags".to_owned(), 7..9)];
        let unused = unused_entries(&entries.iter().collect::<Vec<_>>(), &[]);
        let unused: Vec<(usize, &str)> =
            unused.iter().map(|finding| (finding.span.start, finding.message.as_str())).collect();
        assert_eq!(unused, [(3, "the entry `Room.sid: pattern` is unused"), (7, "the entry `*: tags` is unused")]);
    }
}
