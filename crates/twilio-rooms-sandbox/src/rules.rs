//! Rules for tracks: for which are recorded, and for which a participant is subscribed to.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::error::Error;
use crate::instant::instant;
use crate::participant::Participant;
use crate::track::Track;

/// The most rules that there can be at a time.
const MOST: usize = 20;

/// The priority of every track here, which is that of the vendor's SDKs where nobody chooses another.
const PRIORITY: &str = "standard";

/// What rules are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Recording,
    Subscription,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Type {
    Include,
    Exclude,
}

/// What is done with all tracks, or with those that match every other part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    r#type: Type,
    #[serde(skip_serializing_if = "Option::is_none")]
    all: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    priority: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    track: Option<String>,
}

/// The rules that apply, and when they were set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rules {
    list: Vec<Rule>,
    /// `None` when they never were.
    created: Option<DateTime<Utc>>,
    updated: Option<DateTime<Utc>>,
}

/// Reads rules from the JSON in a field of a form.
pub(crate) fn parse(purpose: Purpose, text: &str) -> Result<Vec<Rule>, Error> {
    let rules: Option<Vec<Rule>> = serde_json::from_str(text).ok();
    let rules = rules.filter(|rules| (1..=MOST).contains(&rules.len()) && rules.iter().all(|rule| rule.suits(purpose)));
    rules.ok_or_else(|| match purpose {
        Purpose::Recording => Error::invalid(53120, "Invalid Recording Rule(s)"),
        Purpose::Subscription => Error::invalid(53215, "Invalid Subscribe Rule(s)"),
    })
}

/// The rules that a form is to set, which has to have them.
pub(crate) fn of_form(purpose: Purpose, pairs: &[(String, String)]) -> Result<Vec<Rule>, Error> {
    parse(purpose, crate::query::get(pairs, "Rules").unwrap_or_default())
}

impl Rule {
    fn of_all(r#type: Type) -> Self {
        Self { r#type, all: Some(true), kind: None, priority: None, publisher: None, track: None }
    }

    /// Whether it says all or what the tracks are, with what can be said for the purpose.
    fn suits(&self, purpose: Purpose) -> bool {
        let Self { r#type: _, all, kind, priority, publisher, track } = self;
        let is_for_some = [kind, priority, publisher, track].into_iter().any(Option::is_some);
        let (kinds, has_priority) = match purpose {
            Purpose::Recording => (&["audio", "video"][..], false),
            Purpose::Subscription => (&["audio", "video", "data"][..], true),
        };
        let is_known = kind.as_deref().is_none_or(|kind| kinds.contains(&kind));
        is_known && (has_priority || priority.is_none()) && *all == (!is_for_some).then_some(true)
    }

    fn matches(&self, track: &Track, publisher: &Participant) -> bool {
        self.kind.as_deref().is_none_or(|kind| kind == track.kind.name())
            && self.priority.as_deref().is_none_or(|priority| priority == PRIORITY)
            && self.publisher.as_deref().is_none_or(|name| publisher.is_called(name))
            && self.track.as_deref().is_none_or(|name| track.is_called(name))
    }
}

impl Rules {
    pub(crate) fn include_all() -> Self {
        Self { list: vec![Rule::of_all(Type::Include)], created: None, updated: None }
    }

    pub(crate) fn exclude_all() -> Self {
        Self { list: vec![Rule::of_all(Type::Exclude)], created: None, updated: None }
    }

    /// The same rules, set at this instant.
    pub(crate) fn set(self, now: DateTime<Utc>) -> Self {
        Self { created: Some(now), updated: Some(now), ..self }
    }

    /// Puts other rules in the place of these, and says whether they are others.
    pub(crate) fn update(&mut self, rules: Vec<Rule>, now: DateTime<Utc>) -> bool {
        if self.list == rules {
            return false;
        }
        *self = Self { list: rules, created: self.created.or(Some(now)), updated: Some(now) };
        true
    }

    /// Whether they include the track: the last rule that matches it counts.
    pub(crate) fn include(&self, track: &Track, publisher: &Participant) -> bool {
        let last = self.list.iter().rev().find(|rule| rule.matches(track, publisher));
        last.is_some_and(|rule| rule.r#type == Type::Include)
    }

    /// How they are answered, of a room.
    pub(crate) fn answer(&self, room_sid: &str) -> Value {
        json!({
            "date_created": self.created.map(instant),
            "date_updated": self.updated.map(instant),
            "room_sid": room_sid,
            "rules": self.list,
        })
    }
}

impl From<Vec<Rule>> for Rules {
    fn from(rules: Vec<Rule>) -> Self {
        Self { list: rules, created: None, updated: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::TrackKind;

    fn parsed(purpose: Purpose, text: &str) -> Result<Rules, String> {
        parse(purpose, text).map(Rules::from).map_err(|error| error.message().to_owned())
    }

    fn track(kind: TrackKind, name: &str) -> Track {
        let [sid, room_sid, participant_sid] = ["MT1", "RM1", "PA1"].map(str::to_owned);
        let (name, published) = (name.to_owned(), DateTime::UNIX_EPOCH);
        Track { sid, place: 1, room_sid, participant_sid, name, kind, published }
    }

    #[test]
    fn rules_that_the_service_refuses_are_refused() {
        let many = format!("[{}]", [r#"{"type":"include","all":true}"#; 21].join(","));
        let cases = [
            "",
            "{}",
            "[]",
            "[{}]",
            r#"[{"all":true}]"#,
            r#"[{"type":"include"}]"#,
            r#"[{"type":"keep","all":true}]"#,
            r#"[{"type":"include","all":false}]"#,
            r#"[{"type":"include","all":true,"kind":"audio"}]"#,
            r#"[{"type":"include","kind":"smell"}]"#,
            r#"[{"type":"include","publishers":"alice"}]"#,
            &many,
        ];
        for text in cases {
            let refused = [Purpose::Recording, Purpose::Subscription].map(|purpose| parsed(purpose, text).err());
            let messages = ["Invalid Recording Rule(s)", "Invalid Subscribe Rule(s)"].map(|text| Some(text.to_owned()));
            assert_eq!(refused, messages, "{text}");
        }
        for text in [r#"[{"type":"include","kind":"data"}]"#, r#"[{"type":"include","priority":"low"}]"#] {
            assert!(parsed(Purpose::Recording, text).is_err(), "{text}");
            assert!(parsed(Purpose::Subscription, text).is_ok(), "{text}");
        }
    }

    #[test]
    fn the_last_rule_that_matches_every_part_counts() {
        let alice = Participant::new("PA1".to_owned(), "RM1".to_owned(), 1, "alice", DateTime::UNIX_EPOCH);
        let tracks =
            [track(TrackKind::Audio, "mic"), track(TrackKind::Video, "camera"), track(TrackKind::Data, "chat")];
        let cases = [
            (r#"[{"type":"include","all":true}]"#, [true, true, true]),
            (r#"[{"type":"exclude","all":true}]"#, [false, false, false]),
            (r#"[{"type":"include","kind":"audio"}]"#, [true, false, false]),
            (r#"[{"type":"include","all":true},{"type":"exclude","track":"camera"}]"#, [true, false, true]),
            (r#"[{"type":"exclude","track":"camera"},{"type":"include","all":true}]"#, [true, true, true]),
            (r#"[{"type":"include","kind":"video","publisher":"bob"}]"#, [false, false, false]),
            (r#"[{"type":"include","kind":"video","publisher":"alice"}]"#, [false, true, false]),
            (r#"[{"type":"include","publisher":"PA1","priority":null}]"#, [true, true, true]),
            (r#"[{"type":"include","priority":"standard"},{"type":"exclude","track":"MT1"}]"#, [false, false, false]),
            (r#"[{"type":"include","priority":"low"}]"#, [false, false, false]),
        ];
        for (text, expected) in cases {
            let rules = parsed(Purpose::Subscription, text);
            let included = rules.map(|rules| tracks.each_ref().map(|track| rules.include(track, &alice)));
            assert_eq!(included, Ok(expected), "{text}");
        }
    }

    #[test]
    fn rules_that_are_there_already_change_nothing() {
        let mut rules = Rules::include_all();
        let (one, other) = (DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH + chrono::TimeDelta::seconds(1));
        assert!(!rules.update(Rules::include_all().list, one));
        assert_eq!((rules.created, rules.updated), (None, None));
        assert!(rules.update(Rules::exclude_all().list, one) && rules.update(Rules::include_all().list, other));
        assert_eq!((rules.created, rules.updated), (Some(one), Some(other)));
    }
}
