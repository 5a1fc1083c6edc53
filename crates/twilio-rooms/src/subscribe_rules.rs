//! The subscribe rules of a participant.

use twilio_rooms_api::types::{self, RuleType, SubscribeRule};

use crate::client::Client;
use crate::participants::Of;
use crate::request::{Context, Request};
use crate::retry::Effect;
use crate::rules::{Tracks, check_count};

/// Rules for which tracks a participant is subscribed to, from 1 to 20 of them. Later rules win over earlier ones.
///
/// ```
/// use twilio_rooms::{SubscribeRules, TrackKind, Tracks};
///
/// // Everything but the pictures of the audience.
/// let audience = Tracks::of_kind(TrackKind::Video).and(Tracks::of_publisher("audience"));
/// let rules = SubscribeRules::new().include(Tracks::all()).exclude(audience);
/// ```
///
/// See the vendor's documentation of [track subscriptions](https://www.twilio.com/docs/video/api/track-subscriptions).
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use = "rules do nothing by themselves"]
pub struct SubscribeRules(Vec<SubscribeRule>);

impl SubscribeRules {
    /// No rules yet: the service takes from 1 to 20. `exclude(Tracks::all())` subscribes to nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Subscribes the participant to these tracks.
    pub fn include(self, tracks: impl Into<PrioritizedTracks>) -> Self {
        self.with(RuleType::Include, tracks.into())
    }

    /// Does not subscribe the participant to these tracks.
    pub fn exclude(self, tracks: impl Into<PrioritizedTracks>) -> Self {
        self.with(RuleType::Exclude, tracks.into())
    }

    fn with(mut self, type_: RuleType, tracks: PrioritizedTracks) -> Self {
        let mut rule = SubscribeRule::new(type_);
        let PrioritizedTracks { tracks, priority } = tracks;
        let Tracks { all, kind, publisher, track } = tracks;
        (rule.all, rule.kind, rule.publisher, rule.track) = (all.then_some(true), kind, publisher, track);
        rule.priority = priority;
        self.0.push(rule);
        self
    }
}

/// The tracks that a rule is for, perhaps only those of a priority. [`Tracks`] are some of any priority.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "tracks do nothing without a rule"]
pub struct PrioritizedTracks {
    tracks: Tracks,
    priority: Option<String>,
}

impl PrioritizedTracks {
    /// Those of the tracks that are published with this priority, as the vendor calls it.
    ///
    /// Of [all tracks](Tracks::all) these are the ones that the priority alone tells from the others.
    pub fn of_priority(priority: impl Into<String>, tracks: Tracks) -> Self {
        // A rule says all, or what the tracks are.
        Self { tracks: Tracks { all: false, ..tracks }, priority: Some(priority.into()) }
    }
}

impl From<Tracks> for PrioritizedTracks {
    fn from(tracks: Tracks) -> Self {
        Self { tracks, priority: None }
    }
}

/// The rules for which tracks a participant is subscribed to; made by
/// [`ParticipantRef::subscribe_rules`](crate::ParticipantRef::subscribe_rules).
#[derive(Debug, Clone)]
pub struct SubscribeRulesRef {
    client: Client,
    of: Of,
}

impl SubscribeRulesRef {
    pub(crate) fn new(client: &Client, of: &Of) -> Self {
        Self { client: client.clone(), of: of.clone() }
    }

    /// Fetches the rules.
    ///
    /// See the vendor's documentation of [track subscriptions](https://www.twilio.com/docs/video/api/track-subscriptions).
    pub fn fetch(&self) -> Request<types::SubscribeRules> {
        let of = self.of.clone();
        Request::new(&self.client, async move |context: Context| {
            let (room, participant) = of.names()?;
            let call = async |api: twilio_rooms_api::Client| {
                api.fetch_subscribe_rules().room_sid(room).participant_sid(participant).send().await
            };
            context.call(Effect::Read, call).await
        })
    }

    /// Puts these rules in the place of those that the participant has, from now on.
    ///
    /// See the vendor's documentation of [track subscriptions](https://www.twilio.com/docs/video/api/track-subscriptions).
    pub fn update(&self, rules: SubscribeRules) -> Request<types::SubscribeRules> {
        let of = self.of.clone();
        Request::new(&self.client, async move |context: Context| {
            let (room, participant) = of.names()?;
            check_count(&rules.0)?;
            let form = types::UpdateSubscribeRulesRequest::new(rules.0);
            let call = async |api: twilio_rooms_api::Client| {
                api.update_subscribe_rules().room_sid(room).participant_sid(participant).body(form).send().await
            };
            context.call(Effect::Idempotent, call).await
        })
    }
}
