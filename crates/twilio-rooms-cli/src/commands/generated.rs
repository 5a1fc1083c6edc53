//! `twilio-rooms completions` and `twilio-rooms man`, both made of the definitions of the commands.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man as Page;

use crate::completion;
use crate::failure::Failure;
use crate::output::Screen;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms completions fish > ~/.config/fish/completions/twilio-rooms.fish
  echo 'source <(twilio-rooms completions bash)' >> ~/.bashrc
  twilio-rooms completions zsh > ~/.zfunc/_twilio-rooms

The script calls the program, which completes the rooms of your account, too. It
keeps them for a minute, and takes half a second at most.")]
pub(crate) struct Completions {
    /// bash, elvish, fish, powershell or zsh
    #[arg(value_enum, hide_possible_values = true)]
    shell: Shell,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms man rooms list | man -l -
  twilio-rooms man --dir ~/.local/share/man/man1")]
pub(crate) struct Man {
    /// The command, such as rooms list [default: twilio-rooms itself]
    #[arg(conflicts_with = "dir")]
    command: Vec<String>,
    /// Write the pages of all commands to this folder
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Completions {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let mut out = Screen::stdout().out;
        out.write_all(&completion::script(self.shell)?)?;
        Ok(out.flush()?)
    }
}

impl Man {
    pub(crate) fn run<C: CommandFactory>(self) -> Result<(), Failure> {
        let mut command = C::command();
        command.build();
        if let Some(folder) = self.dir {
            let written = fs::create_dir_all(&folder).and_then(|()| clap_mangen::generate_to(command, &folder));
            return written.map_err(|error| Failure::failed(format!("cannot write to {}: {error}", folder.display())));
        }
        for word in &self.command {
            let below = command.find_subcommand(word).cloned();
            command =
                below.ok_or_else(|| Failure::usage(format!("there is no command {:?}", self.command.join(" "))))?;
        }
        let mut page = Vec::new();
        Page::new(command).render(&mut page)?;
        let mut out = Screen::stdout().out;
        out.write_all(&page)?;
        Ok(out.flush()?)
    }
}
