//! `cargo xtask diff`: what has changed since another version of the spec, and whom it breaks.

mod accepted;
mod change;
mod report;
mod rust;
mod schema;
mod version;
mod wire;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use self::change::{Change, Surface, Weight};
pub(crate) use self::report::Format;
use self::report::Report;
use self::version::Version;
use crate::codegen;
use crate::files::count;
use crate::generate::{self, SPEC, root};
use crate::outcome::{CouldNotRun, Outcome};
use crate::shell::Shell;
use crate::spec::{Source, Spec};

/// What the two versions are, and what to do about what lies between them.
#[derive(Debug)]
pub(crate) struct Diff<'a> {
    /// A revision of git, or a file; what has been merged by default.
    pub(crate) base: Option<&'a str>,
    pub(crate) format: Format,
    /// Whether a breaking change without the version for it is a failure.
    pub(crate) fail_on_breaking: bool,
}

pub(crate) fn run(diff: &Diff<'_>, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let new = generate::read(Path::new(SPEC))?;
    let (old, old_version) = base(diff.base)?;
    let changes = accepted::apply(changes(&old, &new)?, &accepted::read(&root().join(accepted::FILE))?);
    let current = fs::read_to_string(root().join("Cargo.toml")).ok().as_deref().and_then(Version::of_workspace);
    let (versions, announced) = versions(&changes, &reexported(), old_version, current);
    let report = Report { old: (&old.path, &old.text), new: (SPEC, &new.text), changes: &changes, versions: &versions };
    shell.out(report.render(diff.format));
    let about = format!("{} since {} in {:.2}s", report.summary(), old.path, started.elapsed().as_secs_f64());
    if diff.fail_on_breaking && !announced {
        shell.error(&format!(
            "{about}: a breaking change needs its version; raise it in Cargo.toml, take it back, or list it in {}",
            accepted::FILE
        ));
        return Ok(Outcome::Breaking);
    }
    shell.status("Compared", about);
    Ok(Outcome::Fine)
}

/// What has changed between two versions, the breaking first.
fn changes(old: &Source, new: &Source) -> Result<Vec<Change>, CouldNotRun> {
    let broken = |source: &Source, errors: usize| {
        CouldNotRun(format!("{} in {}: `cargo xtask validate` says which", count(errors, "error"), source.path))
    };
    let parse = |source: &Source| Spec::parse(source).map_err(|findings| broken(source, findings.len()));
    let (before, after) = (parse(old)?, parse(new)?);
    let items = |source: &Source, spec: &Spec| {
        let code = codegen::generate(spec).map_err(|findings| broken(source, findings.len()))?;
        rust::items(&code).map_err(CouldNotRun)
    };
    let mut changes = wire::changes(&before.root, &after.root);
    changes.extend(rust::changes(&items(old, &before)?, &items(new, &after)?));
    changes.sort_by(|one, other| (one.weight, one.surface, one).cmp(&(other.weight, other.surface, other)));
    Ok(changes)
}

/// What the version of each crate has to be, and whether it is that where something breaks.
fn versions(
    changes: &[Change],
    reexported: &[String],
    old: Option<Version>,
    current: Option<Version>,
) -> (Vec<String>, bool) {
    let is_reexported = |change: &Change| {
        let name = change.what.trim_start_matches("types::").split(['.', ':']).next().unwrap_or_default();
        reexported.iter().any(|other| other == name)
    };
    // A change of the wire reaches the users of both crates.
    let heaviest = |concerns: &dyn Fn(&Change) -> bool| {
        changes.iter().filter(|change| concerns(change)).map(|change| change.weight).min()
    };
    let crates = [
        ("twilio-rooms-api", heaviest(&|_| true)),
        ("twilio-rooms", heaviest(&|change| change.surface == Surface::Wire || is_reexported(change))),
    ];
    let mut announced = true;
    let mut lines = Vec::new();
    for (name, weight) in crates {
        let Some(weight) = weight else { continue };
        let line = if let (Some(old), Some(current)) = (old, current) {
            let needed = old.after(Some(weight));
            let enough = current >= needed;
            announced &= enough || weight != Weight::Breaking;
            let has = if enough { "and" } else { "but" };
            format!("{name} was {old}, needs {needed} for what is {weight}, {has} is {current}")
        } else {
            announced &= weight != Weight::Breaking;
            format!("{name} needs a version for what is {weight}")
        };
        lines.push(line);
    }
    (lines, announced)
}

/// The generated types that `twilio-rooms` shows to its users.
fn reexported() -> Vec<String> {
    let text = fs::read_to_string(root().join("crates/twilio-rooms/src/lib.rs")).unwrap_or_default();
    let lists = text.split("pub use twilio_rooms_api::").skip(1).filter_map(|rest| rest.split(';').next());
    let names = lists.flat_map(|list| list.split(|char: char| !char.is_alphanumeric()));
    names.filter(|name| name.starts_with(char::is_uppercase)).map(str::to_owned).collect()
}

/// The other version of the spec, and the version of the crates at that time.
fn base(base: Option<&str>) -> Result<(Source, Option<Version>), CouldNotRun> {
    if let Some(path) = base.map(Path::new).filter(|path| path.is_file()) {
        return Ok((Source::read(path)?, None));
    }
    let revision = match base {
        Some(revision) => revision.to_owned(),
        None => merge_base()?,
    };
    let show = |file: &str| git(&["show", &format!("{revision}:{file}")]);
    let text = show(SPEC).map_err(|error| {
        CouldNotRun(format!("{revision} has no {SPEC}: {error}; name a revision or a file with --base"))
    })?;
    let version = show("Cargo.toml").ok().as_deref().and_then(Version::of_workspace);
    let short = git(&["rev-parse", "--short", &revision]).unwrap_or(revision);
    Ok((Source { path: format!("{}:{SPEC}", short.trim()), text }, version))
}

/// Where this branch left the main one.
fn merge_base() -> Result<String, CouldNotRun> {
    let found = ["origin/main", "main"].iter().find_map(|main| git(&["merge-base", "HEAD", main]).ok());
    // Without a main branch there is still what was committed last.
    let found = found.or_else(|| git(&["rev-parse", "HEAD"]).ok()).map(|revision| revision.trim().to_owned());
    found.ok_or_else(|| {
        CouldNotRun("there is no commit to compare with: name a revision or a file with --base".to_owned())
    })
}

/// Whether there is a repository, and a git to ask it.
pub(crate) fn has_history() -> bool {
    git(&["rev-parse", "HEAD"]).is_ok()
}

fn git(arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new("git");
    // It is only read, whoever owns it: in CI that is often somebody else.
    command.args(["-c", "safe.directory=*"]).args(arguments).current_dir(root());
    let output = command.output().map_err(|error| format!("cannot run git: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr).trim().to_owned()) }
}

#[cfg(test)]
mod tests;
