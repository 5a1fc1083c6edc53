//! `twilio-rooms rules`.

use std::str::FromStr;

use twilio_rooms::{PrioritizedTracks, RecordingRuleList, SubscribeRuleList, TrackKind, Tracks};

use crate::failure::Failure;
use crate::interrupt::or_unknown;
use crate::output::Row;
use crate::session::Global;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Show recording rules of a room, or subscribe rules of a participant
    Get(Get),
    /// Replace recording rules of a room, or subscribe rules of a participant
    Set(Set),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms rules get DailyStandup
  twilio-rooms rules get DailyStandup --participant alice --output json")]
pub(crate) struct Get {
    /// The SID of a room, or its name while it is in progress
    room: String,
    /// The subscribe rules of this participant
    #[arg(long, value_name = "PARTICIPANT")]
    participant: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms rules set DailyStandup include:all exclude:kind=video
  twilio-rooms rules set DailyStandup include:kind=audio,publisher=alice
  twilio-rooms rules set DailyStandup --participant alice include:priority=high

A rule is include: or exclude:, and then all, or kind=, publisher=, track= and,
for subscribe rules, priority=, separated by commas. Later rules override
earlier ones.")]
pub(crate) struct Set {
    /// The SID or the unique name of a room in progress
    room: String,
    /// The rules, up to 20
    #[arg(value_name = "RULE", required = true)]
    rules: Vec<Rule>,
    /// The subscribe rules of this participant
    #[arg(long, value_name = "PARTICIPANT")]
    participant: Option<String>,
}

impl Command {
    pub(crate) async fn run(self, global: &Global) -> Result<(), Failure> {
        let session = global.session().await?;
        match self {
            Self::Get(Get { room, participant: None }) => {
                print(global, session.client.room(room).recording_rules().fetch().await?.rules.as_deref())
            }
            Self::Get(Get { room, participant: Some(participant) }) => {
                let rules = session.client.room(room).participant(participant).subscribe_rules();
                print(global, rules.fetch().await?.rules.as_deref())
            }
            Self::Set(Set { room, rules, participant: None }) => {
                let mut list = RecordingRuleList::new();
                for Rule { is_include, tracks, priority } in rules {
                    if priority.is_some() {
                        return Err(Failure::usage("recording rules have no priority"));
                    }
                    list = if is_include { list.include(tracks) } else { list.exclude(tracks) };
                }
                print(
                    global,
                    or_unknown(session.client.room(room).recording_rules().update(list).send()).await?.rules.as_deref(),
                )
            }
            Self::Set(Set { room, rules, participant: Some(participant) }) => {
                let mut list = SubscribeRuleList::new();
                for Rule { is_include, tracks, priority } in rules {
                    let tracks = match priority {
                        Some(priority) => PrioritizedTracks::of_priority(priority, tracks),
                        None => tracks.into(),
                    };
                    list = if is_include { list.include(tracks) } else { list.exclude(tracks) };
                }
                let rules = session.client.room(room).participant(participant).subscribe_rules();
                print(global, or_unknown(rules.update(list).send()).await?.rules.as_deref())
            }
        }
    }
}

fn print<T: Row>(global: &Global, rules: Option<&[T]>) -> Result<(), Failure> {
    let mut printer = global.list_printer::<T>()?;
    rules.unwrap_or_default().iter().try_for_each(|rule| printer.print(rule))?;
    printer.finish()
}

/// A rule as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    is_include: bool,
    tracks: Tracks,
    priority: Option<String>,
}

impl FromStr for Rule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || "expected a rule such as include:all or exclude:kind=video,publisher=alice".to_owned();
        let (type_, criteria) = text.split_once(':').ok_or_else(expected)?;
        let is_include = match type_ {
            "include" => true,
            "exclude" => false,
            _ => return Err(expected()),
        };
        if criteria == "all" {
            return Ok(Self { is_include, tracks: Tracks::all(), priority: None });
        }
        let (mut tracks, mut priority) = (None::<Tracks>, None);
        for criterion in criteria.split(',') {
            let (key, value) = criterion.split_once('=').filter(|(_, value)| !value.is_empty()).ok_or_else(expected)?;
            let more = match key {
                "kind" if TrackKind::KNOWN.contains(&value) => Tracks::of_kind(value),
                "kind" => return Err(format!("the kind is one of {}", TrackKind::KNOWN.join(", "))),
                "publisher" => Tracks::of_publisher(value),
                "track" => Tracks::named(value),
                "priority" => {
                    priority = Some(value.to_owned());
                    continue;
                }
                _ => return Err(expected()),
            };
            tracks = Some(match tracks {
                Some(tracks) => tracks.and(more),
                None => more,
            });
        }
        Ok(Self { is_include, tracks: tracks.unwrap_or_else(Tracks::all), priority })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_typed_as_criteria() {
        let rule = "exclude:kind=audio,publisher=alice".parse();
        let tracks = Tracks::of_kind(TrackKind::Audio).and(Tracks::of_publisher("alice"));
        assert_eq!(rule, Ok(Rule { is_include: false, tracks, priority: None }));
        let rule = "include:priority=high".parse();
        assert_eq!(rule, Ok(Rule { is_include: true, tracks: Tracks::all(), priority: Some("high".to_owned()) }));
        for wrong in
            ["", "all", "include", "include:", "include:kind", "include:kind=", "drop:all", "include:kind=smell"]
        {
            assert!(wrong.parse::<Rule>().is_err(), "{wrong}");
        }
    }
}
