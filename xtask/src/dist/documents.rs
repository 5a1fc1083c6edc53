//! The completions for shells and the manual pages of a program.

use std::fs;
use std::path::Path;
use std::process::Command;

use clap::{Arg, ArgAction, Subcommand as _};
use clap_complete::Shell;

use super::help;
use crate::cargo::output;

/// The shells, and the file that each of them looks for.
const SHELLS: [(Shell, &str); 4] = [
    (Shell::Bash, "{program}.bash"),
    (Shell::Zsh, "_{program}"),
    (Shell::Fish, "{program}.fish"),
    (Shell::PowerShell, "_{program}.ps1"),
];

/// Writes both into the folder of an archive. A program that prints them itself knows best; those of the others are made of their
/// commands, or of the text of `--help`.
pub(super) fn write(program: &str, executable: &Path, folder: &Path) -> Result<(), String> {
    let (completions, man) = (folder.join("completions"), folder.join("man"));
    for folder in [&completions, &man] {
        fs::create_dir_all(folder).map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    }
    let help = output(Command::new(executable).arg("--help"))?;
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    if program != "openapi-steward" && help.lines().any(|line| line.trim_start().starts_with("completions ")) {
        for (shell, file) in SHELLS {
            let script = output(Command::new(executable).arg("completions").arg(shell.to_string()))?;
            let file = completions.join(file.replace("{program}", program));
            fs::write(&file, script.stdout).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
        }
        output(Command::new(executable).args(["man", "--dir"]).arg(&man))?;
        return Ok(());
    }
    let mut command = match program {
        "openapi-steward" => steward(),
        _ => of_help(program, &help)?,
    };
    for (shell, _) in SHELLS {
        clap_complete::generate_to(shell, &mut command, program, &completions)
            .map_err(|error| format!("cannot write the completions of {program}: {error}"))?;
    }
    clap_mangen::generate_to(command, &man)
        .map_err(|error| format!("cannot write the manual pages of {program}: {error}"))
}

/// The command line of `openapi-steward`.
fn steward() -> clap::Command {
    let command = clap::Command::new("openapi-steward")
        .about("Validates OpenAPI documents, compares their versions, and generates Rust clients from them")
        .version(env!("CARGO_PKG_VERSION"));
    openapi_steward::Command::augment_subcommands(command)
}

/// The command line that a text of `--help` describes.
fn of_help(program: &str, text: &str) -> Result<clap::Command, String> {
    // clap keeps the texts as long as it likes.
    let leak = |text: &str| -> &'static str { text.to_owned().leak() };
    let help = help::parse(text);
    if help.options.is_empty() {
        return Err(format!("the text of `{program} --help` describes no options"));
    }
    let mut command = clap::Command::new(leak(program)).about(leak(help.about)).after_help(leak(help.details));
    command = command.disable_help_flag(true).version(env!("CARGO_PKG_VERSION")).disable_version_flag(true);
    for option in help.options {
        let mut argument = Arg::new(leak(option.long)).long(leak(option.long)).help(leak(option.text));
        if let Some(short) = option.short {
            argument = argument.short(short);
        }
        argument = match option.value {
            Some(value) => argument.value_name(leak(value)),
            None => argument.action(ArgAction::SetTrue),
        };
        command = command.arg(argument);
    }
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_made_of_a_text_of_help() -> Result<(), String> {
        let text = "Serves rooms.\n\nUsage: rooms [--port PORT]\n\nOptions:\n  --port PORT  Listen here\n  -h, --help   Print this help\n";
        let command = of_help("rooms", text)?;
        let names: Vec<&str> = command.get_arguments().filter_map(Arg::get_long).collect();
        assert_eq!(names, ["port", "help"]);
        assert!(of_help("rooms", "Serves rooms.\n").is_err());
        Ok(())
    }

    #[test]
    fn the_steward_has_its_commands() {
        let command = steward();
        let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        assert!(names.contains(&"validate") && names.contains(&"diff"), "{names:?}");
    }
}
