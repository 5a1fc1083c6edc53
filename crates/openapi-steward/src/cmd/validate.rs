//! `validate`: reports all findings in a document and its examples, or in bodies that should match one of its schemas.

use std::time::Instant;

use super::args::{BodyDirection, Purpose, ValidateArgs};
use super::findings;
use super::shell::Shell;
use crate::config::{self, Config};
use crate::outcome::{CouldNotRun, Outcome};
use crate::payload::{self, Payload};
use crate::project::Project;
use crate::report::{Format, Part};
use crate::rules::{self, Levels, Settings};
use crate::schema::Direction;

/// The reason why an entry of `steward.toml` is a finding.
const UNUSED: &str = "no finding matches it";

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
    let Project { source, config, folder } = &project;
    let levels = levels(args, config)?;
    let settings = Settings { directory: folder, formats: &config.formats, levels: &levels, strict: args.strict };
    let checked = rules::check(source, settings);
    let unused = checked.unused.iter().filter_map(|entry| {
        let finding = config::unused(&format!("the level of `{}`", entry.name()), entry.span.as_ref()?, UNUSED);
        Some(finding)
    });
    let (unused, _) = levels.apply(unused.collect(), None);
    let parts = [Part { source, findings: &checked.findings }, Part { source: &config.source, findings: &unused }];
    Ok(findings::print(&parts, args.format, started, &config.command, shell))
}

/// The levels of findings: those of `steward.toml`, then those of the command line.
fn levels(args: &ValidateArgs, config: &Config) -> Result<Levels, CouldNotRun> {
    let mut entries = config.levels.clone();
    entries.extend(args.levels.entries()?);
    Ok(Levels::new(args.purpose == Some(Purpose::Generate), entries))
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
    let part = Part { source: &body, findings: &body_findings };
    Ok(findings::print(&[part], format, started, &project.config.command, shell))
}
