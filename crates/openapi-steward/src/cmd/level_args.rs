//! `--deny`, `--warn` and `--allow`, whose order counts.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

use crate::outcome::CouldNotRun;
use crate::rules::{Level, LevelEntry};

/// The levels that the command line sets, in its order. If several match a finding, the last one applies.
///
/// A value is the id of a rule, or the name of a group or of a class, such as `unknown-format`, `style` or `advice`. It can be
/// followed by ` at ` and a JSON pointer in which `*` matches any characters: `unknown-format at #/components/*`.
#[derive(Debug, Clone, Default)]
pub struct LevelArgs(Vec<(Level, String)>);

impl LevelArgs {
    /// Adds `--deny`.
    #[must_use]
    pub fn deny(self, name: &str) -> Self {
        self.with(Level::Deny, name)
    }

    /// Adds `--warn`.
    #[must_use]
    pub fn warn(self, name: &str) -> Self {
        self.with(Level::Warn, name)
    }

    /// Adds `--allow`.
    #[must_use]
    pub fn allow(self, name: &str) -> Self {
        self.with(Level::Allow, name)
    }

    fn with(mut self, level: Level, name: &str) -> Self {
        self.0.push((level, name.to_owned()));
        self
    }

    /// The entries of the arguments. The error names the option with the unknown name.
    pub(super) fn entries(&self) -> Result<Vec<LevelEntry>, CouldNotRun> {
        let entry = |(level, text): &(Level, String)| {
            LevelEntry::parse(*level, text).map_err(|error| CouldNotRun(format!("--{}: {error}", level.name())))
        };
        self.0.iter().map(entry).collect()
    }
}

impl FromArgMatches for LevelArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut levels: Vec<(usize, Level, String)> = Vec::new();
        for level in Level::ALL {
            let indices = matches.indices_of(level.name()).into_iter().flatten();
            let values = matches.get_many::<String>(level.name()).into_iter().flatten();
            levels.extend(indices.zip(values).map(|(index, value)| (index, level, value.clone())));
        }
        levels.sort_by_key(|(index, ..)| *index);
        Ok(Self(levels.into_iter().map(|(_, level, value)| (level, value)).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for LevelArgs {
    fn augment_args(command: Command) -> Command {
        let help = |level| match level {
            Level::Deny => "Reports the findings of a rule, a group or a class as errors, which fail the command",
            Level::Warn => "Reports them as warnings, which do not fail the command",
            Level::Allow => "Leaves them out; if several of these options match a finding, the last one applies",
        };
        let argument = |level: Level| {
            Arg::new(level.name())
                .long(level.name())
                .value_name("NAME[ at POINTER]")
                .action(ArgAction::Append)
                .conflicts_with("payload")
                .help(help(level))
        };
        Level::ALL.into_iter().fold(command, |command, level| command.arg(argument(level)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_keep_the_order_of_the_command_line() -> Result<(), clap::Error> {
        let command = LevelArgs::augment_args(Command::new("validate").arg(Arg::new("payload").long("payload")));
        let arguments = ["validate", "--allow", "style", "--deny", "advice", "--allow", "description at #/paths/*"];
        let levels = LevelArgs::from_arg_matches(&command.try_get_matches_from(arguments)?)?;
        let expected = [(Level::Allow, "style"), (Level::Deny, "advice"), (Level::Allow, "description at #/paths/*")];
        assert_eq!(levels.0, expected.map(|(level, name)| (level, name.to_owned())));
        Ok(())
    }

    #[test]
    fn only_known_names_have_a_level() {
        let error = LevelArgs::default().allow("stile").entries().err().map(|error| error.0);
        assert_eq!(error.as_deref(), Some("--allow: unknown rule, group or class `stile`: did you mean `style`?"));
        let known = LevelArgs::default().allow("style").deny("empty-range at #/paths/*").warn("generator");
        assert!(known.entries().is_ok_and(|entries| entries.len() == 3));
    }
}
