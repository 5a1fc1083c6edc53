//! `validate`: reports all findings in a document and its examples, or in bodies that should match one of its schemas.

use std::time::Instant;

use super::args::ValidateArgs;
use super::shell::Shell;
use crate::config::{self, Exception};
use crate::document::{Diagnostic, Severity, Source};
use crate::outcome::{CouldNotRun, Outcome};
use crate::payload::{self, Payload};
use crate::project::Project;
use crate::report::{self, Format};
use crate::rules::{self, Group, RULES, Settings};
use crate::text::{count, list, matches, suggest};

pub(super) fn run(args: &ValidateArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let project = Project::open(args.document.as_deref())?;
    if let (Some(file), Some(schema)) = (&args.payload, &args.schema) {
        let payload = Payload { file, schema, strict: args.strict };
        return validate_payload(&project, &payload, args.format, started, shell);
    }
    validate_names(&args.allow, "--allow")?;
    let Project { source, config, folder } = &project;
    for exception in &config.exceptions {
        let place = format!("{}:{}", config.source.path, config.source.position(exception.span.start).line);
        validate_names(std::slice::from_ref(&exception.rule), &place)?;
    }
    let settings = Settings { directory: folder, formats: &config.formats, allowed: &args.allow };
    let (findings, unused) = except(rules::check(source, settings), source, &config.exceptions);
    if !findings.is_empty() || unused.is_empty() {
        let outcome = say(&findings, source, args.format, started, &config.command.0, shell);
        if unused.is_empty() {
            return Ok(outcome);
        }
    }
    let stale: Vec<Diagnostic> = unused
        .iter()
        .map(|one| config::unused(&format!("the exception for `{}`", one.rule), &one.span, "no finding matches it"))
        .collect();
    Ok(say(&stale, &config.source, args.format, started, &config.command.0, shell))
}

/// Takes out the findings that an exception covers. Also returns the exceptions that cover none.
fn except<'a>(
    findings: Vec<Diagnostic>,
    source: &Source,
    exceptions: &'a [Exception],
) -> (Vec<Diagnostic>, Vec<&'a Exception>) {
    if exceptions.is_empty() {
        return (findings, Vec::new());
    }
    let root = crate::document::read_yaml(&source.text).map(|(root, _)| root).ok();
    let mut used = vec![false; exceptions.len()];
    let rest = findings.into_iter().filter(|finding| {
        let pointer = root.as_ref().map(|root| root.pointer_at(finding.span.start)).unwrap_or_default();
        let group = rules::find(finding.rule).map_or("", |rule| rule.group.name());
        let covering = exceptions.iter().position(|one| {
            let is_named = one.rule == finding.rule || one.rule == group;
            is_named && one.at.as_ref().is_none_or(|at| matches(at.trim_start_matches('#'), &pointer))
        });
        if let Some(used) = covering.and_then(|index| used.get_mut(index)) {
            *used = true;
        }
        covering.is_none()
    });
    let rest = rest.collect();
    (rest, exceptions.iter().zip(used).filter(|(_, used)| !used).map(|(one, _)| one).collect())
}

fn validate_payload(
    project: &Project,
    payload: &Payload<'_>,
    format: Format,
    started: Instant,
    shell: &Shell,
) -> Result<Outcome, CouldNotRun> {
    let document = project.parse()?;
    let body = payload::read(payload.file)?;
    let (values, findings) = payload::check(&document, &project.config.formats, payload, &body.text)?;
    if findings.is_empty() {
        let (values, seconds) = (count(values, "body"), started.elapsed().as_secs_f64());
        shell.status("Valid", format_args!("{} as {}, {values} in {seconds:.2}s", body.path, payload.schema));
        return Ok(Outcome::Success);
    }
    Ok(say(&findings, &body, format, started, &project.config.command.0, shell))
}

/// Prints the findings, and their number.
pub(super) fn say(
    findings: &[Diagnostic],
    source: &Source,
    format: Format,
    started: Instant,
    command: &str,
    shell: &Shell,
) -> Outcome {
    match format {
        Format::Human if findings.is_empty() => {}
        Format::Human => shell.text(report::human(findings, source, true)),
        // A program reads standard output, where nothing else is written.
        format => shell.out(report::render(findings, source, format)),
    }
    let Some(sum) = sum(findings) else {
        shell.status("Valid", format_args!("{} in {:.2}s", source.path, started.elapsed().as_secs_f64()));
        return Outcome::Success;
    };
    let explained = findings.iter().find(|finding| rules::find(finding.rule).is_ok());
    let hint =
        explained.map_or_else(String::new, |finding| format!("; `{command} explain {}` explains a rule", finding.rule));
    let about = format!("{sum} in {}{hint}", source.path);
    // With annotations, each finding is one, and another that counts them would only repeat them.
    if format == Format::Github {
        shell.failure("Found", about);
    } else {
        shell.error(&about);
    }
    Outcome::Findings
}

/// `2 errors and 1 warning`.
fn sum(findings: &[Diagnostic]) -> Option<String> {
    let of = |severity: Severity| {
        let number = findings.iter().filter(|finding| finding.severity == severity).count();
        (number > 0).then(|| count(number, severity.name()))
    };
    let counted: Vec<String> = [of(Severity::Error), of(Severity::Warning)].into_iter().flatten().collect();
    (!counted.is_empty()).then(|| counted.join(" and "))
}

/// Refuses an unknown name of a rule or group, which would allow nothing without a word.
fn validate_names(names: &[String], place: &str) -> Result<(), CouldNotRun> {
    let groups = || Group::ALL.iter().map(|group| group.name());
    let unknown = names.iter().find(|name| !groups().any(|group| group == *name) && rules::find(name).is_err());
    unknown.map_or(Ok(()), |name| {
        let all = groups().chain(RULES.iter().map(|rule| rule.id));
        let help = suggest(name, all, &format!("the groups are {}", list(groups())));
        Err(CouldNotRun(format!("{place}: `{name}`: there is no such rule or group: {help}")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_counted_by_how_bad_they_are() {
        let error = Diagnostic::new("", 0..0);
        let warning = Diagnostic { severity: Severity::Warning, ..error.clone() };
        assert_eq!(sum(&[error.clone(), warning.clone(), error]).as_deref(), Some("2 errors and 1 warning"));
        assert_eq!((sum(&[warning]).as_deref(), sum(&[])), (Some("1 warning"), None));
    }

    #[test]
    fn only_rules_and_groups_that_there_are_can_be_allowed() {
        let error = validate_names(&["hose".to_owned()], "--allow").err().map(|error| error.0);
        assert_eq!(error.as_deref(), Some("--allow: `hose`: there is no such rule or group: did you mean `house`?"));
        assert!(validate_names(&["house".to_owned(), "empty-range".to_owned()], "--allow").is_ok());
    }
}
