//! The recording rules of a room.

use twilio_rooms_api::types;

use crate::client::Client;
use crate::names::checked;
use crate::request::{Context, Request};
use crate::retry::Effect;
use crate::rules::{RecordingRules, check_count};

/// The rules for which tracks of a room are recorded; made by
/// [`RoomRef::recording_rules`](crate::RoomRef::recording_rules).
#[derive(Debug, Clone)]
pub struct RecordingRulesRef {
    client: Client,
    room: String,
}

impl RecordingRulesRef {
    pub(crate) fn new(client: &Client, room: &str) -> Self {
        Self { client: client.clone(), room: room.to_owned() }
    }

    /// Fetches the rules.
    ///
    /// See the vendor's documentation of [recording rules](https://www.twilio.com/docs/video/api/recording-rules).
    pub fn fetch(&self) -> Request<types::RecordingRules> {
        let room = self.room.clone();
        Request::new(&self.client, async move |context: Context| {
            let room = checked("room", &room)?;
            context.call(Effect::Read, async |api| api.fetch_recording_rules().room_sid(room).send().await).await
        })
    }

    /// Puts these rules in the place of those that the room has, from now on.
    ///
    /// ```no_run
    /// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
    /// use twilio_rooms::{RecordingRules, TrackKind, Tracks};
    ///
    /// let sound = RecordingRules::new().include(Tracks::of_kind(TrackKind::Audio));
    /// client.room("DailyStandup").recording_rules().update(sound).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// See the vendor's documentation of [recording rules](https://www.twilio.com/docs/video/api/recording-rules).
    pub fn update(&self, rules: RecordingRules) -> Request<types::RecordingRules> {
        let room = self.room.clone();
        Request::new(&self.client, async move |context: Context| {
            let room = checked("room", &room)?;
            let rules = rules.into_inner();
            check_count(&rules)?;
            let form = types::UpdateRecordingRulesRequest::new(rules);
            let call = async |api: twilio_rooms_api::Client| {
                api.update_recording_rules().room_sid(room).body(form).send().await
            };
            context.call(Effect::Idempotent, call).await
        })
    }
}
