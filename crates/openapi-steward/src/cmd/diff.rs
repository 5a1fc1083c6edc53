//! `diff`: lists the changes of a document since an earlier version, and reports breaking changes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use super::api::{items_in, items_of};
use super::args::DiffArgs;
use super::checked_code::checked_code;
use super::shell::Shell;
use crate::config::Config;
use crate::diff::{self, Change, Report, Side, Surface, Verdict, Version, Weight, verdict};
use crate::document::Source;
use crate::outcome::{CouldNotRun, Outcome};
use crate::project::{Package, Project, name_and_version, parse};
use crate::report;
use crate::rust_api::{self, Sources};
use crate::text::count;

pub(super) fn run(args: &DiffArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let project = Project::open(args.document.as_deref())?;
    let packages = project.packages()?;
    let base = Base::find(args.base.as_deref(), &project)?;
    let generated = Generated::of(&packages)?;
    let changes = changes(&project, &packages, &base, generated.as_ref())?;
    let accepted = &project.config.accepted_breaks;
    let unused = diff::unused_entries(&changes, accepted);
    let changes = diff::accept(changes, accepted);
    let (versions, announced) = versions(&changes, &packages, &base)?;
    let (old, new) = (&base.source, &project.source);
    let report =
        Report { old: (&old.path, &old.text), new: (&new.path, &new.text), changes: &changes, versions: &versions };
    shell.out(report.render(args.format));
    if !unused.is_empty() {
        shell.text(report::human(&unused, &project.config.source, true));
    }
    let summary = format!("{} since {} in {:.2}s", report.summary(), old.path, started.elapsed().as_secs_f64());
    if args.fail_on.is_some() && !announced {
        shell.error(&format!(
            "{summary}: a breaking change needs a new version; raise the version in Cargo.toml, undo the change, or accept it in {}",
            project.path(crate::config::FILE).display()
        ));
        return Ok(Outcome::Breaking);
    }
    if args.fail_on.is_some() && !unused.is_empty() {
        let entries = if unused.len() == 1 { "1 entry".to_owned() } else { format!("{} entries", unused.len()) };
        shell.error(&format!("{summary}; {} has {entries} without a change", project.config.source.path));
        return Ok(Outcome::Findings);
    }
    shell.status("Compared", summary);
    Ok(Outcome::Success)
}

/// Collects the changes of requests and responses, of the generated items, and of the items of the crates that build on them.
fn changes(
    project: &Project,
    packages: &[Package],
    base: &Base,
    generated: Option<&Generated<'_>>,
) -> Result<Vec<Change>, CouldNotRun> {
    let (before, after) = sides(&base.source, &project.source, &project.config, generated)?;
    let mut changes = before.map_or_else(Vec::new, |before| diff::changes(&before, &after));
    for package in packages.iter().filter(|package| package.config.diff) {
        let Some(old) = base.items(package) else { continue };
        // The hand-written part or the generator may have changed as well.
        changes.extend(match (&after.items, package.config.generated.is_some()) {
            (Some(items), true) => diff::rust_changes(Surface::Rust, &old, items),
            _ => diff::rust_changes(Surface::Crate, &old, &items_of(package)?),
        });
    }
    changes.sort();
    changes.dedup();
    Ok(changes)
}

/// The crate that is generated from the document.
pub(crate) struct Generated<'a> {
    name: &'a str,
    /// The file of generated code, below `src`.
    file: &'a str,
    sources: Sources,
}

impl<'a> Generated<'a> {
    pub(crate) fn of(packages: &'a [Package]) -> Result<Option<Self>, CouldNotRun> {
        let generated = packages.iter().find_map(|package| Some((package, package.config.generated.as_deref()?)));
        let Some((package, file)) = generated else { return Ok(None) };
        let file = file.strip_prefix("src/").unwrap_or(file);
        Ok(Some(Self { name: &package.name, file, sources: package.sources()? }))
    }

    /// Lists the public items of the crate with this generated code. Both versions have the same hand-written part.
    fn items(&self, code: String) -> Result<Vec<String>, CouldNotRun> {
        let mut sources = self.sources.clone();
        sources.insert(self.file.to_owned(), code);
        items_in(self.name, &sources)
    }
}

/// Reads both versions, each on its own thread. An unchanged document is read once.
fn sides(
    old: &Source,
    new: &Source,
    config: &Config,
    generated: Option<&Generated<'_>>,
) -> Result<(Option<Side>, Side), CouldNotRun> {
    if old.text == new.text {
        return Ok((None, side(new, config, generated)?));
    }
    std::thread::scope(|scope| {
        let before = scope.spawn(|| side(old, config, generated));
        let after = side(new, config, generated);
        let before = before
            .join()
            .unwrap_or_else(|_| Err(CouldNotRun(format!("cannot read {}: the reader panicked", old.path))));
        Ok((Some(before?), after?))
    })
}

/// Reads one version of a document, with the public items of its generated crate.
pub(crate) fn side(source: &Source, config: &Config, generated: Option<&Generated<'_>>) -> Result<Side, CouldNotRun> {
    let document = parse(source, &config.command)?;
    let Some(generated) = generated else { return Ok(Side { document, items: None }) };
    let code = checked_code(&document, &config.formats).map_err(|findings| {
        let (errors, command) = (count(findings.len(), "error"), &config.command);
        CouldNotRun(format!("{errors} in {0}: run `{command} validate {0}` and fix them first", source.path))
    })?;
    Ok(Side { items: Some(generated.items(code)?), document })
}

/// Returns a sentence about the version of each crate, and `true` if the versions announce every breaking change.
fn versions(changes: &[Change], packages: &[Package], base: &Base) -> Result<(Vec<String>, bool), CouldNotRun> {
    let (mut lines, mut announced) = (Vec::new(), true);
    for package in packages.iter().filter(|package| package.config.diff) {
        let reexported = match package.config.reexports.as_deref() {
            Some(other) => reexported(&package.sources()?, other),
            None => Vec::new(),
        };
        let Some(weight) = heaviest(changes, package.config.generated.is_some(), &reexported) else { continue };
        let old = base.version(package);
        let (line, is_announced) = verdict(&Verdict { name: &package.name, weight, old, current: package.version });
        lines.push(line);
        announced &= is_announced;
    }
    Ok((lines, announced))
}

/// Returns the weight of the most serious change for the users of a crate. A change of the wire concerns every crate.
pub(crate) fn heaviest(changes: &[Change], is_generated: bool, reexported: &[String]) -> Option<Weight> {
    let concerns = |change: &&Change| match change.surface {
        Surface::Wire => true,
        Surface::Rust => is_generated || is_reexported(change, reexported),
        Surface::Crate => !is_generated,
    };
    changes.iter().filter(concerns).map(|change| change.weight).min()
}

fn is_reexported(change: &Change, reexported: &[String]) -> bool {
    let item = rust_api::listed_item::subject(&change.what);
    let name = item.trim_start_matches("types::").split(['.', ':']).next().unwrap_or_default();
    reexported.iter().any(|other| other == name)
}

/// Lists the types of a generated crate that another crate re-exports.
fn reexported(sources: &Sources, generated: &str) -> Vec<String> {
    let text = sources.get("lib.rs").map(String::as_str).unwrap_or_default();
    let Ok(file) = syn::parse_file(text) else { return Vec::new() };
    let module = generated.replace('-', "_");
    let mut names = Vec::new();
    for item in &file.items {
        if let syn::Item::Use(item) = item
            && let syn::UseTree::Path(path) = &item.tree
            && path.ident == module
        {
            collect_names(&path.tree, &mut names);
        }
    }
    names
}

fn collect_names(tree: &syn::UseTree, names: &mut Vec<String>) {
    match tree {
        syn::UseTree::Path(path) => collect_names(&path.tree, names),
        syn::UseTree::Name(name) => names.push(name.ident.to_string()),
        syn::UseTree::Rename(rename) => names.push(rename.ident.to_string()),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| collect_names(tree, names)),
        syn::UseTree::Glob(_) => {}
    }
}

/// The old version of a document.
#[derive(Debug)]
struct Base {
    source: Source,
    /// The git revision of the document, and the folder to run git in. Missing for a file.
    revision: Option<(String, PathBuf)>,
}

impl Base {
    fn find(base: Option<&str>, project: &Project) -> Result<Self, CouldNotRun> {
        if let Some(path) = base.map(Path::new).filter(|path| path.is_file()) {
            return Ok(Self { source: Source::read(path)?, revision: None });
        }
        let folder = &project.folder;
        let revision = match base {
            Some(revision) => revision.to_owned(),
            None => merge_base(folder)?,
        };
        let path = Path::new(&project.source.path);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let text = show(folder, &revision, &format!("./{name}")).map_err(|error| {
            let path = path.display();
            CouldNotRun(format!("revision {revision} has no {path}: {error}; name a revision or a file with --base"))
        })?;
        let short = git(folder, &["rev-parse", "--short", &revision]).unwrap_or_else(|_| revision.clone());
        let source = Source::new(format!("{}:{}", short.trim(), path.display()), text);
        Ok(Self { source, revision: Some((revision, folder.clone())) })
    }

    /// Reads a file of a crate at the revision.
    fn file(&self, package: &Package, name: &str) -> Option<String> {
        let (revision, folder) = self.revision.as_ref()?;
        let path = Path::new(&package.config.path).join(name);
        show(folder, revision, &format!("./{}", path.display())).ok()
    }

    /// Reads the listed public items of a crate at the revision.
    fn items(&self, package: &Package) -> Option<Vec<String>> {
        let list = package.config.public_api.as_deref()?;
        Some(rust_api::from_file(&self.file(package, list)?))
    }

    /// Reads the version of a crate at the revision.
    fn version(&self, package: &Package) -> Option<Version> {
        let manifest = self.file(package, "Cargo.toml")?;
        name_and_version(&manifest, |path| self.file(package, path))?.1
    }
}

/// Reads a file at a revision. Its path is relative to the folder.
fn show(folder: &Path, revision: &str, path: &str) -> Result<String, String> {
    git(folder, &["show", &format!("{revision}:{path}")])
}

/// Returns the commit where this branch left the main branch.
fn merge_base(folder: &Path) -> Result<String, CouldNotRun> {
    let found = ["origin/main", "main"].iter().find_map(|main| git(folder, &["merge-base", "HEAD", main]).ok());
    // Without a main branch, the base is the last commit.
    let found = found.or_else(|| git(folder, &["rev-parse", "HEAD"]).ok()).map(|revision| revision.trim().to_owned());
    found.ok_or_else(|| {
        CouldNotRun("there is no commit to compare with: name a revision or a file with --base".to_owned())
    })
}

fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new("git");
    // The repository is only read, and in CI it often belongs to another user.
    command.args(["-c", "safe.directory=*"]).args(arguments).current_dir(folder);
    let output = command.output().map_err(|error| format!("cannot run git: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr).trim().to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_a_reexport_are_found() {
        let lib = "pub use other::X;\npub use my_api::types::{A, B as C};\npub use my_api::{D, e::F};\n";
        let sources = Sources::from([("lib.rs".to_owned(), lib.to_owned())]);
        assert_eq!(reexported(&sources, "my-api"), ["A", "B", "D", "F"]);
    }
}
