//! Rules that include or exclude tracks: for recording, and for the subscriptions of a participant.

use serde::{Deserialize, Serialize};

use super::timestamp::Timestamp;
use super::track::Track;

/// The maximum number of rules in a set.
const MAX_RULES: usize = 20;

/// The priority of every track: the default of the vendor's SDKs.
const TRACK_PRIORITY: &str = "standard";

/// The purpose of a set of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RulePurpose {
    Recording,
    Subscription,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RuleType {
    Include,
    Exclude,
}

/// A rule that applies to all tracks, or to those that match every given field. It is serialized as in the vendor's API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    r#type: RuleType,
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

/// The rules in force, and when they were set. The last rule that matches a track decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RuleSet {
    pub(crate) rules: Vec<Rule>,
    /// `None` for the default rules.
    pub(crate) created: Option<Timestamp>,
    pub(crate) updated: Option<Timestamp>,
}

/// Returns whether these rules can be set for the purpose: 1 to 20, each of them valid.
pub(crate) fn are_valid_rules(rules: &[Rule], purpose: RulePurpose) -> bool {
    (1..=MAX_RULES).contains(&rules.len()) && rules.iter().all(|rule| rule.is_valid_for(purpose))
}

impl Rule {
    fn all_tracks(r#type: RuleType) -> Self {
        Self { r#type, all: Some(true), kind: None, priority: None, publisher: None, track: None }
    }

    /// Returns whether the rule applies either to all tracks or to some, with the fields and kinds that the purpose allows.
    fn is_valid_for(&self, purpose: RulePurpose) -> bool {
        let Self { r#type: _, all, kind, priority, publisher, track } = self;
        let has_conditions = [kind, priority, publisher, track].into_iter().any(Option::is_some);
        let (kinds, allows_priority) = match purpose {
            RulePurpose::Recording => (&["audio", "video"][..], false),
            RulePurpose::Subscription => (&["audio", "video", "data"][..], true),
        };
        let is_known_kind = kind.as_deref().is_none_or(|kind| kinds.contains(&kind));
        is_known_kind && (allows_priority || priority.is_none()) && *all == (!has_conditions).then_some(true)
    }

    fn matches(&self, track: &Track, is_publisher: impl Fn(&str) -> bool) -> bool {
        self.kind.as_deref().is_none_or(|kind| kind == track.kind.name())
            && self.priority.as_deref().is_none_or(|priority| priority == TRACK_PRIORITY)
            && self.publisher.as_deref().is_none_or(is_publisher)
            && self.track.as_deref().is_none_or(|name| track.has_sid_or_name(name))
    }
}

impl RuleSet {
    pub(crate) fn include_all() -> Self {
        Self { rules: vec![Rule::all_tracks(RuleType::Include)], created: None, updated: None }
    }

    pub(crate) fn exclude_all() -> Self {
        Self { rules: vec![Rule::all_tracks(RuleType::Exclude)], created: None, updated: None }
    }

    /// The same rules with this time as the time when they were set.
    pub(crate) fn set_at(self, now: Timestamp) -> Self {
        Self { created: Some(now), updated: Some(now), ..self }
    }

    /// Replaces the rules, and returns whether they differ from the current ones.
    pub(crate) fn replace(&mut self, rules: Vec<Rule>, now: Timestamp) -> bool {
        if self.rules == rules {
            return false;
        }
        *self = Self { rules, created: self.created.or(Some(now)), updated: Some(now) };
        true
    }

    /// Returns whether the last rule that matches the track includes it. A track that no rule matches is excluded.
    /// `is_publisher` tells whether a SID or an identity is that of the track's publisher.
    pub(crate) fn includes(&self, track: &Track, is_publisher: impl Fn(&str) -> bool) -> bool {
        let last = self.rules.iter().rev().find(|rule| rule.matches(track, &is_publisher));
        last.is_some_and(|rule| rule.r#type == RuleType::Include)
    }
}

impl From<Vec<Rule>> for RuleSet {
    fn from(rules: Vec<Rule>) -> Self {
        Self { rules, created: None, updated: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::track::TrackKind;

    fn rules(text: &str) -> Vec<Rule> {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn track(kind: TrackKind, name: &str) -> Track {
        let [sid, room_sid, participant_sid] = ["MT1", "RM1", "PA1"].map(str::to_owned);
        let (name, published) = (name.to_owned(), Timestamp::UNIX_EPOCH);
        Track { sid, sequence: 1, room_sid, participant_sid, name, kind, published }
    }

    #[test]
    fn a_rule_is_for_all_tracks_or_has_conditions_that_its_purpose_allows() {
        let many = format!("[{}]", [r#"{"type":"include","all":true}"#; 21].join(","));
        let cases = [
            (r#"[{"type":"include","all":true}]"#, [true, true]),
            (r#"[{"type":"include","kind":"audio","publisher":"alice"}]"#, [true, true]),
            (r#"[{"type":"include","kind":"data"}]"#, [false, true]),
            (r#"[{"type":"include","priority":"low"}]"#, [false, true]),
            (r#"[{"type":"include"}]"#, [false, false]),
            (r#"[{"type":"include","all":false}]"#, [false, false]),
            (r#"[{"type":"include","all":true,"kind":"audio"}]"#, [false, false]),
            (r#"[{"type":"include","kind":"smell"}]"#, [false, false]),
            ("[]", [false, false]),
            (&many, [false, false]),
        ];
        for (text, expected) in cases {
            let purposes = [RulePurpose::Recording, RulePurpose::Subscription];
            assert_eq!(purposes.map(|purpose| are_valid_rules(&rules(text), purpose)), expected, "{text}");
        }
    }

    #[test]
    fn the_last_rule_of_which_every_condition_matches_decides() {
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
            let rules = RuleSet::from(rules(text));
            let is_alice = |name: &str| ["PA1", "alice"].contains(&name);
            assert_eq!(tracks.each_ref().map(|track| rules.includes(track, is_alice)), expected, "{text}");
        }
    }

    #[test]
    fn replacing_rules_by_the_same_rules_changes_nothing() {
        let mut rules = RuleSet::include_all();
        let (first, second) = (Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH + chrono::TimeDelta::seconds(1));
        assert!(!rules.replace(RuleSet::include_all().rules, first));
        assert_eq!((rules.created, rules.updated), (None, None));
        assert!(rules.replace(RuleSet::exclude_all().rules, first));
        assert!(rules.replace(RuleSet::include_all().rules, second));
        assert_eq!((rules.created, rules.updated), (Some(first), Some(second)));
    }
}
