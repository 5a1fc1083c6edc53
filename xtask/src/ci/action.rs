//! The GitHub Action of this repository, run in repositories of others as a workflow would run it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use openapi_steward::cli::{self, Shell};
use serde_json::Value;

use super::foreign::{self, DOCUMENT, End, Repository, breaking, with_mistake};
use super::yaml::{self, text};
use crate::folders;
use crate::workspace::root;

/// A manifest of a crate, whose version a breaking change has to raise.
const SETTINGS: &str = "document = \"api.yaml\"\n\n[[crates]]\npath = \"client\"\n";
const MANIFEST: &str = "[package]\nname = \"client\"\nversion = \"1.0.0\"\n";

/// Runs the action in each situation that it is made for.
pub(super) fn check(shell: &Shell) -> Result<(), String> {
    if !foreign::can_run() {
        shell.attention("Skipped", "action: there is no git or no sh");
        return Ok(());
    }
    let action = Action { program: foreign::steward()?, manifest: yaml::read("action.yml")? };
    for check in [findings, changes, pull_request, new_document, reports, hostile_inputs, releases, building] {
        check(&action)?;
    }
    Ok(())
}

/// The action, and the program that it runs.
struct Action {
    program: PathBuf,
    manifest: Value,
}

impl Action {
    /// The step of the action with these inputs. The other inputs have their defaults.
    fn step(&self, repository: &Repository, inputs: &[(&str, &str)]) -> Result<Command, String> {
        let step = &self.manifest["runs"]["steps"][0];
        let mut command = repository.command("sh");
        command.args(["-c", text(step, "/run")?]);
        for (name, expression) in step["env"].as_object().ok_or("the step has no `env`")? {
            command.env(name, self.value(expression.as_str().unwrap_or_default(), inputs)?);
        }
        let temporary = repository.folder.with_extension("temporary");
        folders::clear(&temporary)?;
        fs::create_dir_all(&temporary).map_err(|error| format!("cannot create {}: {error}", temporary.display()))?;
        command.env("GITHUB_ACTIONS", "true").env("GITHUB_ACTION_PATH", root());
        command.env("GITHUB_STEP_SUMMARY", temporary.join("summary.md"));
        command.env("GITHUB_OUTPUT", temporary.join("output")).env("RUNNER_TEMP", temporary);
        command.env("STEWARD_BIN", &self.program);
        Ok(command)
    }

    /// The value of an expression such as `${{ inputs.base }}`.
    fn value(&self, expression: &str, inputs: &[(&str, &str)]) -> Result<String, String> {
        let name = expression.strip_prefix("${{ ").and_then(|rest| rest.strip_suffix(" }}")).unwrap_or_default();
        if let Some((_, value)) = inputs.iter().find(|(input, _)| name.ends_with(&format!(".{input}"))) {
            return Ok((*value).to_owned());
        }
        match name.split_once('.') {
            Some(("inputs", input)) => Ok(text(&self.manifest["inputs"], &format!("/{input}/default"))?.to_owned()),
            Some(("github", _)) => Ok(String::new()),
            _ => Err(format!("action.yml: cannot evaluate `{expression}`")),
        }
    }

    fn run(&self, repository: &Repository, inputs: &[(&str, &str)]) -> Result<End, String> {
        End::of(&mut self.step(repository, inputs)?)
    }
}

/// A repository with a document and a crate, in one commit.
fn repository(name: &str) -> Result<Repository, String> {
    let repository = Repository::new(name)?;
    repository.write("api.yaml", DOCUMENT)?;
    repository.write("steward.toml", SETTINGS)?;
    repository.write("client/Cargo.toml", MANIFEST)?;
    repository.commit()?;
    Ok(repository)
}

/// A file that the step has written.
fn written(repository: &Repository, name: &str) -> String {
    fs::read_to_string(repository.folder.with_extension("temporary").join(name)).unwrap_or_default()
}

fn findings(action: &Action) -> Result<(), String> {
    let repository = repository("findings")?;
    action.run(&repository, &[])?.expect("a valid document", 0, "Valid api.yaml")?;
    repository.write("api.yaml", &with_mistake())?;
    action.run(&repository, &[])?.expect("a mistake", 1, "::error file=api.yaml,line=13")?;
    action.run(&repository, &[("fail-on", "never")])?.expect(
        "a mistake that is allowed",
        0,
        "::error file=api.yaml",
    )?;
    let human = action.run(&repository, &[("document", "api.yaml"), ("format", "human")])?;
    human.expect("a mistake for people", 1, "--> api.yaml:13:")
}

fn changes(action: &Action) -> Result<(), String> {
    let repository = repository("changes")?;
    let first = repository.git(&["rev-parse", "HEAD"])?;
    repository.write("api.yaml", &breaking())?;
    repository.commit()?;
    action.run(&repository, &[("event.before", &first)])?.expect(
        "a breaking push",
        5,
        "the maximum was 100 and is 10",
    )?;
    let summary = written(&repository, "summary.md");
    if !summary.contains("the maximum was 100 and is 10") {
        return Err(format!("the summary page lacks the change:\n{summary}"));
    }
    action.run(&repository, &[("base", "HEAD~1")])?.expect("a breaking change", 5, "::error")?;
    action.run(&repository, &[("base", "HEAD~1"), ("fail-on", "error")])?.expect("an allowed change", 0, "api.yaml")?;
    action.run(&repository, &[("base", "none")])?.expect("no comparison", 0, "Valid")?;
    action.run(&repository, &[("base", "missing")])?.expect("an unknown revision", 2, "`missing`")?;
    repository.write("old.yaml", DOCUMENT)?;
    action.run(&repository, &[("base", "old.yaml")])?.expect(
        "a change since a file",
        5,
        "the maximum was 100 and is 10",
    )?;
    repository.write("client/Cargo.toml", &MANIFEST.replace("1.0.0", "2.0.0"))?;
    action.run(&repository, &[("event.before", &first)])?.expect("an announced change", 0, "api.yaml")
}

/// The checkout of a pull request has one commit, and not that of the base branch.
fn pull_request(action: &Action) -> Result<(), String> {
    let origin = repository("origin")?;
    origin.git(&["checkout", "--quiet", "-b", "change"])?;
    origin.write("api.yaml", &breaking())?;
    origin.commit()?;
    let clone = origin.shallow_clone("pull-request", "change")?;
    let mut step = action.step(&clone, &[("document", "api.yaml")])?;
    End::of(step.env("GITHUB_BASE_REF", "main"))?.expect("a pull request", 5, "the maximum was 100 and is 10")
}

/// A pull request that adds the document, in each way that the action can be told of it.
fn new_document(action: &Action) -> Result<(), String> {
    let repository = Repository::new("new")?;
    repository.write("README.md", "Books.\n")?;
    repository.commit()?;
    let first = repository.git(&["rev-parse", "HEAD"])?;
    repository.write("spec/api.yaml", DOCUMENT)?;
    repository.commit()?;
    let given = action.run(&repository, &[("document", "spec/api.yaml"), ("event.before", &first)])?;
    given.expect("a new document", 0, "spec/api.yaml is new")?;
    repository.write("spec/steward.toml", "document = \"api.yaml\"\n")?;
    action.run(&repository, &[("event.before", &first)])?.expect("a new document", 0, "The document is new")?;
    // Its version announces a breaking change, since no crate is made of it.
    repository.write("spec/api.yaml", &breaking())?;
    action.run(&repository, &[])?.expect("a breaking change", 5, "the maximum was 100 and is 10")?;
    repository.write("spec/api.yaml", &breaking().replace("version: 1.0.0", "version: 2.0.0"))?;
    action.run(&repository, &[])?.expect("an announced change", 0, "api.yaml")
}

fn reports(action: &Action) -> Result<(), String> {
    let repository = repository("reports")?;
    repository.write("api.yaml", &with_mistake())?;
    for format in ["sarif", "json", "gitlab"] {
        action.run(&repository, &[("format", format), ("base", "none")])?.expect(format, 1, "1 error")?;
        let name = format!("openapi-steward-report.{format}");
        serde_json::from_str::<Value>(&written(&repository, &name))
            .map_err(|error| format!("the report in {format} is not JSON: {error}"))?;
        let output = written(&repository, "output");
        if !output.trim_end().ends_with(&name) || !output.starts_with("report=") {
            return Err(format!("the action does not name the report: {output}"));
        }
    }
    Ok(())
}

/// No input is evaluated, and none becomes an option.
fn hostile_inputs(action: &Action) -> Result<(), String> {
    let repository = repository("hostile")?;
    for input in ["document", "base", "version", "fail-on", "format"] {
        for value in
            ["\"; touch pwned; \"", "$(touch pwned)", "`touch pwned`", "a' || touch pwned #", "--output=pwned", "-h"]
        {
            let mut step = action.step(&repository, &[(input, value)])?;
            if input == "version" {
                step.env("STEWARD_BIN", "");
            }
            End::of(&mut step)?.expect(&format!("{input}: {value}"), 2, "error")?;
            if fs::read_dir(&repository.folder).map_err(|error| error.to_string())?.count() != 4 {
                return Err(format!("{input}: {value}: the action has written into the repository"));
            }
        }
    }
    Ok(())
}

/// Downloads come from a folder here. The checksum decides whether they are used.
fn releases(action: &Action) -> Result<(), String> {
    let repository = repository("releases")?;
    let releases = repository.folder.with_extension("releases");
    folders::clear(&releases)?;
    let Some(archive) = archive() else { return Ok(()) };
    let folder = releases.join("v1.2.3");
    cli::write(&folder.join("openapi-steward"), "#!/bin/sh\necho the release \"$@\"\n").map_err(|error| error.0)?;
    let pack = format!(
        "chmod +x openapi-steward && tar -czf {archive} openapi-steward && {{ sha256sum {archive} || shasum -a 256 {archive}; }} >{archive}.sha256"
    );
    crate::cargo::output(Command::new("sh").args(["-c", &pack]).current_dir(&folder))?;
    let run = || {
        let mut step = action.step(&repository, &[("version", "1.2.3"), ("document", "api.yaml")])?;
        End::of(step.env("STEWARD_BIN", "").env("STEWARD_RELEASES", &releases))
    };
    run()?.expect("a release", 0, "the release validate --format=github -- api.yaml")?;
    cli::write(&folder.join(format!("{archive}.sha256")), &format!("{:064}  {archive}\n", 0))
        .map_err(|error| error.0)?;
    run()?.expect("a wrong checksum", 2, "checksum")
}

/// The archive for this platform, if there are releases for it.
fn archive() -> Option<String> {
    let platform = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", arch @ ("x86_64" | "aarch64")) => format!("{arch}-unknown-linux-gnu"),
        ("macos", arch @ ("x86_64" | "aarch64")) => format!("{arch}-apple-darwin"),
        _ => return None,
    };
    Some(format!("openapi-steward-{platform}.tar.gz"))
}

/// Without a release, cargo builds the version. This cargo only prints its arguments.
fn building(action: &Action) -> Result<(), String> {
    const CARGO: &str = "#!/bin/sh\necho \"cargo $*\" >&2\nroot=$5\nprintf '#!/bin/sh\\necho built\\n' >\"$root/bin/openapi-steward\"\nchmod +x \"$root/bin/openapi-steward\"\n";
    let repository = repository("building")?;
    let bin = repository.folder.with_extension("bin");
    cli::write(&bin.join("cargo"), CARGO).map_err(|error| error.0)?;
    crate::cargo::output(Command::new("chmod").arg("+x").arg(bin.join("cargo")))?;
    let run = |version: &str| {
        let mut step = action.step(&repository, &[("version", version), ("document", "api.yaml")])?;
        End::of(step.env("STEWARD_BIN", "").env("PATH", foreign::path_with(&bin)?))
    };
    let own = run("")?;
    own.expect(
        "a build of this repository",
        0,
        &format!("--path {}", root().join("crates/openapi-steward").display()),
    )?;
    own.expect("a build of this repository", 0, "built")?;
    run("1.2.3")?.expect("a build of a version", 0, "openapi-steward --version 1.2.3")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_reads_what_the_action_passes() -> Result<(), String> {
        let manifest = yaml::read("action.yml")?;
        let step = &manifest["runs"]["steps"][0];
        let script = fs::read_to_string(root().join(".github/action/steward.sh")).map_err(|error| error.to_string())?;
        let passed = step["env"].as_object().ok_or("the step has no `env`")?;
        for name in passed.keys() {
            assert!(script.contains(&format!("${{{name}:-")), "{name} is not read");
            assert!(script.contains(&format!("\n#   {name} ")), "{name} is not explained");
        }
        for input in manifest["inputs"].as_object().ok_or("the action has no inputs")?.keys() {
            assert!(passed.values().any(|value| *value == format!("${{{{ inputs.{input} }}}}")), "{input} is not used");
        }
        Ok(())
    }
}
