//! `diff`: lists the changes of a document since an earlier version, and reports breaking changes.

use std::path::Path;
use std::time::Instant;

use super::accepted;
use super::compare::{Compared, compare, today};
use super::crate_versions;
use super::diff_args::{DiffArgs, FailOn};
use super::document_version::Generated;
use super::revision::Revision;
use super::shell::Shell;
use crate::config::Config;
use crate::diff::{Change, ChangeSeverity, Report, Version};
use crate::document::Source;
use crate::outcome::{CouldNotRun, Outcome};
use crate::project::{Package, Project};
use crate::report;

/// The two versions, and the settings for their comparison.
struct Input {
    base: Revision,
    new: Source,
    config: Config,
    /// The crates that are generated from the document. Empty for any two documents.
    packages: Vec<Package>,
    /// The file with the entries for accepted changes.
    file: String,
}

impl Input {
    fn of(args: &DiffArgs) -> Result<Self, CouldNotRun> {
        if let (Some(old), Some(new)) = (&args.document, &args.new) {
            return Self::of_two(&old.to_string_lossy(), &new.to_string_lossy());
        }
        let project = Project::open(args.document.as_deref())?;
        let base = Revision::base(args.base.as_deref(), &project)?;
        let (packages, file) = (project.packages()?, project.path(crate::config::FILE).display().to_string());
        Ok(Self { base, packages, file, new: project.source, config: project.config })
    }

    /// Any two documents, with the `steward.toml` beside the new one.
    fn of_two(old: &str, new: &str) -> Result<Self, CouldNotRun> {
        if old == "-" && new == "-" {
            return Err(CouldNotRun("only one of the two documents can be `-`".to_owned()));
        }
        let (base, revision) = (Revision::of(old)?, Revision::of(new)?);
        let path = Path::new(new.rsplit(':').next().unwrap_or(new));
        let folder = path.parent().filter(|folder| folder.is_dir()).unwrap_or(Path::new("."));
        let config = if new == "-" { Config::default() } else { Config::in_folder(folder)? };
        let is_own = config.document.as_deref().is_some_and(|own| Some(own) == path.to_str() || path.ends_with(own));
        let packages = if is_own && path.is_file() && revision.source.path == path.display().to_string() {
            Project::open(Some(path))?.packages()?
        } else {
            Vec::new()
        };
        let file = folder.join(crate::config::FILE).display().to_string();
        Ok(Self { base, new: revision.source, config, packages, file })
    }
}

pub(super) fn run(args: &DiffArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let input = Input::of(args)?;
    let Input { base, new, config, packages, file } = &input;
    if base.is_first {
        shell.attention("New", format_args!("{}: the main branch and the last commit do not have it", new.path));
    }
    let base_version = base_version(args.base_version.as_deref())?;
    let generated = match Generated::of(packages)? {
        None if args.rust => Some(Generated::standalone()),
        generated => generated,
    };
    let today = args.date.clone().unwrap_or_else(today);
    let Compared { changes, info_versions, left_out } =
        compare((base, new), config, packages, generated.as_ref(), &today)?;
    for reason in &left_out {
        shell.attention("Left out", format_args!("the generated Rust: {reason}"));
    }
    if packages.is_empty() && !args.rust {
        shell.attention(
            "Left out",
            "the generated Rust: no crate is generated from this document; --rust compares the clients of both",
        );
    }
    let unused = accepted::unused(&changes, &config.accepted_breaks);
    let changes = accepted::apply(changes, &config.accepted_breaks);
    let (versions, announced) = if packages.is_empty() {
        crate_versions::document_version(&changes, info_versions, base_version)
    } else {
        crate_versions::versions(&changes, packages, base, base_version)?
    };
    let report = Report { old: &base.source, new, changes: &changes, versions: &versions };
    shell.out(report.render(args.format));
    if !unused.is_empty() {
        shell.text(report::human(&unused, &config.source, true));
    }
    let elapsed = started.elapsed().as_secs_f64();
    let summary = format!("{} since {} in {elapsed:.2}s", report.summary(), base.source.path);
    if let Some(fail_on) = args.fail_on {
        if let Some(first) = failure(fail_on, &changes, announced) {
            let why = first.severity;
            let version = if packages.is_empty() { "info.version" } else { "the version in Cargo.toml" };
            let raise = if why == ChangeSeverity::Breaking { format!("raise {version}, ") } else { String::new() };
            let accept = format!("{} accept {} --reason …", config.command, first.fingerprint());
            let advice = format!("{raise}undo the change, or accept it in {file} with `{accept}`");
            shell.error(&format!("{summary}: {}; {advice}", reason(why)));
            return Ok(Outcome::Breaking);
        }
        if !unused.is_empty() {
            let entries = if unused.len() == 1 { "1 entry".to_owned() } else { format!("{} entries", unused.len()) };
            shell.error(&format!("{summary}; {} has {entries} without a change", config.source.path));
            return Ok(Outcome::Findings);
        }
    }
    shell.status("Compared", summary);
    Ok(Outcome::Success)
}

/// Returns the most serious change that fails the comparison.
fn failure(fail_on: FailOn, changes: &[Change], announced: bool) -> Option<&Change> {
    let threshold = match fail_on {
        FailOn::Breaking => ChangeSeverity::Breaking,
        FailOn::Notice => ChangeSeverity::Notice,
        FailOn::Additive => ChangeSeverity::Additive,
        FailOn::Documentation => ChangeSeverity::Documentation,
    };
    let fails = |change: &&Change| {
        let is_announced = change.severity == ChangeSeverity::Breaking && announced;
        change.severity <= threshold && change.accepted.is_none() && !is_announced
    };
    changes.iter().filter(fails).min_by_key(|change| change.severity)
}

fn reason(severity: ChangeSeverity) -> &'static str {
    match severity {
        ChangeSeverity::Breaking => "a breaking change needs a new version",
        ChangeSeverity::Notice => "there is a change that has to be deliberate",
        ChangeSeverity::Additive => "there is an addition",
        ChangeSeverity::Documentation => "there is a change of the documentation",
    }
}

fn base_version(text: Option<&str>) -> Result<Option<Version>, CouldNotRun> {
    let Some(text) = text else { return Ok(None) };
    let version = Version::parse(text);
    version.map(Some).ok_or_else(|| CouldNotRun(format!("--base-version {text} is no version such as 1.2.3")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::Surface;

    #[test]
    fn every_severity_can_fail_a_comparison_and_an_accepted_change_cannot() {
        let change = |severity| Change::new(Surface::Wire, severity, "property-added", "Room.sid", "was added");
        let [breaking, additive] = [ChangeSeverity::Breaking, ChangeSeverity::Additive].map(change);
        let accepted = Change { accepted: Some("Because.".to_owned()), ..change(ChangeSeverity::Notice) };
        let failure = |fail_on, change: &Change, announced| {
            failure(fail_on, std::slice::from_ref(change), announced).map(|change| change.severity)
        };
        assert_eq!(failure(FailOn::Breaking, &breaking, false), Some(ChangeSeverity::Breaking));
        assert_eq!(failure(FailOn::Breaking, &breaking, true), None);
        assert_eq!(failure(FailOn::Notice, &additive, true), None);
        assert_eq!(failure(FailOn::Additive, &additive, true), Some(ChangeSeverity::Additive));
        assert_eq!(failure(FailOn::Documentation, &additive, true), Some(ChangeSeverity::Additive));
        assert_eq!(failure(FailOn::Documentation, &accepted, true), None);
    }
}
