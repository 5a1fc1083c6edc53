//! `cargo xtask docs`: writes the pages of the documentation that show the results of tests.
//!
//! The test of such a page keeps its result in a snapshot, which is reviewed like every other snapshot. The page is a copy of it.

use std::fs;
use std::path::Path;

use crate::files::{self, Mode, State};
use crate::generate::root;
use crate::outcome::{CouldNotRun, Outcome};
use crate::shell::Shell;

/// The pages, each with the snapshot that it is a copy of, from the root of the workspace.
const SNAPSHOTS: [(&str, &str); 1] =
    [("crates/twilio-rooms/src/docs/faults.md", "tests/it/snapshots/it__faults__the_table_in_the_documentation.snap")];

/// Writes the pages, or reports those that are stale.
pub(crate) fn run(mode: Mode, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let mut outcome = Outcome::Fine;
    for (path, snapshot) in SNAPSHOTS {
        let file = root().join(snapshot);
        let text = fs::read_to_string(&file).map_err(|error| files::failed("read", &file, &error))?;
        let content = content(&text).ok_or_else(|| CouldNotRun(format!("{snapshot} has no header of insta")))?;
        let page = Page { path, content: &content, source: snapshot };
        if page.apply(&root(), mode, shell)? == Outcome::Stale {
            outcome = Outcome::Stale;
        }
    }
    Ok(outcome)
}

/// A page, and the origin of its content.
struct Page<'a> {
    /// The path from the root of the workspace.
    path: &'a str,
    content: &'a str,
    source: &'a str,
}

impl Page<'_> {
    fn apply(&self, root: &Path, mode: Mode, shell: &Shell) -> Result<Outcome, CouldNotRun> {
        let Self { path, content, source } = self;
        let state = State::of(&root.join(path), content)?;
        match (&state, mode) {
            (State::Fresh, _) => shell.status(state.word(), path),
            (_, Mode::Write) => {
                files::write(&root.join(path), content)?;
                shell.status("Updated", format_args!("{path}, {}", files::changed_lines(state.current(), content)));
            }
            (_, Mode::Check) => {
                shell.attention(state.word(), path);
                shell.text(files::short_diff_to(path, source, state.current(), content));
                shell.error(&format!("{path} differs from {source}; run `cargo xtask docs` and commit the result"));
                return Ok(Outcome::Stale);
            }
        }
        Ok(Outcome::Fine)
    }
}

/// The content of a snapshot, without insta's header.
fn content(snapshot: &str) -> Option<String> {
    let (_, content) = snapshot.strip_prefix("---\n")?.split_once("\n---\n")?;
    Some(format!("{}\n", content.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::Captured;

    #[test]
    fn a_page_is_written_once_and_is_fresh_then() -> Result<(), CouldNotRun> {
        let folder = std::env::temp_dir().join(format!("xtask-{}-docs", std::process::id()));
        let page = Page { path: "docs/faults.md", content: "| a |\n", source: "faults.snap" };
        let captured = Captured::default();
        let shell = Shell::new(captured.clone());
        let run = |mode| page.apply(&folder, mode, &shell);
        assert_eq!(run(Mode::Check)?, Outcome::Stale);
        assert!(!folder.exists(), "a check writes nothing");
        assert_eq!((run(Mode::Write)?, run(Mode::Check)?), (Outcome::Fine, Outcome::Fine));
        assert_eq!(fs::read_to_string(folder.join(page.path)).ok().as_deref(), Some("| a |\n"));
        fs::remove_dir_all(&folder).map_err(|error| files::failed("remove", &folder, &error))?;
        assert!(captured.text().contains("run `cargo xtask docs`"), "{}", captured.text());
        Ok(())
    }

    #[test]
    fn the_content_of_a_snapshot_is_without_its_header() {
        assert_eq!(content("---\nsource: faults.rs\n---\n| a |\n| --- |\n").as_deref(), Some("| a |\n| --- |\n"));
        assert_eq!(content("| a |\n"), None);
    }
}
