//! The examples of the client: each runs against a sandbox, and prints what the README shows.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use openapi_steward::cli::{Shell, short_diff};

use super::markdown;
use crate::cargo::PROGRAMS;
use crate::cargo::{executables, output};
use crate::workspace::root;

/// The README with the output of the examples.
const README: &str = "README.md";
/// The folder of the examples.
const FOLDER: &str = "crates/twilio-rooms/examples";

/// A command in the README with the output that the README shows.
#[derive(Debug, PartialEq, Eq)]
struct Shown<'a> {
    line: usize,
    example: &'a str,
    output: &'a str,
}

/// Runs each example, and compares its output with that in the README.
pub(super) fn check(_shell: &Shell) -> Result<(), String> {
    let readme = fs::read_to_string(root().join(README)).map_err(|error| format!("cannot read {README}: {error}"))?;
    let shown = shown(&readme);
    let names: BTreeSet<&str> = shown.iter().map(|shown| shown.example).collect();
    let examples = examples().map_err(|error| format!("cannot read {FOLDER}: {error}"))?;
    if let Some(missing) = examples.iter().find(|example| !names.contains(example.as_str())) {
        return Err(format!("{README} does not show what the example {missing} prints"));
    }
    let programs = executables(&PROGRAMS)?;
    for Shown { line, example, output: expected } in shown {
        let program =
            programs.get(example).ok_or_else(|| format!("{README}:{line}: there is no example `{example}`"))?;
        let mut command = Command::new(program);
        for variable in ["TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"] {
            command.env_remove(variable);
        }
        let printed = output(&mut command)?.stdout;
        let printed = String::from_utf8_lossy(&printed);
        if printed.trim_end() != expected.trim_end() {
            let difference = short_diff(README, "the output of the example", expected, &printed);
            return Err(format!("{README}:{line}: the example {example} prints something else\n{difference}"));
        }
    }
    Ok(())
}

/// The names of the examples.
fn examples() -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join(FOLDER))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".rs").map(str::to_owned));
    }
    Ok(names)
}

/// The commands of a page that run an example, with their output.
fn shown(page: &str) -> Vec<Shown<'_>> {
    let blocks = markdown::blocks(page).into_iter().filter(|block| block.language() == "console");
    let shown = blocks.filter_map(|block| {
        let (command, output) = block.text.split_once('\n')?;
        let example = command.strip_prefix("$ cargo run")?.split_once("--example ")?.1;
        Some(Shown { line: block.line, example: example.split(' ').next()?, output })
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_a_command_and_its_output() {
        let page =
            "```console\n$ cargo run -p a --example b --features c\none\ntwo\n```\n```sh\ncargo run --example d\n```\n";
        assert_eq!(shown(page), [Shown { line: 1, example: "b", output: "one\ntwo\n" }]);
    }

    #[test]
    fn the_examples_are_found() {
        assert!(examples().is_ok_and(|names| names.iter().any(|name| name == "list_rooms")));
    }
}
