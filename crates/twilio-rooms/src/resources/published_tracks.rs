//! The tracks that a participant publishes.

use twilio_rooms_api::ResponseValue;
use twilio_rooms_api::types::{ErrorBody, PublishedTrack, PublishedTrackPage};

use super::names::validate_path_name;
use super::participant_path::ParticipantPath;
use crate::error::Error;
use crate::listing::{FirstPage, List, Listable, Page, Resource};
use crate::request::{Request, RequestContext};
use crate::transport::{Connection, Effect};

/// The tracks that a participant publishes; created by
/// [`ParticipantRef::published_tracks`](crate::ParticipantRef::published_tracks).
#[derive(Debug, Clone)]
pub struct PublishedTracks {
    connection: Connection,
    participant: ParticipantPath,
}

impl PublishedTracks {
    pub(super) fn new(connection: &Connection, participant: &ParticipantPath) -> Self {
        Self { connection: connection.clone(), participant: participant.clone() }
    }

    /// Lists the tracks.
    ///
    /// See the vendor's documentation of
    /// [published tracks](https://www.twilio.com/docs/video/api/publishedtrack).
    pub fn list(&self) -> List<PublishedTrack> {
        List::new(&self.connection, self.participant.clone())
    }

    /// Fetches one of the tracks, by its SID or its name.
    ///
    /// See the vendor's documentation of
    /// [published tracks](https://www.twilio.com/docs/video/api/publishedtrack).
    pub fn fetch(&self, sid_or_name: impl AsRef<str>) -> Request<PublishedTrack> {
        let (participant, track) = (self.participant.clone(), String::from(sid_or_name.as_ref()));
        Request::new(&self.connection, async move |context: RequestContext| {
            let ((room, participant), track) = (participant.validate()?, validate_path_name("track", &track)?);
            let call = async |api: twilio_rooms_api::Client| {
                api.fetch_published_track().room_sid(room).participant_sid(participant).sid(track).send().await
            };
            context.call(Effect::Read, call).await?.require_sid(track, |track| track.sid.as_str())
        })
    }
}

impl Resource for PublishedTrack {}

impl Listable for PublishedTrack {
    type Query = ParticipantPath;
    type PageBody = PublishedTrackPage;

    fn validate_path(participant: &ParticipantPath) -> Result<(), Error> {
        participant.validate().map(|_| ())
    }

    async fn send_page_request(
        api: twilio_rooms_api::Client,
        participant: ParticipantPath,
        first: Option<FirstPage>,
    ) -> Result<ResponseValue<PublishedTrackPage>, twilio_rooms_api::Error<ErrorBody>> {
        let (room, participant) = participant.into_names();
        let mut list = api.list_published_tracks().room_sid(room).participant_sid(participant);
        if let Some(FirstPage { page_size, .. }) = first {
            list = list.page_size(page_size);
        }
        list.send().await
    }

    fn into_page(body: PublishedTrackPage) -> Page<Self> {
        Page::new(body.published_tracks, body.meta)
    }

    fn identity(&self) -> &str {
        self.sid.as_str()
    }
}
