//! The command line.

use clap::{Parser, Subcommand};

use crate::commands;
use crate::failure::Failure;
use crate::session::Global;

/// Lists, watches, completes and cleans up the rooms of Twilio Video.
#[derive(Debug, Parser)]
#[command(
    name = "twilio-rooms",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "Examples:
  twilio-rooms rooms list --sandbox           Try it without an account
  twilio-rooms auth login                     Keep credentials in a profile
  twilio-rooms rooms list --status any --created-after -7d --output csv
  twilio-rooms rooms complete --older-than 4h --dry-run

Exit codes: 0 success, 1 failed, 2 usage, 3 not found, 4 unauthorized, 5 some items failed"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List, watch, create and complete rooms
    #[command(subcommand)]
    Rooms(commands::rooms::Command),
    /// List, watch and disconnect participants
    #[command(subcommand)]
    Participants(commands::participants::Command),
    /// List and delete recordings
    #[command(subcommand)]
    Recordings(commands::recordings::Command),
    /// List the tracks of a participant
    #[command(subcommand)]
    Tracks(commands::tracks::Command),
    /// Show and set recording rules and subscribe rules
    #[command(subcommand)]
    Rules(commands::rules::Command),
    /// List, create and stop transcriptions
    #[command(subcommand)]
    Transcriptions(commands::transcriptions::Command),
    /// Send any request of the API
    Api(commands::api::Api),
    /// Sign an access token, with which a participant joins
    Token(commands::token::Token),
    /// Receive status callbacks
    #[command(subcommand)]
    Callbacks(commands::callbacks::Command),
    /// Start a local sandbox of the service
    Sandbox(commands::sandbox::Start),
    /// Keep credentials in profiles
    #[command(subcommand)]
    Auth(commands::auth::Command),
    /// Print a script that completes commands in a shell
    Completions(commands::generated::Completions),
    /// Print a manual page, or write all of them
    Man(commands::generated::Man),
}

impl Cli {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        let Self { command, global } = self;
        match command {
            Command::Rooms(command) => command.run(&global).await,
            Command::Participants(command) => command.run(&global).await,
            Command::Recordings(command) => command.run(&global).await,
            Command::Tracks(command) => command.run(&global).await,
            Command::Rules(command) => command.run(&global).await,
            Command::Transcriptions(command) => command.run(&global).await,
            Command::Api(command) => command.run(&global).await,
            Command::Token(command) => command.run(&global),
            Command::Callbacks(command) => command.run(&global).await,
            Command::Sandbox(command) => command.run().await,
            Command::Auth(command) => command.run(&global).await,
            Command::Completions(command) => command.run::<Self>(),
            Command::Man(command) => command.run::<Self>(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn leaves(command: clap::Command) -> Vec<clap::Command> {
        if command.get_subcommands().next().is_none() {
            return vec![command];
        }
        command.get_subcommands().cloned().flat_map(leaves).collect()
    }

    #[test]
    fn the_definitions_agree_with_each_other() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_help_of_each_command_fits_a_screen_and_has_examples() {
        let mut root = Cli::command();
        root.build();
        for mut command in leaves(root) {
            let (name, help) = (command.get_name().to_owned(), command.render_help().to_string());
            assert!(help.contains("Examples:\n"), "{name} has no examples");
            assert!(help.lines().count() <= 46, "{name}: {} lines", help.lines().count());
            let long: Vec<&str> = help.lines().filter(|line| line.chars().count() > 100).collect();
            assert!(long.is_empty(), "{name}: {long:#?}");
        }
    }
}
