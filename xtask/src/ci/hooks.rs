//! The hooks for pre-commit, run in a repository of somebody else as pre-commit would run them.

use openapi_steward::cli::Shell;
use serde_json::Value;

use super::foreign::{self, DOCUMENT, End, Repository, breaking, with_mistake};
use super::yaml::{self, text};

const FILE: &str = ".pre-commit-hooks.yaml";
const SETTINGS: &str = "document = \"api.yaml\"\n\n[[crates]]\npath = \"client\"\n";

/// Runs the entry of each hook, on a document without and with what it is to find.
pub(super) fn check(shell: &Shell) -> Result<(), String> {
    if !foreign::can_run() {
        shell.attention("Skipped", "hooks: there is no git or no sh");
        return Ok(());
    }
    let hooks = yaml::read(FILE)?;
    let program = foreign::steward()?;
    let path = foreign::path_with(program.parent().unwrap_or(&program))?;
    let repository = Repository::new("hooks")?;
    let run = |id: &str| {
        let entry = entry(&hooks, id)?;
        let mut words = entry.split(' ');
        let mut command = repository.command(words.next().unwrap_or_default());
        End::of(command.args(words).env("PATH", &path))
    };
    repository.write("api.yaml", DOCUMENT)?;
    repository.write("steward.toml", SETTINGS)?;
    repository.write("client/Cargo.toml", "[package]\nname = \"client\"\nversion = \"1.0.0\"\n")?;
    // Before the first commit there is nothing to compare with.
    run("openapi-steward-diff")?.expect("a new repository", 0, "New api.yaml")?;
    repository.commit()?;
    for id in ["openapi-steward-validate", "openapi-steward-diff"] {
        run(id)?.expect(id, 0, "api.yaml")?;
    }
    repository.write("api.yaml", &with_mistake())?;
    run("openapi-steward-validate")?.expect("a mistake", 1, "--> api.yaml:13:")?;
    repository.write("api.yaml", &breaking())?;
    run("openapi-steward-diff")?.expect("a breaking change", 5, "the maximum was 100 and is 10")
}

/// The command of a hook.
fn entry<'a>(hooks: &'a Value, id: &str) -> Result<&'a str, String> {
    let mut hooks = hooks.as_array().into_iter().flatten();
    let hook = hooks.find(|hook| hook["id"] == id).ok_or_else(|| format!("{FILE} has no hook `{id}`"))?;
    text(hook, "/entry").map_err(|error| format!("{FILE}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hook_runs_the_installed_command_once() -> Result<(), String> {
        let hooks = yaml::read(FILE)?;
        let hooks = hooks.as_array().ok_or("there are no hooks")?;
        assert_eq!(hooks.len(), 2);
        for hook in hooks {
            assert!(text(hook, "/entry")?.starts_with("openapi-steward "), "{hook}");
            // pre-commit would pass every changed file as a document.
            assert_eq!((&hook["pass_filenames"], text(hook, "/language")?), (&Value::Bool(false), "system"), "{hook}");
            assert!(hook["name"].is_string() && hook["description"].is_string() && hook["files"].is_string(), "{hook}");
        }
        Ok(())
    }
}
