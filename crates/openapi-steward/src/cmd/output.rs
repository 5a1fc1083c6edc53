//! Writes generated files, or compares them with their expected content.

use std::path::{Component, Path, PathBuf};

use super::shell::Shell;
use crate::files::{self, Mode, State};
use crate::outcome::CouldNotRun;

/// A generated file with its expected content.
#[derive(Debug)]
pub(crate) struct GeneratedFile {
    pub(crate) path: PathBuf,
    pub(crate) content: String,
    /// The origin of the content, for the header of a diff: `the generated code`.
    pub(crate) origin: &'static str,
}

/// Writes the files that differ, or shows the differences. Returns the number of files that differ.
pub(crate) fn apply(files: &[GeneratedFile], mode: Mode, shell: &Shell) -> Result<usize, CouldNotRun> {
    let mut changed = 0;
    for GeneratedFile { path, content, origin } in files {
        let (state, name) = (State::of(path, content)?, path.display().to_string());
        match (&state, mode) {
            (State::Fresh, _) => continue,
            (_, Mode::Write) => {
                files::write(path, content)?;
                let lines = files::changed_lines(state.current(), content);
                shell.status(state.written(), format_args!("{name}, {lines}"));
            }
            (_, Mode::Check) => {
                shell.attention(state.word(), &name);
                shell.text(files::short_diff(&name, origin, state.current(), content));
            }
        }
        changed += 1;
    }
    Ok(changed)
}

/// Returns the path of the document relative to the folder that it shares with an output, so that generated files hold no absolute
/// path.
pub(super) fn document_name(output: &str, document: &Path) -> String {
    let levels = Path::new(output).components().take_while(|step| matches!(step, Component::ParentDir)).count();
    let absolute = std::path::absolute(document).unwrap_or_else(|_| document.to_path_buf());
    let steps: Vec<_> = absolute.iter().map(|step| step.to_string_lossy().into_owned()).collect();
    steps[steps.len().saturating_sub(levels + 1)..].join("/")
}

#[cfg(test)]
mod tests {
    use std::{fs, io};

    use super::*;

    /// Applies to a file with this content. Returns the number of changed files, the output, and the content afterwards.
    fn applied(
        name: &str,
        content: Option<&str>,
        mode: Mode,
    ) -> Result<(usize, String, Option<String>), Box<dyn std::error::Error>> {
        let folder = std::env::temp_dir().join(format!("steward-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let path = folder.join("generated.rs");
        if let Some(content) = content {
            fs::write(&path, content)?;
        }
        let (shell, captured) = Shell::captured();
        let file =
            GeneratedFile { path: path.clone(), content: "one\ntwo\nthree\n".to_owned(), origin: "the generated code" };
        let changed = apply(&[file], mode, &shell)?;
        let after = fs::read_to_string(&path);
        fs::remove_dir_all(&folder)?;
        let output = captured.text().replace(&format!("{}/", folder.display()), "");
        Ok((changed, output, after.map(Some).or_else(|error| missing(&error))?))
    }

    fn missing(error: &io::Error) -> Result<Option<String>, String> {
        if error.kind() == io::ErrorKind::NotFound { Ok(None) } else { Err(error.to_string()) }
    }

    #[test]
    fn a_document_is_named_from_the_folder_that_it_shares_with_the_output() {
        assert_eq!(document_name("../crates/api", Path::new("/home/me/project/spec/rooms.yaml")), "spec/rooms.yaml");
        assert_eq!(document_name("client", Path::new("/home/me/project/rooms.yaml")), "rooms.yaml");
    }

    #[test]
    fn a_fresh_file_is_not_written() -> Result<(), Box<dyn std::error::Error>> {
        for mode in [Mode::Write, Mode::Check] {
            let (changed, output, _) = applied("fresh", Some("one\ntwo\nthree\n"), mode)?;
            assert_eq!((changed, output.as_str()), (0, ""));
        }
        Ok(())
    }

    #[test]
    fn a_stale_or_missing_file_is_written() -> Result<(), Box<dyn std::error::Error>> {
        for (content, word) in [(Some("one\nthree\n"), "Updated"), (None, "Created")] {
            let (changed, output, after) = applied("updated", content, Mode::Write)?;
            assert_eq!((changed, after.as_deref()), (1, Some("one\ntwo\nthree\n")));
            assert!(output.trim().starts_with(&format!("{word} generated.rs, +")), "{output}");
        }
        Ok(())
    }

    #[test]
    fn a_check_writes_nothing_and_shows_the_difference() -> Result<(), Box<dyn std::error::Error>> {
        let (changed, output, after) = applied("stale", Some("one\ntoo\nthree\n"), Mode::Check)?;
        assert_eq!((changed, after.as_deref()), (1, Some("one\ntoo\nthree\n")));
        insta::assert_snapshot!("a_stale_file", output);
        let (changed, output, after) = applied("missing", None, Mode::Check)?;
        assert_eq!((changed, after), (1, None));
        insta::assert_snapshot!("a_missing_file", output);
        Ok(())
    }
}
