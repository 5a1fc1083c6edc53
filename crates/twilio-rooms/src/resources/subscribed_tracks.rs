//! The tracks of others that a participant is subscribed to.

use twilio_rooms_api::ResponseValue;
use twilio_rooms_api::TrackSid;
use twilio_rooms_api::types::{ErrorBody, SubscribedTrack, SubscribedTrackPage};

use super::names::validate_track_sid;
use super::participant_path::ParticipantPath;
use crate::error::Error;
use crate::listing::{FirstPage, List, Listable, Page, Resource};
use crate::request::{Request, RequestContext};
use crate::transport::{Connection, Effect};

/// The tracks of others that a participant is subscribed to; created by
/// [`ParticipantRef::subscribed_tracks`](crate::ParticipantRef::subscribed_tracks).
#[derive(Debug, Clone)]
pub struct SubscribedTracks {
    connection: Connection,
    participant: ParticipantPath,
}

impl SubscribedTracks {
    pub(super) fn new(connection: &Connection, participant: &ParticipantPath) -> Self {
        Self { connection: connection.clone(), participant: participant.clone() }
    }

    /// Lists the tracks.
    ///
    /// See the vendor's documentation of
    /// [subscribed tracks](https://www.twilio.com/docs/video/api/subscribed-tracks).
    pub fn list(&self) -> List<SubscribedTrack> {
        List::new(&self.connection, self.participant.clone())
    }

    /// Fetches one of the tracks, by its SID.
    ///
    /// See the vendor's documentation of
    /// [subscribed tracks](https://www.twilio.com/docs/video/api/subscribed-tracks).
    pub fn fetch(&self, sid: impl AsRef<str>) -> Request<SubscribedTrack> {
        let (participant, track) = (self.participant.clone(), TrackSid::from(sid.as_ref()));
        Request::new(&self.connection, async move |context: RequestContext| {
            let ((room, participant), track) = (participant.validate()?, validate_track_sid(&track)?);
            let call = async |api: twilio_rooms_api::Client| {
                api.fetch_subscribed_track().room_sid(room).participant_sid(participant).sid(track).send().await
            };
            context.call(Effect::Read, call).await?.require_sid(track, |track| track.sid.as_str())
        })
    }
}

impl Resource for SubscribedTrack {}

impl Listable for SubscribedTrack {
    type Query = ParticipantPath;
    type PageBody = SubscribedTrackPage;

    fn validate_path(participant: &ParticipantPath) -> Result<(), Error> {
        participant.validate().map(|_| ())
    }

    async fn send_page_request(
        api: twilio_rooms_api::Client,
        participant: ParticipantPath,
        first: Option<FirstPage>,
    ) -> Result<ResponseValue<SubscribedTrackPage>, twilio_rooms_api::Error<ErrorBody>> {
        let (room, participant) = participant.into_names();
        let mut list = api.list_subscribed_tracks().room_sid(room).participant_sid(participant);
        if let Some(FirstPage { page_size, .. }) = first {
            list = list.page_size(page_size);
        }
        list.send().await
    }

    fn into_page(body: SubscribedTrackPage) -> Page<Self> {
        Page::new(body.subscribed_tracks, body.meta)
    }

    fn identity(&self) -> &str {
        self.sid.as_str()
    }
}
