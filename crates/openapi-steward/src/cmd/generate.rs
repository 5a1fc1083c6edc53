//! `generate`: writes all files that are generated from a document, or reports the stale ones.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;
use std::{fs, io};

use super::args::GenerateArgs;
use super::checked_code::checked_code;
use super::findings::refuse;
use super::output::{self, GeneratedFile};
use super::shell::Shell;
use super::{api, schema};
use crate::codegen::package;
use crate::document::Diagnostic;
use crate::files::{Mode, failed};
use crate::outcome::{CouldNotRun, Outcome};
use crate::project::{Package, Project};
use crate::rules;
use crate::text::{count, list};

const ORIGIN: &str = "the generated code";

pub(super) fn run(args: &GenerateArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let project = Project::open(args.document.as_deref())?;
    let mode = Mode::of(args.check);
    if let Some(folder) = &args.out {
        return standalone(&project, folder, mode, shell);
    }
    let packages = project.packages()?;
    let mut outcomes = Vec::new();
    for package in &packages {
        if let Some(file) = &package.config.generated {
            let outcome = client(&project, package, file, mode, shell)?;
            if outcome == Outcome::Findings {
                return Ok(outcome);
            }
            outcomes.push(outcome);
        }
    }
    if project.config.schemas.is_some() {
        outcomes.push(schema::write(&project, mode, shell)?);
    }
    outcomes.push(api::write(&project, &packages, mode, shell)?);
    Ok(outcomes.into_iter().find(|outcome| *outcome != Outcome::Success).unwrap_or(Outcome::Success))
}

/// Writes the generated code of a crate, and the runtime next to it.
fn client(project: &Project, package: &Package, file: &str, mode: Mode, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let name = output::document_name(&package.config.path, Path::new(&project.source.path));
    let generated = package.folder.join(file);
    let code = match code(project, &name, shell) {
        Ok(code) => code,
        Err(findings) => return Ok(refuse(&findings, &project.source, "nothing was generated", shell)),
    };
    let runtime = generated.with_file_name("runtime");
    let runtime = package::runtime(&code).map(|(name, content)| GeneratedFile {
        path: runtime.join(name),
        content,
        origin: "the runtime of openapi-steward",
    });
    let mut files: Vec<GeneratedFile> = runtime.collect();
    let leftovers = remove_leftovers(&generated.with_file_name("runtime"), &code, mode, shell)?;
    files.insert(0, GeneratedFile { path: generated.clone(), content: code, origin: ORIGIN });
    let changed = output::apply(&files, mode, shell)? + leftovers;
    let summary = format!("{} in {:.2}s", generated.display(), started.elapsed().as_secs_f64());
    Ok(finish(project, changed, mode, &summary, &format!("{} is", package.folder.display()), shell))
}

/// Writes a standalone crate.
fn standalone(project: &Project, folder: &Path, mode: Mode, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let path = Path::new(&project.source.path);
    // The crate is for other machines: it does not name the folder of the document.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let code = match code(project, &name, shell) {
        Ok(code) => code,
        Err(findings) => return Ok(refuse(&findings, &project.source, "nothing was generated", shell)),
    };
    let file = |name: &str, content| GeneratedFile { path: folder.join(name), content, origin: ORIGIN };
    let mut files = vec![
        file("Cargo.toml", package::manifest(&package::crate_name(folder), &code)),
        file("src/lib.rs", package::lib(&code)),
    ];
    files.extend(package::runtime(&code).map(|(name, content)| file(&format!("src/runtime/{name}"), content)));
    let leftovers = remove_leftovers(&folder.join("src/runtime"), &code, mode, shell)?;
    files.push(file("src/generated.rs", code));
    let changed = output::apply(&files, mode, shell)? + leftovers;
    let summary = format!("{} in {:.2}s", folder.display(), started.elapsed().as_secs_f64());
    Ok(finish(project, changed, mode, &summary, &format!("{} is", folder.display()), shell))
}

/// Removes the generated files of a runtime that an earlier version brought, or reports them. Returns their number.
fn remove_leftovers(runtime: &Path, code: &str, mode: Mode, shell: &Shell) -> Result<usize, CouldNotRun> {
    let mut paths: Vec<_> = match fs::read_dir(runtime) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(failed("read", runtime, &error)),
    };
    let is_current = |path: &Path| package::runtime(code).any(|(name, _)| path.ends_with(name));
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "rs") && !is_current(path));
    // A file without the marker is hand-written.
    paths.retain(|path| fs::read_to_string(path).is_ok_and(|content| package::is_runtime(&content)));
    paths.sort();
    for path in &paths {
        match mode {
            Mode::Write => {
                fs::remove_file(path).map_err(|error| failed("remove", path, &error))?;
                shell.status("Removed", path.display());
            }
            Mode::Check => shell.attention("Leftover", path.display()),
        }
    }
    Ok(paths.len())
}

/// Reports the number of changed files.
fn finish(project: &Project, changed: usize, mode: Mode, summary: &str, subject: &str, shell: &Shell) -> Outcome {
    match (changed, mode) {
        (0, _) => shell.status("Fresh", summary),
        (_, Mode::Write) => shell.status("Wrote", summary),
        (_, Mode::Check) => {
            let (command, path) = (&project.config.command, &project.source.path);
            shell.error(&format!(
                "{subject} stale: run `{command} generate` after a change of {path}, and commit the result"
            ));
            return Outcome::Stale;
        }
    }
    Outcome::Success
}

/// Generates the code of a document, with a header that names the document.
fn code(project: &Project, name: &str, shell: &Shell) -> Result<String, Vec<Diagnostic>> {
    let (document, without_effect) = rules::parse_for_generator(&project.source)?;
    if !without_effect.is_empty() {
        let rules: BTreeSet<&str> = without_effect.iter().map(|finding| finding.rule).collect();
        let (findings, command) = (count(without_effect.len(), "finding"), &project.config.command);
        shell.attention(
            "Ignored",
            format!("{findings} of `{command} validate` without effect on the code: {}", list(rules)),
        );
    }
    let code = checked_code(&document, &project.config.formats)?;
    let command = &project.config.command;
    let header =
        format!("// @generated by `{command} generate` from {name}. Do not edit: change the spec and run it again.");
    Ok(format!("{header}\n\n{code}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standalone_crate_is_generated_deterministically() -> Result<(), Box<dyn std::error::Error>> {
        let folder = std::env::temp_dir().join(format!("steward-{}-standalone", std::process::id()));
        let (shell, captured) = Shell::captured();
        let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/other.yaml");
        let args = |check| GenerateArgs { document: Some(document.clone()), check, out: Some(folder.clone()) };
        assert_eq!(run(&args(true), &shell)?, Outcome::Stale);
        assert!(!folder.exists(), "a check writes nothing");
        assert_eq!((run(&args(false), &shell)?, run(&args(true), &shell)?), (Outcome::Success, Outcome::Success));
        let code = fs::read_to_string(folder.join("src/generated.rs"))?;
        assert!(code.starts_with("// @generated by `openapi-steward generate` from other.yaml."), "{code:.100}");
        fs::remove_dir_all(&folder)?;
        assert!(captured.text().contains("Wrote"));
        Ok(())
    }

    #[test]
    fn a_file_of_an_earlier_runtime_is_reported_and_removed() -> Result<(), Box<dyn std::error::Error>> {
        let folder = std::env::temp_dir().join(format!("steward-{}-leftover", std::process::id()));
        let (shell, captured) = Shell::captured();
        let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/other.yaml");
        let args = |check| GenerateArgs { document: Some(document.clone()), check, out: Some(folder.clone()) };
        run(&args(false), &shell)?;
        let [leftover, own] = ["leftover.rs", "own.rs"].map(|name| folder.join("src/runtime").join(name));
        fs::write(&leftover, "// @generated by openapi-steward. Do not edit.\n")?;
        fs::write(&own, "//! Hand-written.\n")?;
        assert_eq!(run(&args(true), &shell)?, Outcome::Stale);
        assert!(leftover.exists(), "a check removes nothing");
        assert_eq!(run(&args(false), &shell)?, Outcome::Success);
        assert_eq!((leftover.exists(), own.exists()), (false, true));
        assert_eq!(run(&args(true), &shell)?, Outcome::Success);
        fs::remove_dir_all(&folder)?;
        assert!(captured.text().contains("Leftover") && captured.text().contains("Removed"));
        Ok(())
    }

    #[test]
    fn the_generated_code_of_the_runtime_tests_is_fresh() -> Result<(), Box<dyn std::error::Error>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let project = Project::open(Some(&folder.join("fixtures/other.yaml")))?;
        let expected =
            code(&project, "fixtures/other.yaml", &Shell::captured().0).map_err(|findings| format!("{findings:?}"))?;
        let actual = fs::read_to_string(folder.join("src/generated.rs"))?;
        assert!(
            expected == actual,
            "run `openapi-steward generate` for fixtures/other.yaml, and copy its generated.rs"
        );
        Ok(())
    }
}
