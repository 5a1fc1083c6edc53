//! Programs and libraries of others as references, where they are installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use super::comparison::{Runner, compare, run_in_turn};
use super::row::{Aim, Measured, Row, Unit};
use super::setup::Scale;
use super::workloads::{self, Run};
use crate::dist;
use crate::folders;
use crate::workspace::{SPEC, root};

/// The locations of the tools.
#[derive(Debug)]
pub(super) struct Tools {
    /// A Python interpreter with the official library.
    pub(super) python: PathBuf,
    /// The `node_modules` with the Node tools; by default, `NODE_PATH` and `PATH` locate them.
    pub(super) node_modules: Option<PathBuf>,
    pub(super) progenitor: PathBuf,
}

/// A tool with its arguments.
#[derive(Debug, Clone)]
pub(super) struct Tool {
    program: PathBuf,
    arguments: Vec<PathBuf>,
    node_modules: Option<PathBuf>,
}

impl Tool {
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(root()).args(&self.arguments);
        if let Some(modules) = &self.node_modules {
            command.env("NODE_PATH", modules);
        }
        command
    }

    /// The tool if it runs with these arguments, or else the command that installs it.
    fn check(self, arguments: &[&str], install: &str) -> Result<Self, String> {
        let probe = Self { arguments: arguments.iter().map(PathBuf::from).collect(), ..self.clone() };
        if succeeds(&mut probe.command()) { Ok(self) } else { Err(format!("not installed: `{install}`")) }
    }
}

impl Tools {
    /// The script that lists rooms with the official library for Python.
    pub(super) fn python(&self) -> Result<Tool, String> {
        let arguments = vec![root().join("xtask/bench/scripts/stream.py")];
        let tool = Tool { program: self.python.clone(), arguments, node_modules: None };
        tool.check(&["-c", "import twilio.rest"], "pip install twilio")
    }

    /// The script that lists rooms with the official library for Node.
    pub(super) fn node(&self) -> Result<Tool, String> {
        let arguments = vec![root().join("xtask/bench/scripts/stream.cjs")];
        let tool = Tool { program: "node".into(), arguments, node_modules: self.node_modules.clone() };
        tool.check(&["-e", "require('twilio')"], "npm install twilio")
    }

    pub(super) fn spectral(&self, arguments: &[&str]) -> Result<Tool, String> {
        self.node_tool("spectral", arguments, "npm install @stoplight/spectral-cli")
    }

    pub(super) fn redocly(&self, arguments: &[&str]) -> Result<Tool, String> {
        self.node_tool("redocly", arguments, "npm install @redocly/cli")
    }

    pub(super) fn openapi_spec_validator(&self, arguments: &[&str]) -> Result<Tool, String> {
        let arguments = ["-m", "openapi_spec_validator"].iter().chain(arguments).map(PathBuf::from).collect();
        let tool = Tool { program: self.python.clone(), arguments, node_modules: None };
        tool.check(&["-c", "import openapi_spec_validator"], "pip install openapi-spec-validator")
    }

    fn node_tool(&self, name: &str, arguments: &[&str], install: &str) -> Result<Tool, String> {
        let program = self.node_modules.as_ref().map_or_else(|| name.into(), |modules| modules.join(".bin").join(name));
        let tool = Tool { program, arguments: arguments.iter().map(PathBuf::from).collect(), node_modules: None };
        tool.check(&["--version"], install)
    }
}

/// Checks a generated client, and generates one with the generator that the steward uses.
pub(super) fn generation(tools: &Tools, scale: &Scale, folder: &Path) -> Result<Vec<Row>, String> {
    // The generator panics on the document as it is, for instance on examples of a body.
    let input = openapi_steward::progenitor_input(&root().join(SPEC)).map_err(|error| error.0)?;
    let document = folder.join("readable.json");
    let written = std::fs::write(&document, input.to_string());
    written.map_err(|error| format!("cannot write {}: {error}", document.display()))?;
    let document = document.to_string_lossy();
    let arguments =
        ["progenitor", "--input", &document, "--name", "rooms-by-progenitor", "--version", "0.1.0", "--output"];
    let mut arguments: Vec<PathBuf> = arguments.iter().map(PathBuf::from).collect();
    arguments.push(folder.join("by-progenitor"));
    let tool = Tool { program: tools.progenitor.clone(), arguments, node_modules: None };
    let progenitor = tool.check(&["progenitor", "--help"], "cargo install cargo-progenitor");
    let result = timed(&ours(&["generate", SPEC, "--check"])?, &progenitor, scale);
    let reference = "cargo-progenitor, given a document that it can read";
    let what = "generate --check, with validation, formatting and the public API";
    Ok(vec![Row { name: "generate", what, reference, aim: Aim::Times(1.5), result }])
}

/// Validates the spec.
pub(super) fn validation(tools: &Tools, scale: &Scale, folder: &Path) -> Result<Vec<Row>, String> {
    let ruleset = folder.join("spectral.yaml");
    let written = std::fs::write(&ruleset, "extends: [\"spectral:oas\"]\n");
    written.map_err(|error| format!("cannot write {}: {error}", ruleset.display()))?;
    let ruleset = ruleset.to_string_lossy();
    let spectral = tools.spectral(&["lint", "--ruleset", &ruleset, SPEC]);
    let redocly = tools.redocly(&["lint", SPEC]);
    let whole = ours(&["validate", SPEC])?;
    let rules = ours(&["validate", &copy_document(folder)?])?;
    let row = |name, what, reference, ours: &Tool, theirs| Row {
        name,
        what,
        reference,
        aim: Aim::Times(0.1),
        result: timed(ours, theirs, scale),
    };
    let (both, alone) = ("validate the spec and its examples", "the same, without trying the generator");
    Ok(vec![
        row("validate-spectral", both, "Spectral", &whole, &spectral),
        row("validate-redocly", both, "Redocly", &whole, &redocly),
        row("validate-rules", alone, "Redocly", &rules, &redocly),
    ])
}

/// Copies the document and its examples to a folder without `steward.toml`, where no crate is generated, and returns its path there.
fn copy_document(folder: &Path) -> Result<String, String> {
    let (spec, copied) = (root().join(SPEC), folder.join("spec"));
    let (source, name) = (spec.parent().unwrap_or(&spec), spec.file_name().unwrap_or_default());
    let document = copied.join(name);
    folders::clear(&copied)?;
    let copy = folders::copy(&source.join("examples"), &copied.join("examples"));
    copy.and_then(|()| std::fs::copy(&spec, &document))
        .map_err(|error| format!("cannot copy {}: {error}", spec.display()))?;
    Ok(document.to_string_lossy().into_owned())
}

/// A command of the steward.
fn ours(arguments: &[&str]) -> Result<Tool, String> {
    Ok(Tool {
        program: dist::released("openapi-steward")?,
        arguments: arguments.iter().map(PathBuf::from).collect(),
        node_modules: None,
    })
}

fn timed(ours: &Tool, theirs: &Result<Tool, String>, scale: &Scale) -> Measured {
    let theirs = match theirs {
        Ok(theirs) => theirs,
        Err(why) => return Measured::Skipped(why.clone()),
    };
    let run = |tool: &'_ Tool| -> Runner<'_> {
        let tool = tool.clone();
        Box::new(move || {
            let started = Instant::now();
            workloads::output(&mut tool.command())?;
            Ok(Run::timed(started.elapsed().as_secs_f64()))
        })
    };
    let [ours, theirs] = run_in_turn(scale.rounds, &[Ok(run(ours)), Ok(run(theirs))]);
    compare(&ours, &theirs, Unit::Seconds, |run| Some(run.seconds))
}

/// Returns `true` if the program is installed.
pub(super) fn exists(program: &str) -> bool {
    succeeds(Command::new(program).arg("--version"))
}

fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_tool_is_skipped_with_the_command_that_installs_it() {
        let nowhere = PathBuf::from("no-such-folder/no-such-program");
        let tools = Tools { python: nowhere.clone(), node_modules: Some(nowhere.clone()), progenitor: nowhere };
        assert_eq!(tools.python().err().as_deref(), Some("not installed: `pip install twilio`"));
        let spectral = tools.node_tool("spectral", &[], "npm install @stoplight/spectral-cli").map(|_| ());
        let scale = Scale::quick();
        let tool = spectral.clone().map(|()| Tool { program: PathBuf::new(), arguments: vec![], node_modules: None });
        let ours = Tool { program: PathBuf::new(), arguments: vec![], node_modules: None };
        let measured = timed(&ours, &tool, &scale);
        let why = "not installed: `npm install @stoplight/spectral-cli`".to_owned();
        assert_eq!(measured, Measured::Skipped(why));
    }
}
