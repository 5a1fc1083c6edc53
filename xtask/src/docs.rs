//! `cargo xtask doc-pages`: writes the pages of the documentation that are made of tests and of rules.

use std::fs;
use std::path::Path;

use openapi_steward::cli::{self, CouldNotRun, Mode, Outcome, Shell, State};

use crate::workspace::root;

/// A page, by its path from the root of the workspace.
struct Page {
    path: &'static str,
    origin: Origin,
}

/// The origin of a page.
enum Origin {
    /// A snapshot: the test keeps its result there, which is reviewed as every other snapshot. The page is a copy of it.
    Snapshot(&'static str),
    /// The rules of the spec tool.
    Rules,
}

const PAGES: [Page; 2] = [
    Page {
        path: "crates/twilio-rooms/src/docs/faults.md",
        origin: Origin::Snapshot("tests/it/snapshots/it__faults__the_table_in_the_documentation.snap"),
    },
    Page { path: "crates/openapi-steward/RULES.md", origin: Origin::Rules },
];

/// Writes the pages, or reports those that are stale.
pub(crate) fn run(mode: Mode, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let mut outcome = Outcome::Success;
    for page in &PAGES {
        if apply(&root(), page, mode, shell)? == Outcome::Stale {
            outcome = Outcome::Stale;
        }
    }
    Ok(outcome)
}

fn apply(root: &Path, page: &Page, mode: Mode, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let path = page.path;
    let (content, origin) = match page.origin {
        Origin::Snapshot(snapshot) => (of_snapshot(root, snapshot)?, snapshot),
        Origin::Rules => (openapi_steward::rules_page(), "the rules"),
    };
    let state = State::of(&root.join(path), &content)?;
    match (&state, mode) {
        (State::Fresh, _) => shell.status(state.word(), path),
        (_, Mode::Write) => {
            cli::write(&root.join(path), &content)?;
            shell.status("Updated", format_args!("{path}, {}", cli::changed_lines(state.current(), &content)));
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

    const PAGE: Page = Page { path: "docs/faults.md", origin: Origin::Snapshot("faults.snap") };

    #[test]
    fn a_page_is_written_once_and_is_fresh_then() -> Result<(), CouldNotRun> {
        let folder = std::env::temp_dir().join(format!("xtask-{}-docs", std::process::id()));
        cli::write(&folder.join("faults.snap"), "---\nsource: faults.rs\n---\n| a |\n| --- |\n")?;
        let shell = Shell::new(std::io::sink());
        let run = |mode| apply(&folder, &PAGE, mode, &shell);
        assert_eq!(run(Mode::Check)?, Outcome::Stale);
        assert!(!folder.join(PAGE.path).exists(), "a check writes nothing");
        assert_eq!((run(Mode::Write)?, run(Mode::Check)?), (Outcome::Success, Outcome::Success));
        assert_eq!(fs::read_to_string(folder.join(PAGE.path)).ok().as_deref(), Some("| a |\n| --- |\n"));
        fs::remove_dir_all(&folder).map_err(|error| cli::failed("remove", &folder, &error))
    }

    #[test]
    fn a_file_without_a_header_is_no_snapshot() {
        assert_eq!(without_header("| a |\n"), None);
    }
}
