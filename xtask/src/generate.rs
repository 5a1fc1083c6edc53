//! `cargo xtask generate`: writes the generated client, or says that it is stale.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::api;
use crate::codegen;
use crate::files::{self, Mode, State, count};
use crate::outcome::{CouldNotRun, Outcome};
use crate::schema;
use crate::shell::Shell;
use crate::spec::{Source, Spec};

/// The spec, from the root of the workspace.
pub(crate) const SPEC: &str = "spec/rooms.yaml";
/// What the spec is turned into.
const GENERATED: &str = "crates/twilio-rooms-api/src/generated.rs";
/// The command that writes it.
const COMMAND: &str = "cargo xtask generate";
/// The root of the workspace, wherever the command was called.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// All that is made of the spec: the client, the JSON Schemas, and the lists of what the crates show.
pub(crate) fn all(spec: &Path, mode: Mode, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let client = run(spec, mode, shell)?;
    if client == Outcome::Findings {
        return Ok(client);
    }
    let schemas = schema::run(spec, mode, shell)?;
    let lists = api::run(mode, shell)?;
    Ok([client, schemas, lists].into_iter().find(|outcome| *outcome != Outcome::Fine).unwrap_or(Outcome::Fine))
}

pub(crate) fn run(spec: &Path, mode: Mode, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let source = read(spec)?;
    let code = match Spec::parse(&source).and_then(|spec| codegen::generate(&spec)) {
        Ok(code) => code,
        Err(findings) => {
            shell.text(source.render(&findings));
            shell.error(&format!("{} in {}; nothing was generated", count(findings.len(), "error"), source.path));
            return Ok(Outcome::Findings);
        }
    };
    apply(&root().join(GENERATED), &code, mode, started, shell)
}

/// Reads the spec. A path that was given is one from here; the default one is found from any folder.
pub(crate) fn read(spec: &Path) -> Result<Source, CouldNotRun> {
    let from_root = root().join(SPEC);
    let elsewhere = spec == Path::new(SPEC) && !spec.exists();
    Source::read(if elsewhere { &from_root } else { spec })
}

fn apply(path: &Path, code: &str, mode: Mode, started: Instant, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let state = State::of(path, code)?;
    match (&state, mode) {
        (State::Fresh, _) => {
            shell.status(state.word(), about(started));
            Ok(Outcome::Fine)
        }
        (_, Mode::Write) => {
            files::write(path, code)?;
            let lines = files::changed_lines(state.current(), code);
            shell.status("Updated", format_args!("{}, {lines}", about(started)));
            Ok(Outcome::Fine)
        }
        (_, Mode::Check) => {
            shell.attention(state.word(), about(started));
            shell.text(files::short_diff(GENERATED, state.current(), code));
            shell.error(&format!("{GENERATED} is not what the spec says; run `{COMMAND}` and commit the result"));
            Ok(Outcome::Stale)
        }
    }
}

fn about(started: Instant) -> String {
    format!("{GENERATED} in {:.2}s", started.elapsed().as_secs_f64())
}

#[cfg(test)]
mod tests {
    use std::{fs, io};

    use super::*;
    use crate::shell::Captured;

    /// What `apply` makes of a file with this content, what it says, and what is in the file afterwards.
    fn applied(
        name: &str,
        content: Option<&str>,
        mode: Mode,
    ) -> Result<(Outcome, String, Option<String>), CouldNotRun> {
        let folder = std::env::temp_dir().join(format!("xtask-{}-{name}", std::process::id()));
        let failed = |error: io::Error| CouldNotRun(error.to_string());
        fs::create_dir_all(&folder).map_err(failed)?;
        let path = folder.join("generated.rs");
        if let Some(content) = content {
            fs::write(&path, content).map_err(failed)?;
        }
        let captured = Captured::default();
        let outcome = apply(&path, "one\ntwo\nthree\n", mode, Instant::now(), &Shell::new(captured.clone()));
        let after = fs::read_to_string(&path).ok();
        fs::remove_dir_all(&folder).map_err(failed)?;
        // How long it took is another every time.
        let said = captured.text();
        let said: Vec<&str> = said.lines().map(|line| line.split(" in 0.").next().unwrap_or(line)).collect();
        Ok((outcome?, said.join("\n"), after))
    }

    #[test]
    fn a_file_that_is_as_it_should_be_is_fresh() -> Result<(), CouldNotRun> {
        for mode in [Mode::Write, Mode::Check] {
            let (outcome, said, _) = applied("fresh", Some("one\ntwo\nthree\n"), mode)?;
            assert_eq!((outcome, said.trim()), (Outcome::Fine, "Fresh crates/twilio-rooms-api/src/generated.rs"));
        }
        Ok(())
    }

    #[test]
    fn a_file_that_is_not_is_updated() -> Result<(), CouldNotRun> {
        for content in [Some("one\nthree\n"), None] {
            let (outcome, said, after) = applied("updated", content, Mode::Write)?;
            assert_eq!((outcome, after.as_deref()), (Outcome::Fine, Some("one\ntwo\nthree\n")));
            assert_eq!(said.trim(), "Updated crates/twilio-rooms-api/src/generated.rs");
        }
        Ok(())
    }

    #[test]
    fn a_check_writes_nothing_and_shows_what_is_stale_and_what_to_do() -> Result<(), CouldNotRun> {
        let (outcome, said, after) = applied("stale", Some("one\ntoo\nthree\n"), Mode::Check)?;
        assert_eq!((outcome, after.as_deref()), (Outcome::Stale, Some("one\ntoo\nthree\n")));
        insta::assert_snapshot!("a_stale_file", said);
        Ok(())
    }

    #[test]
    fn a_check_of_a_missing_file_says_that_it_is_missing() -> Result<(), CouldNotRun> {
        let (outcome, said, after) = applied("missing", None, Mode::Check)?;
        assert_eq!((outcome, after), (Outcome::Stale, None));
        insta::assert_snapshot!("a_missing_file", said);
        Ok(())
    }
}
