//! `cargo xtask doc-pages`: writes the pages that come from snapshots, from the rules and from the inspector's design.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use openapi_steward::cli::{self, CouldNotRun, Mode, Outcome, Shell, State};

use crate::inspector::{self, InspectorPage};
use crate::workspace::root;

/// A page, by its path from the root of the workspace.
struct Page {
    path: String,
    origin: Origin,
}

/// The origin of a page.
enum Origin {
    /// A snapshot: the test keeps its result there, which is reviewed as every other snapshot. The page is a copy of it.
    Snapshot(String),
    /// The rules of the spec tool.
    Rules,
    /// The files of the design of the inspector.
    Design(String),
    /// Nothing: its snapshot is gone.
    Gone,
}

/// The chapters of the operators' command, and the snapshots that they are copies of.
const CHAPTERS: &str = "crates/twilio-rooms-cli/docs/reference";
const CHAPTER_SNAPSHOTS: &str = "crates/twilio-rooms-cli/src/snapshots/reference";

/// All pages.
fn pages() -> Result<Vec<Page>, CouldNotRun> {
    let copy =
        |path: &str, snapshot: &str| Page { path: path.to_owned(), origin: Origin::Snapshot(snapshot.to_owned()) };
    let mut pages = vec![
        copy(
            "crates/twilio-rooms/src/docs/faults.md",
            "tests/it/snapshots/it__faults__the_table_in_the_documentation.snap",
        ),
        copy(
            "crates/twilio-rooms-cli/docs/session.svg",
            "crates/twilio-rooms-cli/tests/cli/snapshots/cli__session__a_session_as_svg.snap",
        ),
        Page { path: "crates/openapi-steward/RULES.md".to_owned(), origin: Origin::Rules },
    ];
    let InspectorPage { page, policy } = inspector::render(&root())?;
    for (path, content) in [(inspector::PAGE, page), (inspector::POLICY, policy)] {
        pages.push(Page { path: path.to_owned(), origin: Origin::Design(content) });
    }
    pages.extend(chapters(&root(), CHAPTERS, CHAPTER_SNAPSHOTS)?);
    Ok(pages)
}

/// A page for each snapshot of a folder, and the pages whose snapshot is gone.
fn chapters(root: &Path, folder: &str, snapshots: &str) -> Result<Vec<Page>, CouldNotRun> {
    let mut pages = Vec::new();
    let names = names(&root.join(snapshots), ".snap")?;
    for name in &names {
        let origin = Origin::Snapshot(format!("{snapshots}/{name}.snap"));
        pages.push(Page { path: format!("{folder}/{name}.md"), origin });
    }
    for name in self::names(&root.join(folder), ".md")?.difference(&names) {
        pages.push(Page { path: format!("{folder}/{name}.md"), origin: Origin::Gone });
    }
    Ok(pages)
}

/// The names of the files of a folder that end like this, without that end. A folder that is missing has none.
fn names(folder: &Path, end: &str) -> Result<BTreeSet<String>, CouldNotRun> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(cli::failed("read", folder, &error)),
    };
    let mut names = BTreeSet::new();
    for entry in entries {
        let name = entry.map_err(|error| cli::failed("read", folder, &error))?.file_name();
        names.extend(name.to_string_lossy().strip_suffix(end).map(str::to_owned));
    }
    Ok(names)
}

/// Writes the pages, or reports those that are stale.
pub(crate) fn run(mode: Mode, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let mut outcome = Outcome::Success;
    for page in &pages()? {
        if apply(&root(), page, mode, shell)? == Outcome::Stale {
            outcome = Outcome::Stale;
        }
    }
    Ok(outcome)
}

fn apply(root: &Path, page: &Page, mode: Mode, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let path = &page.path;
    let (content, origin) = match &page.origin {
        Origin::Snapshot(snapshot) => (of_snapshot(root, snapshot)?, snapshot.as_str()),
        Origin::Rules => (openapi_steward::rules_page(), "the rules"),
        Origin::Design(content) => (content.clone(), "its design"),
        Origin::Gone => return remove(root, path, mode, shell),
    };
    let state = State::of(&root.join(path), &content)?;
    match (&state, mode) {
        (State::Fresh, _) => shell.status(state.word(), path),
        (_, Mode::Write) => {
            cli::write(&root.join(path), &content)?;
            shell.status(state.written(), format_args!("{path}, {}", cli::changed_lines(state.current(), &content)));
        }
        (_, Mode::Check) => {
            shell.attention(state.word(), path);
            shell.text(cli::short_diff(path, origin, state.current(), &content));
            shell.error(&format!("{path} differs from {origin}; run `cargo xtask doc-pages` and commit the result"));
            return Ok(Outcome::Stale);
        }
    }
    Ok(Outcome::Success)
}

/// Removes a page, or reports that it is stale.
fn remove(root: &Path, path: &str, mode: Mode, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    if mode == Mode::Check {
        shell.error(&format!("{path} has no snapshot any more; run `cargo xtask doc-pages` and commit the result"));
        return Ok(Outcome::Stale);
    }
    let file = root.join(path);
    fs::remove_file(&file).map_err(|error| cli::failed("remove", &file, &error))?;
    shell.status("Removed", path);
    Ok(Outcome::Success)
}

/// The content of a snapshot, without insta's header.
fn of_snapshot(root: &Path, snapshot: &str) -> Result<String, CouldNotRun> {
    let file = root.join(snapshot);
    let text = fs::read_to_string(&file).map_err(|error| cli::failed("read", &file, &error))?;
    without_header(&text).ok_or_else(|| CouldNotRun(format!("{snapshot} has no header of insta")))
}

fn without_header(snapshot: &str) -> Option<String> {
    let (_, content) = snapshot.strip_prefix("---\n")?.split_once("\n---\n")?;
    Some(format!("{}\n", content.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_written_once_and_is_fresh_then() -> Result<(), CouldNotRun> {
        let folder = std::env::temp_dir().join(format!("xtask-{}-docs", std::process::id()));
        cli::write(&folder.join("faults.snap"), "---\nsource: faults.rs\n---\n| a |\n| --- |\n")?;
        let shell = Shell::new(std::io::sink());
        let page = Page { path: "docs/faults.md".to_owned(), origin: Origin::Snapshot("faults.snap".to_owned()) };
        let run = |mode| apply(&folder, &page, mode, &shell);
        assert_eq!(run(Mode::Check)?, Outcome::Stale);
        assert!(!folder.join(&page.path).exists(), "a check writes nothing");
        assert_eq!((run(Mode::Write)?, run(Mode::Check)?), (Outcome::Success, Outcome::Success));
        assert_eq!(fs::read_to_string(folder.join(&page.path)).ok().as_deref(), Some("| a |\n| --- |\n"));
        fs::remove_dir_all(&folder).map_err(|error| cli::failed("remove", &folder, &error))
    }

    #[test]
    fn a_chapter_whose_snapshot_is_gone_is_stale_and_is_removed() -> Result<(), CouldNotRun> {
        let folder = std::env::temp_dir().join(format!("xtask-{}-chapters", std::process::id()));
        cli::write(&folder.join("snapshots/rooms.snap"), "---\nsource: a\n---\n# rooms\n")?;
        cli::write(&folder.join("docs/old.md"), "# old\n")?;
        let shell = Shell::new(std::io::sink());
        let run = |mode| {
            let pages = chapters(&folder, "docs", "snapshots")?;
            pages.iter().map(|page| apply(&folder, page, mode, &shell)).collect::<Result<Vec<_>, _>>()
        };
        assert_eq!(run(Mode::Check)?, [Outcome::Stale, Outcome::Stale]);
        assert_eq!(run(Mode::Write)?, [Outcome::Success, Outcome::Success]);
        assert_eq!(run(Mode::Check)?, [Outcome::Success], "only the chapter with a snapshot is left");
        fs::remove_dir_all(&folder).map_err(|error| cli::failed("remove", &folder, &error))
    }

    #[test]
    fn a_file_without_a_header_is_no_snapshot() {
        assert_eq!(without_header("| a |\n"), None);
    }
}
