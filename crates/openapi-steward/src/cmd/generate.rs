//! `generate`: writes all files that are generated from a document, or reports the stale ones.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use super::args::GenerateArgs;
use super::checked_code::{Refusal, checked_code, name_problem, settings};
use super::findings::refuse;
use super::output::{self, GeneratedFile};
use super::own_files::{keep_own, remove_leftovers};
use super::shell::Shell;
use super::{api, schema};
use crate::codegen::package::{self, Licence, Parts};
use crate::codegen::{Generated, Scope};
use crate::document::{Diagnostic, Node};
use crate::files::Mode;
use crate::outcome::{CouldNotRun, Outcome};
use crate::project::{Package, Project};
use crate::rules;
use crate::text::{count, list};

const ORIGIN: &str = "the generated code";

pub(super) fn run(args: &GenerateArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let project = Project::open(args.document.as_deref())?;
    let mode = Mode::of(args.check);
    if let Some(folder) = &args.out {
        return standalone(&project, folder, args, shell);
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
    let Some((_, Generated { code, .. })) = code(project, &name, Scope::Client, shell)? else {
        return Ok(Outcome::Findings);
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
fn standalone(project: &Project, folder: &Path, args: &GenerateArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let (started, mode) = (Instant::now(), Mode::of(args.check));
    let scope = if args.types_only { Scope::Types } else { Scope::Client };
    let path = Path::new(&project.source.path);
    // The crate is for other machines: it does not name the folder of the document.
    let document = path.file_name().unwrap_or_default().to_string_lossy();
    let Some((root, generated)) = code(project, &document, scope, shell)? else { return Ok(Outcome::Findings) };
    let name = package::crate_name(folder);
    let (files, code) = {
        let parts = Parts::new(&name, &document, &root, &project.config.formats, &generated);
        (parts.files(args.with_tests), parts.all_code())
    };
    let mut files: Vec<GeneratedFile> = files
        .into_iter()
        .map(|(name, content)| GeneratedFile { path: folder.join(name), content, origin: ORIGIN })
        .collect();
    files.push(GeneratedFile { path: folder.join("src/generated.rs"), content: generated.code, origin: ORIGIN });
    keep_own(&mut files, &code, shell)?;
    if let Licence::Other(licence) = Licence::of(&root) {
        shell.attention("No licence", format!("`{licence}` is not an SPDX name, so Cargo.toml has no `license`"));
    }
    let leftovers = remove_leftovers(&folder.join("src/runtime"), &code, mode, shell)?;
    let changed = output::apply(&files, mode, shell)? + leftovers;
    let summary = format!("{} in {:.2}s", folder.display(), started.elapsed().as_secs_f64());
    Ok(finish(project, changed, mode, &summary, &format!("{} is", folder.display()), shell))
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

/// Generates the code of a document, with a header that names the document. Returns the document as well, or nothing after it has
/// printed the findings.
fn code(project: &Project, name: &str, scope: Scope, shell: &Shell) -> Result<Option<(Node, Generated)>, CouldNotRun> {
    let refuse = |findings: &[Diagnostic]| {
        refuse(findings, &project.source, "nothing was generated", shell);
        Ok(None)
    };
    let (document, without_effect) = match rules::parse_for_generator(&project.source) {
        Ok(document) => document,
        Err(findings) => return refuse(&findings),
    };
    if !without_effect.is_empty() {
        let rules: BTreeSet<&str> = without_effect.iter().map(|finding| finding.rule).collect();
        let (findings, command) = (count(without_effect.len(), "finding"), &project.config.command);
        shell.attention(
            "Ignored",
            format!("{findings} of `{command} validate` without effect on the code: {}", list(rules)),
        );
    }
    let mut generated = match checked_code(&document, settings(&project.config, scope)) {
        Ok(generated) => generated,
        Err(Refusal::Findings(findings)) => return refuse(&findings),
        Err(Refusal::Name(problem)) => return Err(name_problem(&project.config, &problem)),
    };
    let command = &project.config.command;
    let header = format!(
        "// @generated by `{command} generate` from {name}. Do not edit: change the spec and run it again.\n\n"
    );
    generated.code.insert_str(0, &header);
    Ok(Some((document.root, generated)))
}

#[cfg(test)]
mod tests {
    use std::{fs, io};

    use super::*;

    #[test]
    fn a_standalone_crate_is_generated_deterministically() -> Result<(), Box<dyn std::error::Error>> {
        let folder = std::env::temp_dir().join(format!("steward-{}-standalone", std::process::id()));
        let (shell, captured) = Shell::captured();
        let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/other.yaml");
        let args = |check| GenerateArgs {
            document: Some(document.clone()),
            check,
            out: Some(folder.clone()),
            ..GenerateArgs::default()
        };
        assert_eq!(run(&args(true), &shell)?, Outcome::Stale);
        assert!(!folder.exists(), "a check writes nothing");
        assert_eq!((run(&args(false), &shell)?, run(&args(true), &shell)?), (Outcome::Success, Outcome::Success));
        let code = fs::read_to_string(folder.join("src/generated.rs"))?;
        assert!(code.starts_with("// @generated by `openapi-steward generate` from other.yaml."), "{code:.100}");
        fs::remove_dir_all(&folder)?;
        assert!(captured.text().contains("Wrote"));
        Ok(())
    }

    /// Generates a standalone crate of a document in a new folder, and changes files before it is generated once more. Returns the
    /// folder and the output.
    fn generated_twice(
        name: &str,
        args: &GenerateArgs,
        change: impl Fn(&Path) -> io::Result<()>,
    ) -> Result<(std::path::PathBuf, String), Box<dyn std::error::Error>> {
        let folder = std::env::temp_dir().join(format!("steward-{}-{name}", std::process::id()));
        let (shell, captured) = Shell::captured();
        let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/other.yaml");
        let args = GenerateArgs { document: Some(document), out: Some(folder.clone()), ..args.clone() };
        assert_eq!(run(&args, &shell)?, Outcome::Success);
        change(&folder)?;
        assert_eq!(run(&args, &shell)?, Outcome::Success);
        assert_eq!(run(&GenerateArgs { check: true, ..args }, &shell)?, Outcome::Success);
        Ok((folder, captured.text()))
    }

    #[test]
    fn a_file_without_the_marker_is_kept_and_told_what_it_misses() -> Result<(), Box<dyn std::error::Error>> {
        let own = "[package]\nname = \"mine\"\n\n[dependencies]\nreqwest = \"0.13\"\n";
        let (folder, output) = generated_twice("kept", &GenerateArgs::default(), |folder| {
            fs::write(folder.join("Cargo.toml"), own)?;
            fs::write(folder.join("src/own.rs"), "//! Mine.\n")?;
            fs::write(folder.join("README.md"), "<!-- @generated by openapi-steward. Do not edit. -->\nEdited.\n")
        })?;
        let text = |name: &str| fs::read_to_string(folder.join(name));
        assert_eq!((text("Cargo.toml")?, text("src/own.rs")?), (own.to_owned(), "//! Mine.\n".to_owned()));
        assert!(!text("README.md")?.contains("Edited."), "its first line says that it is generated");
        fs::remove_dir_all(&folder)?;
        assert!(output.contains("Kept") && output.contains("has no dependency `http = \"1.2\"`"), "{output}");
        assert!(!output.contains("has no dependency `reqwest"), "{output}");
        Ok(())
    }

    #[test]
    fn the_conformance_test_calls_each_operation() -> Result<(), Box<dyn std::error::Error>> {
        let args = GenerateArgs { with_tests: true, ..GenerateArgs::default() };
        let (folder, _) = generated_twice("conformance", &args, |_| Ok(()))?;
        let tests = fs::read_to_string(folder.join("tests/conformance/main.rs"))?;
        let code = fs::read_to_string(folder.join("src/generated.rs"))?;
        let operations = code.matches("crate::runtime::Operation {").count();
        assert_eq!(tests.matches("#[tokio::test]").count(), operations);
        assert!(!tests.contains("Left out"), "{tests:.600}");
        fs::remove_dir_all(&folder)?;
        Ok(())
    }

    #[test]
    fn names_come_from_steward_toml_and_their_mistakes_have_a_line() -> Result<(), Box<dyn std::error::Error>> {
        let folder = std::env::temp_dir().join(format!("steward-{}-names", std::process::id()));
        fs::create_dir_all(&folder)?;
        let document = folder.join("books.yaml");
        fs::write(&document, include_str!("../../fixtures/bookshop.yaml"))?;
        let entry = |at: &str| format!("\n[[names]]\nat = \"#{at}\"\nname = \"Novel\"\n");
        let (shell, _) = Shell::captured();
        let out = Some(folder.join("client"));
        let args = GenerateArgs { document: Some(document), out, ..GenerateArgs::default() };
        fs::write(folder.join("steward.toml"), entry("/components/schemas/Book"))?;
        assert_eq!(run(&args, &shell)?, Outcome::Success);
        assert!(fs::read_to_string(folder.join("client/src/generated.rs"))?.contains("pub struct Novel {"));
        fs::write(folder.join("steward.toml"), entry("/components/schemas/Novel"))?;
        let error = run(&args, &shell).err().map(|error| error.0).unwrap_or_default();
        let expected = "steward.toml:2: the document has nothing at `#/components/schemas/Novel`";
        assert!(error.ends_with(expected), "{error}");
        Ok(fs::remove_dir_all(&folder)?)
    }

    #[test]
    fn types_alone_have_no_client() -> Result<(), Box<dyn std::error::Error>> {
        let args = GenerateArgs { types_only: true, ..GenerateArgs::default() };
        let (folder, _) = generated_twice("types", &args, |_| Ok(()))?;
        let text = |name: &str| fs::read_to_string(folder.join(name));
        assert!(!text("Cargo.toml")?.contains("reqwest") && !text("src/generated.rs")?.contains("reqwest"));
        assert!(text("src/generated.rs")?.contains("pub struct MediaV1Recording"));
        assert!(!folder.join("examples").exists() && !folder.join("src/credentials.rs").exists());
        fs::remove_dir_all(&folder)?;
        Ok(())
    }

    #[test]
    fn a_file_of_an_earlier_runtime_is_reported_and_removed() -> Result<(), Box<dyn std::error::Error>> {
        let folder = std::env::temp_dir().join(format!("steward-{}-leftover", std::process::id()));
        let (shell, captured) = Shell::captured();
        let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/other.yaml");
        let args = |check| GenerateArgs {
            document: Some(document.clone()),
            check,
            out: Some(folder.clone()),
            ..GenerateArgs::default()
        };
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
        let (shell, captured) = Shell::captured();
        let expected = code(&project, "fixtures/other.yaml", Scope::Client, &shell)?.ok_or_else(|| captured.text())?;
        let expected = expected.1.code;
        let actual = fs::read_to_string(folder.join("src/generated.rs"))?;
        assert!(
            expected == actual,
            "run `openapi-steward generate` for fixtures/other.yaml, and copy its generated.rs"
        );
        Ok(())
    }
}
