//! Rules for which tracks are recorded.

use twilio_rooms_api::types::{RecordingRule, RuleType, TrackKind};

use crate::error::Error;

/// How many rules the service takes at most.
const MAX_RULES: usize = 20;

/// Checks that there are as many rules as the service takes.
pub(crate) fn check_count<T>(rules: &[T]) -> Result<(), Error> {
    if (1..=MAX_RULES).contains(&rules.len()) {
        return Ok(());
    }
    Err(Error::invalid(format!("there are {} rules, but must be from 1 to {MAX_RULES}", rules.len())))
}

/// Rules for which tracks of a room are recorded, from 1 to 20 of them. Later rules win over earlier ones.
///
/// ```
/// use twilio_rooms::{RecordingRules, TrackKind, Tracks};
///
/// // All sound, but not that of the interpreter; no pictures.
/// let interpreter = Tracks::of_kind(TrackKind::Audio).and(Tracks::of_publisher("interpreter"));
/// let rules = RecordingRules::new().include(Tracks::of_kind(TrackKind::Audio)).exclude(interpreter);
/// ```
///
/// See the vendor's documentation of
/// [recording rules](https://www.twilio.com/docs/video/api/recording-rules).
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use = "rules do nothing by themselves"]
pub struct RecordingRules(Vec<RecordingRule>);

impl RecordingRules {
    /// No rules yet: the service takes from 1 to 20.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records these tracks.
    pub fn include(self, tracks: Tracks) -> Self {
        self.with(RuleType::Include, tracks)
    }

    /// Does not record these tracks.
    pub fn exclude(self, tracks: Tracks) -> Self {
        self.with(RuleType::Exclude, tracks)
    }

    fn with(mut self, type_: RuleType, tracks: Tracks) -> Self {
        let mut rule = RecordingRule::new(type_);
        let Tracks { all, kind, publisher, track } = tracks;
        (rule.all, rule.kind, rule.publisher, rule.track) = (all.then_some(true), kind, publisher, track);
        self.0.push(rule);
        self
    }

    pub(crate) fn into_inner(self) -> Vec<RecordingRule> {
        self.0
    }
}

/// The tracks that a rule is for: all, or those that match everything that is said of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "tracks do nothing without a rule"]
pub struct Tracks {
    pub(crate) all: bool,
    pub(crate) kind: Option<TrackKind>,
    pub(crate) publisher: Option<String>,
    pub(crate) track: Option<String>,
}

impl Tracks {
    const NONE: Self = Self { all: false, kind: None, publisher: None, track: None };

    /// All tracks.
    pub fn all() -> Self {
        Self { all: true, ..Self::NONE }
    }

    /// The tracks of this kind.
    pub fn of_kind(kind: impl Into<TrackKind>) -> Self {
        Self { kind: Some(kind.into()), ..Self::NONE }
    }

    /// The tracks of the participant with this identity or SID.
    pub fn of_publisher(identity_or_sid: impl Into<String>) -> Self {
        Self { publisher: Some(identity_or_sid.into()), ..Self::NONE }
    }

    /// The track with this name or SID.
    pub fn named(name_or_sid: impl Into<String>) -> Self {
        Self { track: Some(name_or_sid.into()), ..Self::NONE }
    }

    /// The tracks that are among both. Where both say something of the same, `other` is what counts.
    pub fn and(self, other: Self) -> Self {
        Self {
            all: self.all && other.all,
            kind: other.kind.or(self.kind),
            publisher: other.publisher.or(self.publisher),
            track: other.track.or(self.track),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(tracks: Tracks) -> Option<String> {
        serde_json::to_string(&RecordingRules::new().exclude(tracks).into_inner()).ok()
    }

    #[test]
    fn a_rule_says_all_or_what_the_tracks_are() {
        assert_eq!(json(Tracks::all()).as_deref(), Some(r#"[{"all":true,"type":"exclude"}]"#));
        let sound = Tracks::of_kind(TrackKind::Audio);
        let expected = r#"[{"kind":"audio","publisher":"alice","track":"mic","type":"exclude"}]"#;
        let both = sound.clone().and(Tracks::of_publisher("alice")).and(Tracks::named("mic"));
        assert_eq!(json(both).as_deref(), Some(expected));
        assert_eq!(Tracks::all().and(sound.clone()), sound);
    }
}
