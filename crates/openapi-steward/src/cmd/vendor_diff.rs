//! `vendor-diff`: compares a document with the vendor's own document of the same service.
//!
//! Deliberate differences are listed in `steward.toml`. A difference that is not listed is a finding on its line of the
//! document, and an entry without a difference is one on its line of `steward.toml`.

use std::time::Instant;

use super::args::VendorDiffArgs;
use super::shell::Shell;
use super::validate::say;
use crate::config::{self, FILE};
use crate::document::{Diagnostic, Severity, Source};
use crate::outcome::{CouldNotRun, Outcome};
use crate::project::{Project, parse};
use crate::text::{count, matches};
use crate::vendor_diff::{self, Difference};

pub(super) fn run(args: &VendorDiffArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let project = Project::open(args.document.as_deref())?;
    let (source, config) = (&project.source, &project.config);
    let vendor = Source::read(&args.vendor)?;
    let (here, there) = (project.parse()?, parse(&vendor, &config.command)?);
    let compared = vendor_diff::compare(&there.root, &here.root);
    let listed: Vec<_> = config.vendor_differences.iter().flat_map(|entry| &entry.differences).collect();
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
    let unused: Vec<Diagnostic> = listed
        .iter()
        .filter(|(pattern, _)| !known.iter().any(|difference| matches(pattern, &difference.name())))
        .map(|(pattern, span)| config::unused(&format!("the entry `{pattern}`"), span, "no difference matches it"))
        .collect();
    if !unused.is_empty() {
        say(&unused, &config.source, args.format, started, &config.command.0, shell);
    }
    let list = project.path(FILE);
    let unlisted: Vec<Diagnostic> =
        unlisted.into_iter().map(|difference| finding(difference, &list.display().to_string())).collect();
    let about = format!("{} with {}: {}", source.path, vendor.path, count(compared.differences.len(), "difference"));
    if unlisted.is_empty() && unused.is_empty() {
        shell.status("Compared", format_args!("{about}, all listed in {}", list.display()));
        return Ok(Outcome::Success);
    }
    if !unlisted.is_empty() {
        say(&unlisted, source, args.format, started, &config.command.0, shell);
    }
    shell.error(&format!(
        "{about}, {} not listed in {}, {} without a difference",
        unlisted.len(),
        list.display(),
        if unused.len() == 1 { "1 entry".to_owned() } else { format!("{} entries", unused.len()) }
    ));
    Ok(Outcome::Findings)
}

fn finding(difference: &Difference, list: &str) -> Diagnostic {
    let finding = Diagnostic::new(format!("a difference that is not listed: {difference}"), difference.span.clone());
    let help = format!("take it back, or list `{}` in {list} with the reason", difference.name());
    Diagnostic { severity: Severity::Warning, ..finding.help(help) }
}
