//! Calls of cargo, for the tasks that build or inspect packages.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::workspace::root;

/// The selection of all programs that CI runs beside the tests. It includes the examples for the sake of cargo, which then selects
/// the same features as for `cargo test --workspace`, and compiles no dependency again.
pub(crate) const PROGRAMS: [&str; 4] = ["--workspace", "--examples", "--bin", "bench"];

/// A call of cargo in the root of the workspace.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments);
    command
}

/// Runs the command and shows its progress, which cargo writes to standard error. If the command fails, the error has its
/// standard output.
pub(crate) fn run(command: &mut Command) -> Result<Output, String> {
    output(command.stderr(Stdio::inherit()))
}

/// Runs the command and shows nothing. If the command fails, the error has all its output.
pub(crate) fn output(command: &mut Command) -> Result<Output, String> {
    let shown = show(command);
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("cannot run {shown}: {error}"))?;
    if output.status.success() {
        return Ok(output);
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Err(format!("{}{}\n{shown} ended with {}", text(&output.stdout), text(&output.stderr), output.status))
}

/// Builds the executables that the arguments select, and returns the path of each by its name.
pub(crate) fn executables(arguments: &[&str]) -> Result<BTreeMap<String, PathBuf>, String> {
    let arguments = [&["build", "--message-format", "json-render-diagnostics"], arguments].concat();
    // Cargo shows the errors as text, and its messages would only hide them.
    let without_messages =
        |error: String| error.lines().filter(|line| !line.starts_with('{')).collect::<Vec<_>>().join("\n");
    let output = run(&mut cargo(&arguments)).map_err(without_messages)?;
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(messages.lines().filter_map(executable).collect())
}

/// The name and the path of the executable that a message of cargo is about.
fn executable(message: &str) -> Option<(String, PathBuf)> {
    let message: Value = serde_json::from_str(message).ok()?;
    let path = message["executable"].as_str()?;
    Some((message["target"]["name"].as_str()?.to_owned(), PathBuf::from(path)))
}

/// The packages of the workspace, as `cargo metadata` describes them.
pub(crate) fn packages() -> Result<Vec<Value>, String> {
    let metadata = output(&mut cargo(&["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata: Value =
        serde_json::from_slice(&metadata.stdout).map_err(|error| format!("cargo metadata is not JSON: {error}"))?;
    Ok(metadata["packages"].as_array().cloned().unwrap_or_default())
}

/// The command as a person would type it.
fn show(command: &Command) -> String {
    let program = command.get_program();
    let name = PathBuf::from(program).file_stem().unwrap_or(program).to_string_lossy().into_owned();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    let words: Vec<String> = std::iter::once(name).chain(arguments).collect();
    format!("`{}`", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_command_is_shown_with_its_output() {
        let finding = output(&mut cargo(&["no-such-command"])).err().unwrap_or_default();
        assert!(
            finding.contains("no such command") && finding.contains("`cargo no-such-command` ended with"),
            "{finding}"
        );
    }

    #[test]
    fn only_messages_about_executables_name_one() {
        let message = r#"{"reason":"compiler-artifact","target":{"name":"bench"},"executable":"/target/debug/bench"}"#;
        assert_eq!(executable(message), Some(("bench".to_owned(), PathBuf::from("/target/debug/bench"))));
        let library = r#"{"reason":"compiler-artifact","target":{"name":"tests"},"executable":null}"#;
        assert_eq!((executable(library), executable("not JSON")), (None, None));
    }

    #[test]
    fn the_workspace_has_packages() {
        let packages = packages().unwrap_or_default();
        assert!(packages.iter().any(|package| package["name"] == "twilio-rooms"));
    }
}
