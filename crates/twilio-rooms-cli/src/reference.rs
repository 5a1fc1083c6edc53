//! The chapters of the documentation that are made of the definitions of the commands.
//!
//! The tests keep each as a snapshot, and `cargo xtask docs` copies those to `docs/reference`.

use std::fmt::Write as _;

use clap::{Arg, Command, CommandFactory};

use crate::cli::Cli;

/// The program, with what clap adds to the definitions.
fn program() -> Command {
    let mut program = Cli::command();
    program.build();
    program
}

/// The chapters, which are the commands below the program.
fn chapters(program: &Command) -> impl Iterator<Item = &Command> {
    program.get_subcommands().filter(|command| !command.is_hide_set())
}

/// The page that lists the chapters, and has the options of all commands.
fn index(program: &Command) -> String {
    let mut page = String::from("# Commands\n\nEach page is made of the definitions of the commands.\n\n");
    page.push_str("| chapter | contents |\n| --- | --- |\n");
    for chapter in chapters(program) {
        let name = chapter.get_name();
        let _ = writeln!(page, "| [`{name}`]({name}.md) | {} |", about(chapter));
    }
    page.push_str("\n## Options of all commands\n");
    options(&mut page, program, Arg::is_global_set);
    let _ = write!(page, "\n## Examples\n{}", examples(program));
    page
}

/// The chapter of a command, with the commands below it.
fn chapter(command: &Command) -> String {
    let mut page = format!("# `twilio-rooms {}`\n\n{}.\n", command.get_name(), about(command));
    let below: Vec<&Command> = command.get_subcommands().filter(|command| !command.is_hide_set()).collect();
    if below.is_empty() {
        usage(&mut page, command);
    } else {
        page.push_str(&examples(command));
    }
    for command in below {
        let name = command.get_bin_name().unwrap_or_default();
        let _ = write!(page, "\n## `{name}`\n\n{}.\n", about(command));
        usage(&mut page, command);
    }
    page.push_str("\nThe [options of all commands](README.md#options-of-all-commands) come in addition.\n");
    page
}

/// The arguments, the options and the examples of a command.
fn usage(page: &mut String, command: &Command) {
    let usage = command.clone().render_usage().to_string();
    let _ = write!(page, "\n```text\n{}\n```\n", usage.trim_start_matches("Usage: "));
    options(page, command, |argument| !argument.is_global_set());
    page.push_str(&examples(command));
}

fn options(page: &mut String, command: &Command, is_meant: impl Fn(&Arg) -> bool) {
    let is_shown = |argument: &&Arg| is_meant(argument) && !argument.is_hide_set() && argument.get_id() != "help";
    let shown: Vec<&Arg> = command.get_arguments().filter(is_shown).collect();
    if shown.is_empty() {
        return;
    }
    page.push_str("\n| argument | meaning |\n| --- | --- |\n");
    for argument in shown {
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        let defaults = argument.get_default_values().iter().map(|value| value.to_string_lossy());
        let default = defaults.map(|value| format!(" [default: {value}]"));
        let default = if argument.get_action().takes_values() { default.collect() } else { String::new() };
        let _ = writeln!(page, "| `{}` | {} |", form(argument), escape(&format!("{help}{default}")));
    }
}

/// The argument as it is typed.
fn form(argument: &Arg) -> String {
    let short = argument.get_short().map(|short| format!("-{short}, ")).unwrap_or_default();
    let names = argument.get_value_names().unwrap_or_default();
    let value = names.first().map_or_else(|| argument.get_id().as_str().to_uppercase(), ToString::to_string);
    match argument.get_long() {
        Some(long) if argument.get_action().takes_values() => format!("{short}--{long} <{value}>"),
        Some(long) => format!("{short}--{long}"),
        None if argument.is_required_set() => format!("<{value}>"),
        None => format!("[{value}]"),
    }
}

fn about(command: &Command) -> String {
    command.get_about().map(|about| escape(&about.to_string())).unwrap_or_default()
}

/// The end of the help, with its examples as a block and the rest as text.
fn examples(command: &Command) -> String {
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let Some(after) = after.strip_prefix("Examples:\n") else { return String::new() };
    let lines: Vec<&str> = after.lines().take_while(|line| line.starts_with("  ")).collect();
    let rest = after.lines().skip(lines.len()).collect::<Vec<_>>().join("\n");
    let example = |line: &&str| match line.trim_start().split_once("   ") {
        Some((call, comment)) => format!("{call}   # {}\n", comment.trim_start()),
        None => format!("{}\n", line.trim_start()),
    };
    let examples: String = lines.iter().map(example).collect();
    let mut text = format!("\n```sh\n{examples}```\n");
    if !rest.trim().is_empty() {
        let _ = write!(text, "\n{}\n", escape(rest.trim()));
    }
    text
}

/// The text as Markdown, in which `<` begins HTML and `|` a column.
fn escape(text: &str) -> String {
    text.replace('<', "\\<").replace('|', "\\|")
}

#[test]
fn each_group_of_commands_has_a_chapter() {
    let program = program();
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/reference", omit_expression => true }, {
        insta::assert_snapshot!("README", index(&program));
        for command in chapters(&program) {
            insta::assert_snapshot!(command.get_name(), chapter(command));
        }
    });
}
