//! The tracks that a participant publishes.

use std::sync::Arc;

use twilio_rooms_api::types::PublishedTrack;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::list::{First, List, Listed};
use crate::names::checked;
use crate::page::Page;
use crate::participants::Of;
use crate::request::{Context, Request};
use crate::response::Response;
use crate::retry::Effect;

/// The tracks that a participant publishes; made by
/// [`ParticipantRef::published_tracks`](crate::ParticipantRef::published_tracks).
#[derive(Debug, Clone)]
pub struct PublishedTracks {
    client: Client,
    of: Of,
}

impl PublishedTracks {
    pub(crate) fn new(client: &Client, of: &Of) -> Self {
        Self { client: client.clone(), of: of.clone() }
    }

    /// Lists the tracks.
    ///
    /// See the vendor's documentation of
    /// [published tracks](https://www.twilio.com/docs/video/api/publishedtrack).
    pub fn list(&self) -> List<PublishedTrack> {
        List::new(&self.client, self.of.clone())
    }

    /// Fetches one of the tracks, by its SID or its name.
    pub fn fetch(&self, sid_or_name: impl Into<String>) -> Request<PublishedTrack> {
        let (of, track) = (self.of.clone(), sid_or_name.into());
        Request::new(&self.client, async move |context: Context| {
            let ((room, participant), track) = (of.names()?, checked("track", &track)?);
            let call = async |api: twilio_rooms_api::Client| {
                api.fetch_published_track().room_sid(room).participant_sid(participant).sid(track).send().await
            };
            context.call(Effect::Read, call).await
        })
    }
}

impl Listed for PublishedTrack {
    type Query = Of;

    async fn read(call: Arc<Call>, of: Of, first: Option<First>) -> Result<Response<Page<Self>>, Error> {
        let (api, (room, participant)) = (call.api(), of.names()?);
        let mut list = api.list_published_tracks().room_sid(room).participant_sid(participant);
        if let Some(First { page_size, .. }) = first {
            list = list.page_size(page_size);
        }
        let page = call.finish(list.send().await)?;
        Ok(page.map(|page| Page::new(page.published_tracks, page.meta)))
    }

    fn identity(&self) -> &str {
        self.sid.as_str()
    }
}
