//! `validate`: reports all findings in a document and its examples, or in bodies that should match one of its schemas.

use std::time::Instant;

use super::args::{BodyDirection, ValidateArgs};
use super::findings;
use super::shell::Shell;
use crate::config::{self, Exception};
use crate::document::{Diagnostic, Source, read_yaml};
use crate::outcome::{CouldNotRun, Outcome};
use crate::payload::{self, Payload};
use crate::project::Project;
use crate::report::Format;
use crate::rules::{self, Group, RULES, Settings};
use crate::schema::Direction;
use crate::text::{list, matches, suggest};

pub(super) fn run(args: &ValidateArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let project = Project::open(args.document.as_deref())?;
    if let (Some(file), Some(schema)) = (&args.payload, &args.schema) {
        let direction = args.direction.map(|direction| match direction {
            BodyDirection::Request => Direction::Request,
            BodyDirection::Response => Direction::Response,
        });
        let payload = Payload { file, schema, strict: args.strict, direction };
        return validate_payload(&project, &payload, args.format, started, shell);
    }
    validate_rule_names(&args.allow, "--allow")?;
    let Project { source, config, folder } = &project;
    for exception in &config.exceptions {
        let line = format!("{}:{}", config.source.path, config.source.position(exception.span.start).line);
        validate_rule_names(std::slice::from_ref(&exception.rule), &line)?;
    }
    let settings = Settings { directory: folder, formats: &config.formats, allowed: &args.allow, strict: args.strict };
    let (document_findings, unused) = apply_exceptions(rules::check(source, settings), source, &config.exceptions);
    if !document_findings.is_empty() || unused.is_empty() {
        let outcome = findings::print(&document_findings, source, args.format, started, &config.command, shell);
        if unused.is_empty() {
            return Ok(outcome);
        }
    }
    Ok(findings::print(&unused, &config.source, args.format, started, &config.command, shell))
}

/// Removes the findings that an exception covers. Also returns a finding for each exception that covers none.
fn apply_exceptions(
    findings: Vec<Diagnostic>,
    source: &Source,
    exceptions: &[Exception],
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    if exceptions.is_empty() {
        return (findings, Vec::new());
    }
    let root = read_yaml(&source.text).map(|(root, _)| root).ok();
    let mut used = vec![false; exceptions.len()];
    let uncovered = findings.into_iter().filter(|finding| {
        let pointer = root.as_ref().map(|root| root.pointer_at(finding.span.start)).unwrap_or_default();
        let group = rules::find(finding.rule).map_or("", |rule| rule.group.name());
        let covering = exceptions.iter().position(|exception| {
            let has_rule = exception.rule == finding.rule || exception.rule == group;
            has_rule && exception.at.as_ref().is_none_or(|at| matches(at.trim_start_matches('#'), &pointer))
        });
        if let Some(used) = covering.and_then(|index| used.get_mut(index)) {
            *used = true;
        }
        covering.is_none()
    });
    let uncovered = uncovered.collect();
    let unused = exceptions.iter().zip(used).filter(|(_, is_used)| !is_used).map(|(exception, _)| {
        config::unused(&format!("the exception for `{}`", exception.rule), &exception.span, "no finding matches it")
    });
    (uncovered, unused.collect())
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
    let (number, body_findings) = payload::check(&document, &project.config.formats, payload, &body.text)?;
    if body_findings.is_empty() {
        let (bodies, seconds) = (
            if number == 1 { "1 body".to_owned() } else { format!("{number} bodies") },
            started.elapsed().as_secs_f64(),
        );
        shell.status("Valid", format_args!("{} as {}, {bodies} in {seconds:.2}s", body.path, payload.schema));
        return Ok(Outcome::Success);
    }
    Ok(findings::print(&body_findings, &body, format, started, &project.config.command, shell))
}

/// Refuses an unknown name of a rule or group, which would turn nothing off without notice. `origin` is the option or the line
/// that has the names.
fn validate_rule_names(names: &[String], origin: &str) -> Result<(), CouldNotRun> {
    let groups = || Group::ALL.iter().map(|group| group.name());
    let unknown = names.iter().find(|name| !groups().any(|group| group == *name) && rules::find(name).is_err());
    unknown.map_or(Ok(()), |name| {
        let all = groups().chain(RULES.iter().map(|rule| rule.id));
        let help = suggest(name, all, &format!("the groups are {}", list(groups())));
        Err(CouldNotRun(format!("{origin}: unknown rule or group `{name}`: {help}")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_rules_and_groups_can_be_allowed() {
        let error = validate_rule_names(&["stile".to_owned()], "--allow").err().map(|error| error.0);
        assert_eq!(error.as_deref(), Some("--allow: unknown rule or group `stile`: did you mean `style`?"));
        assert!(validate_rule_names(&["style".to_owned(), "empty-range".to_owned()], "--allow").is_ok());
    }

    #[test]
    fn an_exception_covers_findings_of_its_rule_or_is_unused() {
        let text = "paths:\n  /rooms: {}\n  rooms: {}\n".to_owned();
        let source = Source { path: "rooms.yaml".to_owned(), text };
        let finding = |key: &str| {
            let start = source.text.find(key).unwrap_or_default();
            Diagnostic { rule: "path-form", ..Diagnostic::new("", start..start + 1) }
        };
        let exception = |rule: &str, at: Option<&str>, line: usize| Exception {
            rule: rule.to_owned(),
            at: at.map(str::to_owned),
            span: line..line + 1,
        };
        let exceptions = [
            exception("path-form", Some("#/paths/rooms"), 1),
            exception("semantics", Some("/paths/*others"), 2),
            exception("style", None, 3),
        ];
        let second = source.text.rfind("rooms").unwrap_or_default();
        let findings =
            vec![finding("/rooms"), Diagnostic { rule: "path-form", ..Diagnostic::new("", second..second + 1) }];
        let (uncovered, unused) = apply_exceptions(findings, &source, &exceptions);
        assert_eq!(uncovered, [finding("/rooms")]);
        let unused: Vec<(usize, &str)> =
            unused.iter().map(|finding| (finding.span.start, finding.message.as_str())).collect();
        assert_eq!(
            unused,
            [(2, "the exception for `semantics` is unused"), (3, "the exception for `style` is unused")]
        );
    }
}
