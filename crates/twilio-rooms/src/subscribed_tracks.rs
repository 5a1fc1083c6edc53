//! The tracks of others that a participant is subscribed to.

use std::sync::Arc;

use twilio_rooms_api::TrackSid;
use twilio_rooms_api::types::SubscribedTrack;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::list::{First, List, Listed};
use crate::names::Sid;
use crate::page::Page;
use crate::participants::Of;
use crate::request::{Context, Request};
use crate::response::Response;
use crate::retry::Effect;

/// The tracks of others that a participant is subscribed to; made by
/// [`ParticipantRef::subscribed_tracks`](crate::ParticipantRef::subscribed_tracks).
#[derive(Debug, Clone)]
pub struct SubscribedTracks {
    client: Client,
    of: Of,
}

impl SubscribedTracks {
    pub(crate) fn new(client: &Client, of: &Of) -> Self {
        Self { client: client.clone(), of: of.clone() }
    }

    /// Lists the tracks.
    ///
    /// See the vendor's documentation of
    /// [subscribed tracks](https://www.twilio.com/docs/video/api/subscribed-tracks).
    pub fn list(&self) -> List<SubscribedTrack> {
        List::new(&self.client, self.of.clone())
    }

    /// Fetches one of the tracks, by its SID.
    pub fn fetch(&self, sid: impl Into<TrackSid>) -> Request<SubscribedTrack> {
        let (of, track) = (self.of.clone(), sid.into());
        Request::new(&self.client, async move |context: Context| {
            let ((room, participant), track) = (of.names()?, track.checked()?);
            let call = async |api: twilio_rooms_api::Client| {
                api.fetch_subscribed_track().room_sid(room).participant_sid(participant).sid(track).send().await
            };
            context.call(Effect::Read, call).await
        })
    }
}

impl Listed for SubscribedTrack {
    type Query = Of;

    async fn read(call: Arc<Call>, of: Of, first: Option<First>) -> Result<Response<Page<Self>>, Error> {
        let (api, (room, participant)) = (call.api(), of.names()?);
        let mut list = api.list_subscribed_tracks().room_sid(room).participant_sid(participant);
        if let Some(First { page_size, .. }) = first {
            list = list.page_size(page_size);
        }
        let page = call.finish(list.send().await)?;
        Ok(page.map(|page| Page::new(page.subscribed_tracks, page.meta)))
    }

    fn identity(&self) -> &str {
        self.sid.as_str()
    }
}
