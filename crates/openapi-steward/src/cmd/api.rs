//! `api`: writes the list of public items of each crate, which reviewers read.

use std::time::Instant;

use super::args::ApiArgs;
use super::output::{self, GeneratedFile};
use super::shell::Shell;
use crate::files::Mode;
use crate::outcome::{CouldNotRun, Outcome};
use crate::project::{Package, Project};
use crate::rust_api::{self, Sources};
use crate::text::count;

pub(super) fn run(args: &ApiArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let project = Project::open(args.document.as_deref())?;
    let packages = project.packages()?;
    write(&project, &packages, Mode::of(args.check), shell)
}

/// Writes the list of each crate that has `public-api` in `steward.toml`.
pub(super) fn write(
    project: &Project,
    packages: &[Package],
    mode: Mode,
    shell: &Shell,
) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let command = format!("{} api", project.config.command);
    let listed: Vec<(&Package, &String)> =
        packages.iter().filter_map(|package| Some((package, package.config.public_api.as_ref()?))).collect();
    // One thread per crate: most of the time goes into reading the sources.
    let lists: Vec<Result<Vec<String>, CouldNotRun>> = std::thread::scope(|scope| {
        let running: Vec<_> = listed.iter().map(|(package, _)| (package, scope.spawn(|| items_of(package)))).collect();
        let joined = running.into_iter().map(|(package, thread)| {
            let failed = || CouldNotRun(format!("the public items of {} cannot be listed", package.name));
            thread.join().unwrap_or_else(|_| Err(failed()))
        });
        joined.collect()
    });
    let (mut files, mut items) = (Vec::new(), 0);
    for ((package, file), lines) in listed.iter().zip(lists) {
        let lines = lines?;
        items += lines.len();
        let content = rust_api::to_file(&lines, &command);
        files.push(GeneratedFile {
            path: package.folder.join(file),
            content,
            origin: "the public items of the sources",
        });
    }
    let changed = output::apply(&files, mode, shell)?;
    if mode == Mode::Check && changed > 0 {
        shell.error(&format!("a list of public items is stale; run `{command}`, review and commit the result"));
        return Ok(Outcome::Stale);
    }
    let summary = format!("{} of {}", count(items, "public item"), count(listed.len(), "crate"));
    let word = if changed == 0 { "Fresh" } else { "Wrote" };
    shell.status(word, format_args!("{summary} in {:.2}s", started.elapsed().as_secs_f64()));
    Ok(Outcome::Success)
}

/// Lists the public items of a crate.
pub(super) fn items_of(package: &Package) -> Result<Vec<String>, CouldNotRun> {
    items_in(&package.name, &package.sources()?)
}

/// Lists the public items of a crate with these source files.
pub(super) fn items_in(name: &str, sources: &Sources) -> Result<Vec<String>, CouldNotRun> {
    rust_api::listing(sources)
        .map_err(|error| CouldNotRun(format!("the public items of {name} cannot be listed: {error}")))
}
