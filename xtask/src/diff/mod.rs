//! `cargo xtask diff`: what has changed since another version of the spec, and whom it breaks.

mod accepted;
mod change;
mod messages;
mod report;
mod resolved;
mod rest;
mod rust;
mod schema;
mod security;
mod version;
mod wire;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use self::change::{At, Change, Surface, Weight};
pub(crate) use self::report::Format;
use self::report::Report;
use self::version::Version;
use crate::api::line::subject;
use crate::api::{self, Sources};
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
    let base = base(diff.base)?;
    let by_hand = api::sources("twilio-rooms-api")?;
    let (before, after) = sides(&base.spec, &new, &by_hand)?;
    let mut changes = before.map_or_else(Vec::new, |before| changes(&before, &after));
    // What was written by hand may be another as well, and so may the generator.
    changes
        .extend(base.list("twilio-rooms-api").iter().flat_map(|old| rust::changes(Surface::Rust, old, &after.items)));
    if let Some(old) = base.list("twilio-rooms") {
        changes.extend(rust::changes(Surface::Crate, &old, &api::of_crate("twilio-rooms")?));
    }
    changes.sort();
    changes.dedup();
    let accepted = accepted::read(&root().join(accepted::FILE))?;
    let stale = accepted::stale(&changes, &accepted);
    let changes = accepted::apply(changes, &accepted);
    let current = fs::read_to_string(root().join("Cargo.toml")).ok().as_deref().and_then(Version::of_workspace);
    let (versions, announced) = versions(&changes, &reexported(), base.version, current);
    let old = &base.spec;
    let report = Report { old: (&old.path, &old.text), new: (SPEC, &new.text), changes: &changes, versions: &versions };
    shell.out(report.render(diff.format));
    for place in &stale {
        shell.attention("Left over", format_args!("{place}: nothing breaks in this way any more; remove the entry"));
    }
    let about = format!("{} since {} in {:.2}s", report.summary(), old.path, started.elapsed().as_secs_f64());
    if diff.fail_on_breaking && !announced {
        shell.error(&format!(
            "{about}: a breaking change needs its version; raise it in Cargo.toml, take it back, or list it in {}",
            accepted::FILE
        ));
        return Ok(Outcome::Breaking);
    }
    if diff.fail_on_breaking && !stale.is_empty() {
        let entries = if stale.len() == 1 { "1 entry".to_owned() } else { format!("{} entries", stale.len()) };
        shell.error(&format!("{about}; {} has {entries} for what does not break", accepted::FILE));
        return Ok(Outcome::Findings);
    }
    shell.status("Compared", about);
    Ok(Outcome::Fine)
}

/// A version of the spec, and the public items of the crate that is generated from it.
struct Side {
    spec: Spec,
    items: Vec<String>,
}

/// Both sides, which take about the same time: each on a thread of its own. What has not changed needs one only.
fn sides(old: &Source, new: &Source, by_hand: &Sources) -> Result<(Option<Side>, Side), CouldNotRun> {
    if old.text == new.text {
        return Ok((None, Side::of(new, by_hand)?));
    }
    std::thread::scope(|scope| {
        let before = scope.spawn(|| Side::of(old, by_hand));
        let after = Side::of(new, by_hand);
        let before = before.join().unwrap_or_else(|_| Err(CouldNotRun(format!("{} cannot be read", old.path))));
        Ok((Some(before?), after?))
    })
}

impl Side {
    fn of(source: &Source, by_hand: &Sources) -> Result<Self, CouldNotRun> {
        let broken = |errors: usize| {
            CouldNotRun(format!("{} in {}: `cargo xtask validate` says which", count(errors, "error"), source.path))
        };
        let spec = Spec::parse(source).map_err(|findings| broken(findings.len()))?;
        let code = codegen::generate(&spec).map_err(|findings| broken(findings.len()))?;
        Ok(Self { items: rust::generated(by_hand, &code)?, spec })
    }
}

/// What has changed between two versions, the breaking first.
fn changes(old: &Side, new: &Side) -> Vec<Change> {
    let mut changes = wire::changes(&old.spec.root, &new.spec.root);
    changes.extend(rust::changes(Surface::Rust, &old.items, &new.items));
    if changes.is_empty() && !rest::is_same(&old.spec.root, &new.spec.root) {
        let how = "says the same in another way".to_owned();
        let what = "the spec".to_owned();
        changes.push(Change { surface: Surface::Wire, weight: Weight::Words, what, how, at: At::Nowhere });
    }
    changes.sort();
    changes
}

/// What the version of each crate has to be, and whether it is that where something breaks.
fn versions(
    changes: &[Change],
    reexported: &[String],
    old: Option<Version>,
    current: Option<Version>,
) -> (Vec<String>, bool) {
    let is_reexported = |change: &Change| {
        let name = subject(&change.what).trim_start_matches("types::").split(['.', ':']).next().unwrap_or_default();
        change.surface == Surface::Rust && reexported.iter().any(|other| other == name)
    };
    // A change of the wire reaches the users of both crates.
    let heaviest = |concerns: &dyn Fn(&Change) -> bool| {
        changes.iter().filter(|change| concerns(change)).map(|change| change.weight).min()
    };
    let crates = [
        ("twilio-rooms-api", heaviest(&|change| change.surface != Surface::Crate)),
        ("twilio-rooms", heaviest(&|change| change.surface != Surface::Rust || is_reexported(change))),
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

/// What is compared with.
struct Base {
    spec: Source,
    /// The version of the crates at that time.
    version: Option<Version>,
    /// The revision that it is of; a file is of none.
    revision: Option<String>,
}

impl Base {
    /// The public items of a crate at that time, if they were listed.
    fn list(&self, name: &str) -> Option<Vec<String>> {
        let revision = self.revision.as_deref()?;
        show(revision, &api::file(name)).ok().map(|content| api::lines(&content))
    }
}

/// The other version of the spec, and what else is known of that time.
fn base(base: Option<&str>) -> Result<Base, CouldNotRun> {
    if let Some(path) = base.map(Path::new).filter(|path| path.is_file()) {
        return Ok(Base { spec: Source::read(path)?, version: None, revision: None });
    }
    let revision = match base {
        Some(revision) => revision.to_owned(),
        None => merge_base()?,
    };
    let text = show(&revision, SPEC).map_err(|error| {
        CouldNotRun(format!("{revision} has no {SPEC}: {error}; name a revision or a file with --base"))
    })?;
    let version = show(&revision, "Cargo.toml").ok().as_deref().and_then(Version::of_workspace);
    let short = git(&["rev-parse", "--short", &revision]).unwrap_or_else(|_| revision.clone());
    let spec = Source { path: format!("{}:{SPEC}", short.trim()), text };
    Ok(Base { spec, version, revision: Some(revision) })
}

/// A file as it was at a revision.
fn show(revision: &str, file: &str) -> Result<String, String> {
    git(&["show", &format!("{revision}:{file}")])
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
