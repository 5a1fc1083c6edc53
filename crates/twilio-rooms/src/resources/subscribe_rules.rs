//! The subscribe rules of a participant.

use twilio_rooms_api::types::{SubscribeRules, UpdateSubscribeRulesRequest};

use super::participant_path::ParticipantPath;
use super::rule_lists::{SubscribeRuleList, validate_rule_count};
use crate::request::{Request, RequestContext};
use crate::transport::{Connection, Effect};

/// A reference to the subscribe rules of a participant; created by
/// [`ParticipantRef::subscribe_rules`](crate::ParticipantRef::subscribe_rules).
#[derive(Debug, Clone)]
pub struct SubscribeRulesRef {
    connection: Connection,
    participant: ParticipantPath,
}

impl SubscribeRulesRef {
    pub(super) fn new(connection: &Connection, participant: &ParticipantPath) -> Self {
        Self { connection: connection.clone(), participant: participant.clone() }
    }

    /// Fetches the rules.
    ///
    /// See the vendor's documentation of [track
    /// subscriptions](https://www.twilio.com/docs/video/api/track-subscriptions).
    pub fn fetch(&self) -> Request<SubscribeRules> {
        let participant = self.participant.clone();
        Request::new(&self.connection, async move |context: RequestContext| {
            let (room, participant) = participant.validate()?;
            let call = async |api: twilio_rooms_api::Client| {
                api.fetch_subscribe_rules().room_sid(room).participant_sid(participant).send().await
            };
            context.call(Effect::Read, call).await
        })
    }

    /// Replaces the rules of the participant. They apply immediately.
    ///
    /// See the vendor's documentation of [track
    /// subscriptions](https://www.twilio.com/docs/video/api/track-subscriptions).
    pub fn update(&self, rules: SubscribeRuleList) -> Request<SubscribeRules> {
        let participant = self.participant.clone();
        Request::new(&self.connection, async move |context: RequestContext| {
            let (room, participant) = participant.validate()?;
            let rules = rules.into_rules();
            validate_rule_count(&rules)?;
            let form = UpdateSubscribeRulesRequest::new(rules);
            let call = async |api: twilio_rooms_api::Client| {
                api.update_subscribe_rules().room_sid(room).participant_sid(participant).body(form).send().await
            };
            context.call(Effect::Idempotent, call).await
        })
    }
}
