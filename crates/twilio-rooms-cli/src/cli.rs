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
  twilio-rooms rooms complete --older-than 4h --dry-run

Exit codes: 1 failed, 2 usage, 3 not found, 4 unauthorized, 5 some items failed"
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
    #[command(
        subcommand,
        after_help = "Examples:
  twilio-rooms rooms list --status any --created-after yesterday
  twilio-rooms rooms watch"
    )]
    Rooms(commands::rooms::Command),
    /// List, watch and disconnect participants
    #[command(
        subcommand,
        after_help = "Examples:
  twilio-rooms participants list DailyStandup
  twilio-rooms participants disconnect DailyStandup alice"
    )]
    Participants(commands::participants::Command),
    /// List, download and delete recordings
    #[command(
        subcommand,
        after_help = "Examples:
  twilio-rooms recordings list DailyStandup
  twilio-rooms recordings download --room DailyStandup --to recordings
  twilio-rooms recordings delete --older-than 90d --dry-run"
    )]
    Recordings(commands::recordings::Command),
    /// List the tracks of a participant
    #[command(
        subcommand,
        after_help = "Examples:
  twilio-rooms tracks list DailyStandup alice"
    )]
    Tracks(commands::tracks::Command),
    /// Show and set recording rules and subscribe rules
    #[command(
        subcommand,
        after_help = "Examples:
  twilio-rooms rules get DailyStandup
  twilio-rooms rules set DailyStandup include:all exclude:kind=video"
    )]
    Rules(commands::rules::Command),
    /// List, create and stop transcriptions
    #[command(
        subcommand,
        after_help = "Examples:
  twilio-rooms transcriptions list DailyStandup
  twilio-rooms transcriptions create DailyStandup --language en-US"
    )]
    Transcriptions(commands::transcriptions::Command),
    /// Write rooms, participants and recordings to files by day
    Export(commands::export::Export),
    /// Count minutes by day, room type and region
    Usage(commands::usage::Usage),
    /// Send any request of the API
    Api(commands::api::Api),
    /// Sign an access token, with which a participant joins
    Token(commands::token::Token),
    /// Receive status callbacks
    #[command(
        subcommand,
        after_help = "Examples:
  twilio-rooms callbacks listen"
    )]
    Callbacks(commands::callbacks::Command),
    /// Start a local sandbox of the service
    Sandbox(commands::sandbox::Start),
    /// Keep credentials in profiles
    #[command(
        subcommand,
        after_help = "Examples:
  twilio-rooms auth login
  twilio-rooms auth list"
    )]
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
            Command::Export(command) => command.run(&global).await,
            Command::Usage(command) => command.run(&global).await,
            Command::Api(command) => command.run(&global).await,
            Command::Token(command) => command.run(&global),
            Command::Callbacks(command) => command.run(&global).await,
            Command::Sandbox(command) => command.run(&global).await,
            Command::Auth(command) => command.run(&global).await,
            Command::Completions(command) => command.run(),
            Command::Man(command) => command.run::<Self>(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::help;

    /// A screen.
    const WIDTH: usize = 80;
    const HEIGHT: usize = 24;

    /// The number of lines that the help may have. The program has many commands, and three of them many options.
    fn height(name: &str) -> usize {
        match name {
            "twilio-rooms" => 40,
            "twilio-rooms auth login" | "twilio-rooms recordings download" | "twilio-rooms rooms create" => 28,
            _ => HEIGHT,
        }
    }

    /// The command and all below it.
    fn commands(command: clap::Command) -> Vec<clap::Command> {
        let below: Vec<clap::Command> = command.get_subcommands().cloned().flat_map(commands).collect();
        [command].into_iter().chain(below).collect()
    }

    #[test]
    fn the_definitions_agree_with_each_other() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_help_of_each_command_fits_a_screen_and_has_examples() {
        let mut faults = Vec::new();
        for mut command in commands(help::program::<Cli>()) {
            let help = command.render_help().to_string();
            let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
            if !help.contains("\nExamples:\n  twilio-rooms ") {
                faults.push(format!("{name} has no examples"));
            }
            if name != "twilio-rooms" {
                let globals =
                    command.get_arguments().filter(|argument| argument.is_global_set() && argument.get_id() != "now");
                let missing = globals
                    .filter_map(clap::Arg::get_long)
                    .filter(|long| !help.contains(&format!("--{long} ")) && !help.contains(&format!("--{long}\n")));
                faults.extend(missing.map(|long| format!("{name}: --{long} is missing")));
            }
            let (lines, most) = (help.lines().count(), height(name));
            if lines > most {
                faults.push(format!("{name}: {lines} lines, and not {most}"));
            }
            let wide = help.lines().filter(|line| line.chars().count() > WIDTH);
            faults.extend(wide.map(|line| format!("{name}: {line}")));
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
