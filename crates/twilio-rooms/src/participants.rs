//! The participants of a room.

use std::sync::Arc;

use twilio_rooms_api::types::{Participant, ParticipantStatus, UpdateParticipantRequest};

use crate::call::Call;
use crate::client::Client;
use crate::created::{self, Created};
use crate::error::Error;
use crate::list::{First, List, Listed};
use crate::names::checked;
use crate::page::Page;
use crate::published_tracks::PublishedTracks;
use crate::request::{Context, Request};
use crate::response::Response;
use crate::retry::Effect;
use crate::subscribe_rules::SubscribeRulesRef;
use crate::subscribed_tracks::SubscribedTracks;

/// The participants of a room; made by [`RoomRef::participants`](crate::RoomRef::participants).
#[derive(Debug, Clone)]
pub struct Participants {
    client: Client,
    room: String,
}

impl Participants {
    pub(crate) fn new(client: &Client, room: &str) -> Self {
        Self { client: client.clone(), room: room.to_owned() }
    }

    /// Lists the participants of the room: those who are connected while it is in progress, and once it is over those who
    /// were. With a [`status`](List::<Participant>::status) they are others, such as those who have left a room in progress:
    ///
    /// ```no_run
    /// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
    /// use twilio_rooms::ParticipantStatus;
    ///
    /// let left = client.room("DailyStandup").participants().list().status(ParticipantStatus::Disconnected).collect().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// See the vendor's documentation of [participants](https://www.twilio.com/docs/video/api/participants).
    pub fn list(&self) -> List<Participant> {
        let filters = ParticipantFilters { room: self.room.clone(), ..ParticipantFilters::default() };
        List::new(&self.client, filters)
    }
}

/// Which participants are listed.
#[derive(Debug, Clone, Default)]
pub(crate) struct ParticipantFilters {
    room: String,
    status: Option<ParticipantStatus>,
    identity: Option<String>,
    created: Created,
}

/// Participants.
impl List<Participant> {
    /// Lists the participants with this status only. Without it, they are those who are connected while the room is in
    /// progress, and once it is over those who were.
    pub fn status(mut self, status: impl Into<ParticipantStatus>) -> Self {
        self.query.status = Some(status.into());
        self
    }

    /// Lists the participants with this identity only: each time that somebody joined with it is a participant of its own.
    pub fn identity(mut self, identity: impl Into<String>) -> Self {
        self.query.identity = Some(identity.into());
        self
    }

    created::filters!("participants that joined");
}

impl Listed for Participant {
    type Query = ParticipantFilters;

    async fn read(call: Arc<Call>, query: Self::Query, first: Option<First>) -> Result<Response<Page<Self>>, Error> {
        let api = call.api();
        let mut list = api.list_participants().room_sid(checked("room", &query.room)?);
        if let Some(First { page_size, .. }) = first {
            list = list.page_size(page_size);
            if let Some(status) = query.status {
                list = list.status(status);
            }
            if let Some(identity) = &query.identity {
                list = list.identity(checked("participant", identity)?);
            }
            list = created::apply!(query.created, list);
        }
        let page = call.finish(list.send().await)?;
        Ok(page.map(|page| Page::new(page.participants, page.meta)))
    }

    fn identity(&self) -> &str {
        self.sid.as_str()
    }

    created::listed!();
}

/// One participant of a room, named by its SID or, while it is connected, its identity; made by
/// [`RoomRef::participant`](crate::RoomRef::participant). Nothing is known of it until it is asked for.
#[derive(Debug, Clone)]
pub struct ParticipantRef {
    client: Client,
    of: Of,
}

/// Which participant, of which room.
#[derive(Debug, Clone)]
pub(crate) struct Of {
    room: String,
    participant: String,
}

impl Of {
    /// The names of both, if they can be part of a path.
    pub(crate) fn names(&self) -> Result<(&str, &str), Error> {
        Ok((checked("room", &self.room)?, checked("participant", &self.participant)?))
    }
}

impl ParticipantRef {
    pub(crate) fn new(client: &Client, room: &str, participant: &str) -> Self {
        let of = Of { room: room.to_owned(), participant: participant.to_owned() };
        Self { client: client.clone(), of }
    }

    /// Fetches the participant.
    ///
    /// See the vendor's documentation of [participants](https://www.twilio.com/docs/video/api/participants).
    pub fn fetch(&self) -> Request<Participant> {
        let of = self.of.clone();
        Request::new(&self.client, async move |context: Context| {
            let (room, sid) = of.names()?;
            context.call(Effect::Read, async |api| api.fetch_participant().room_sid(room).sid(sid).send().await).await
        })
    }

    /// Disconnects the participant. It can join again, unless it has no access token for that.
    ///
    /// See the vendor's documentation of [participants](https://www.twilio.com/docs/video/api/participants).
    pub fn disconnect(&self) -> Request<Participant> {
        let of = self.of.clone();
        Request::new(&self.client, async move |context: Context| {
            let (room, sid) = of.names()?;
            let form = UpdateParticipantRequest::new(ParticipantStatus::Disconnected);
            let call = async |api: twilio_rooms_api::Client| {
                api.update_participant().room_sid(room).sid(sid).body(form).send().await
            };
            // An identity can be that of somebody who has joined again by the time of a second attempt.
            let effect = if sid.starts_with("PA") { Effect::Idempotent } else { Effect::Once };
            context.call(effect, call).await
        })
    }

    /// Takes what can tell who it was out of a participant that is disconnected: its identity, and what depends on it.
    ///
    /// See the vendor's documentation of
    /// [anonymizing participants](https://www.twilio.com/docs/video/api/participants#anonymize-a-participant).
    pub fn anonymize(&self) -> Request<Participant> {
        let of = self.of.clone();
        Request::new(&self.client, async move |context: Context| {
            let (room, sid) = of.names()?;
            let call =
                async |api: twilio_rooms_api::Client| api.anonymize_participant().room_sid(room).sid(sid).send().await;
            context.call(Effect::Idempotent, call).await
        })
    }

    /// The tracks that the participant publishes.
    #[must_use]
    pub fn published_tracks(&self) -> PublishedTracks {
        PublishedTracks::new(&self.client, &self.of)
    }

    /// The tracks of others that the participant is subscribed to.
    #[must_use]
    pub fn subscribed_tracks(&self) -> SubscribedTracks {
        SubscribedTracks::new(&self.client, &self.of)
    }

    /// The rules for which tracks the participant is subscribed to.
    #[must_use]
    pub fn subscribe_rules(&self) -> SubscribeRulesRef {
        SubscribeRulesRef::new(&self.client, &self.of)
    }
}
