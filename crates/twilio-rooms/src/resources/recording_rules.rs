//! The recording rules of a room.

use twilio_rooms_api::types::{RecordingRules, UpdateRecordingRulesRequest};

use super::names::validate_path_name;
use super::rule_lists::{RecordingRuleList, validate_rule_count};
use crate::request::{Request, RequestContext};
use crate::transport::{Connection, Effect};

/// A reference to the recording rules of a room; created by
/// [`RoomRef::recording_rules`](crate::RoomRef::recording_rules).
#[derive(Debug, Clone)]
pub struct RecordingRulesRef {
    connection: Connection,
    room: String,
}

impl RecordingRulesRef {
    pub(super) fn new(connection: &Connection, room: &str) -> Self {
        Self { connection: connection.clone(), room: room.to_owned() }
    }

    /// Fetches the rules.
    ///
    /// See the vendor's documentation of [recording rules](https://www.twilio.com/docs/video/api/recording-rules).
    pub fn fetch(&self) -> Request<RecordingRules> {
        let room = self.room.clone();
        Request::new(&self.connection, async move |context: RequestContext| {
            let room = validate_path_name("room", &room)?;
            context.call(Effect::Read, async |api| api.fetch_recording_rules().room_sid(room).send().await).await
        })
    }

    /// Replaces the rules of the room. They apply immediately.
    ///
    /// ```no_run
    /// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
    /// use twilio_rooms::{RecordingRuleList, TrackKind, Tracks};
    ///
    /// let audio_only = RecordingRuleList::new().include(Tracks::of_kind(TrackKind::Audio));
    /// client.room("DailyStandup").recording_rules().update(audio_only).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// See the vendor's documentation of [recording rules](https://www.twilio.com/docs/video/api/recording-rules).
    pub fn update(&self, rules: RecordingRuleList) -> Request<RecordingRules> {
        let room = self.room.clone();
        Request::new(&self.connection, async move |context: RequestContext| {
            let room = validate_path_name("room", &room)?;
            let rules = rules.into_rules();
            validate_rule_count(&rules)?;
            let form = UpdateRecordingRulesRequest::new(rules);
            let call = async |api: twilio_rooms_api::Client| {
                api.update_recording_rules().room_sid(room).body(form).send().await
            };
            context.call(Effect::Idempotent, call).await
        })
    }
}
