//! The rules to send: which tracks are recorded, or subscribed to.

use twilio_rooms_api::types::{RecordingRule, RuleType, SubscribeRule, TrackKind};

use crate::error::Error;

/// The maximum number of rules, set by the service.
const MAX_RULES: usize = 20;

/// Validates the number of rules.
pub(super) fn validate_rule_count<T>(rules: &[T]) -> Result<(), Error> {
    if (1..=MAX_RULES).contains(&rules.len()) {
        return Ok(());
    }
    Err(Error::invalid(format!("there are {} rules, but there must be 1 to {MAX_RULES}", rules.len())))
}

/// A list of recording rules to send, from 1 to 20. They decide which tracks of a room are recorded; later rules
/// override earlier ones.
///
/// The service sends rules back as [`RecordingRules`](crate::RecordingRules).
///
/// ```
/// use twilio_rooms::{RecordingRuleList, TrackKind, Tracks};
///
/// // All audio except the interpreter's; no video.
/// let interpreter = Tracks::of_kind(TrackKind::Audio).and(Tracks::of_publisher("interpreter"));
/// let rules = RecordingRuleList::new().include(Tracks::of_kind(TrackKind::Audio)).exclude(interpreter);
/// ```
///
/// See the vendor's documentation of
/// [recording rules](https://www.twilio.com/docs/video/api/recording-rules).
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use = "rules do nothing unless they are sent"]
pub struct RecordingRuleList(Vec<RecordingRule>);

impl RecordingRuleList {
    /// Creates an empty list. Add at least one rule before sending it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a rule: these tracks are recorded.
    pub fn include(self, tracks: Tracks) -> Self {
        self.with_rule(RuleType::Include, tracks)
    }

    /// Adds a rule: these tracks are not recorded.
    pub fn exclude(self, tracks: Tracks) -> Self {
        self.with_rule(RuleType::Exclude, tracks)
    }

    fn with_rule(mut self, type_: RuleType, tracks: Tracks) -> Self {
        let mut rule = RecordingRule::new(type_);
        let Tracks { all, kind, publisher, track } = tracks;
        (rule.all, rule.kind, rule.publisher, rule.track) = (all.then_some(true), kind, publisher, track);
        self.0.push(rule);
        self
    }

    pub(super) fn into_rules(self) -> Vec<RecordingRule> {
        self.0
    }
}

/// A list of subscribe rules to send, from 1 to 20. They decide which tracks a participant is subscribed to; later
/// rules override earlier ones.
///
/// The service sends rules back as [`SubscribeRules`](crate::SubscribeRules).
///
/// ```
/// use twilio_rooms::{SubscribeRuleList, TrackKind, Tracks};
///
/// // Everything except the audience's video.
/// let audience = Tracks::of_kind(TrackKind::Video).and(Tracks::of_publisher("audience"));
/// let rules = SubscribeRuleList::new().include(Tracks::all()).exclude(audience);
/// ```
///
/// See the vendor's documentation of [track subscriptions](https://www.twilio.com/docs/video/api/track-subscriptions).
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use = "rules do nothing unless they are sent"]
pub struct SubscribeRuleList(Vec<SubscribeRule>);

impl SubscribeRuleList {
    /// Creates an empty list. Add at least one rule before sending it; `exclude(Tracks::all())` subscribes to nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a rule: the participant is subscribed to these tracks.
    pub fn include(self, tracks: impl Into<PrioritizedTracks>) -> Self {
        self.with_rule(RuleType::Include, tracks.into())
    }

    /// Adds a rule: the participant is not subscribed to these tracks.
    pub fn exclude(self, tracks: impl Into<PrioritizedTracks>) -> Self {
        self.with_rule(RuleType::Exclude, tracks.into())
    }

    fn with_rule(mut self, type_: RuleType, tracks: PrioritizedTracks) -> Self {
        let mut rule = SubscribeRule::new(type_);
        let PrioritizedTracks { tracks, priority } = tracks;
        let Tracks { all, kind, publisher, track } = tracks;
        (rule.all, rule.kind, rule.publisher, rule.track) = (all.then_some(true), kind, publisher, track);
        rule.priority = priority;
        self.0.push(rule);
        self
    }

    pub(super) fn into_rules(self) -> Vec<SubscribeRule> {
        self.0
    }
}

/// The tracks that a rule applies to: all tracks, or those that match every given criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "tracks do nothing without a rule"]
pub struct Tracks {
    all: bool,
    kind: Option<TrackKind>,
    publisher: Option<String>,
    track: Option<String>,
}

impl Tracks {
    const NO_CRITERIA: Self = Self { all: false, kind: None, publisher: None, track: None };

    /// Matches all tracks.
    pub fn all() -> Self {
        Self { all: true, ..Self::NO_CRITERIA }
    }

    /// Matches the tracks of this kind.
    pub fn of_kind(kind: impl Into<TrackKind>) -> Self {
        Self { kind: Some(kind.into()), ..Self::NO_CRITERIA }
    }

    /// Matches the tracks of the participant with this identity or SID.
    pub fn of_publisher(identity_or_sid: impl AsRef<str>) -> Self {
        Self { publisher: Some(identity_or_sid.as_ref().to_owned()), ..Self::NO_CRITERIA }
    }

    /// Matches the track with this name or SID.
    pub fn named(name_or_sid: impl AsRef<str>) -> Self {
        Self { track: Some(name_or_sid.as_ref().to_owned()), ..Self::NO_CRITERIA }
    }

    /// Matches the tracks that match both. If both have the same criterion, that of `other` applies.
    pub fn and(self, other: Self) -> Self {
        Self {
            all: self.all && other.all,
            kind: other.kind.or(self.kind),
            publisher: other.publisher.or(self.publisher),
            track: other.track.or(self.track),
        }
    }
}

/// The tracks that a subscribe rule applies to, optionally only those with a certain priority. [`Tracks`] convert to
/// it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "tracks do nothing without a rule"]
pub struct PrioritizedTracks {
    tracks: Tracks,
    priority: Option<String>,
}

impl PrioritizedTracks {
    /// Matches those of the tracks that are published with this priority: `low`, `standard` or `high`.
    pub fn of_priority(priority: impl Into<String>, tracks: Tracks) -> Self {
        // The service does not accept other criteria together with `all`.
        Self { tracks: Tracks { all: false, ..tracks }, priority: Some(priority.into()) }
    }
}

impl From<Tracks> for PrioritizedTracks {
    fn from(tracks: Tracks) -> Self {
        Self { tracks, priority: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(tracks: Tracks) -> Option<String> {
        serde_json::to_string(&RecordingRuleList::new().exclude(tracks).into_rules()).ok()
    }

    #[test]
    fn a_rule_has_either_all_or_the_criteria_of_its_tracks() {
        assert_eq!(json(Tracks::all()).as_deref(), Some(r#"[{"all":true,"type":"exclude"}]"#));
        let audio = Tracks::of_kind(TrackKind::Audio);
        let expected = r#"[{"kind":"audio","publisher":"alice","track":"mic","type":"exclude"}]"#;
        let combined = audio.clone().and(Tracks::of_publisher("alice")).and(Tracks::named("mic"));
        assert_eq!(json(combined).as_deref(), Some(expected));
        assert_eq!(Tracks::all().and(audio.clone()), audio);
    }
}
