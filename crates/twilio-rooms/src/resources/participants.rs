//! The participants of a room.

use twilio_rooms_api::ResponseValue;
use twilio_rooms_api::types::{ErrorBody, Participant, ParticipantPage, ParticipantStatus, UpdateParticipantRequest};

use super::names::validate_path_name;
use super::participant_path::ParticipantPath;
use super::published_tracks::PublishedTracks;
use super::subscribe_rules::SubscribeRulesRef;
use super::subscribed_tracks::SubscribedTracks;
use crate::error::Error;
use crate::listing::{DateFiltered, DateFilters, FirstPage, List, Listable, Page, Resource};
use crate::request::{Request, RequestContext};
use crate::transport::{Connection, Effect};

/// The participants of a room; created by [`RoomRef::participants`](crate::RoomRef::participants).
#[derive(Debug, Clone)]
pub struct Participants {
    connection: Connection,
    room: String,
}

impl Participants {
    pub(super) fn new(connection: &Connection, room: &str) -> Self {
        Self { connection: connection.clone(), room: room.to_owned() }
    }

    /// Lists the participants of the room.
    ///
    /// Without a [`status`](List::<Participant>::status) these are the connected participants of a room in progress, or
    /// all former participants of an ended room. With a status they can be, for example, those who have left a room in
    /// progress:
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
        let (room, status, identity, dates) = (self.room.clone(), None, None, DateFilters::default());
        List::new(&self.connection, ParticipantQuery { room, status, identity, dates })
    }
}

/// The room and the filters of a listing of participants.
#[derive(Debug, Clone)]
pub struct ParticipantQuery {
    room: String,
    status: Option<ParticipantStatus>,
    identity: Option<String>,
    dates: DateFilters,
}

/// Listings of participants.
impl List<Participant> {
    /// Lists only the participants with this status.
    ///
    /// Without it, the service lists the connected participants of a room in progress, or all former participants of an
    /// ended room.
    pub fn status(mut self, status: impl Into<ParticipantStatus>) -> Self {
        self.query.status = Some(status.into());
        self
    }

    /// Lists only the participants with this identity. Each time someone joins under it counts as another participant.
    pub fn identity(mut self, identity: impl Into<String>) -> Self {
        self.query.identity = Some(identity.into());
        self
    }
}

impl Resource for Participant {}

impl Listable for Participant {
    type Query = ParticipantQuery;
    type PageBody = ParticipantPage;

    fn validate_path(query: &ParticipantQuery) -> Result<(), Error> {
        validate_path_name("room", &query.room).map(|_| ())
    }

    fn validate_filters(query: &ParticipantQuery) -> Result<(), Error> {
        query.identity.as_deref().map_or(Ok(""), |identity| validate_path_name("participant", identity))?;
        query.dates.validate()
    }

    async fn send_page_request(
        api: twilio_rooms_api::Client,
        query: ParticipantQuery,
        first: Option<FirstPage>,
    ) -> Result<ResponseValue<ParticipantPage>, twilio_rooms_api::Error<ErrorBody>> {
        let mut list = api.list_participants().room_sid(query.room);
        if let Some(FirstPage { page_size, .. }) = first {
            list = list.page_size(page_size);
            if let Some(status) = query.status {
                list = list.status(status);
            }
            if let Some(identity) = query.identity {
                list = list.identity(identity);
            }
            let (after, before) = query.dates.to_wire();
            if let Some(after) = after {
                list = list.date_created_after(after);
            }
            if let Some(before) = before {
                list = list.date_created_before(before);
            }
        }
        list.send().await
    }

    fn into_page(body: ParticipantPage) -> Page<Self> {
        Page::new(body.participants, body.meta)
    }

    fn identity(&self) -> &str {
        self.sid.as_str()
    }
}

impl DateFiltered for Participant {
    fn created(&self) -> Option<i64> {
        self.date_created.map(|created| created.timestamp())
    }

    fn date_filters(query: &mut ParticipantQuery) -> &mut DateFilters {
        &mut query.dates
    }
}

/// A reference to a participant of a room, by its SID or identity; created by
/// [`RoomRef::participant`](crate::RoomRef::participant).
///
/// An identity stands for a participant only while the participant is connected. Creating a reference sends nothing.
#[derive(Debug, Clone)]
pub struct ParticipantRef {
    connection: Connection,
    path: ParticipantPath,
}

impl ParticipantRef {
    pub(super) fn new(connection: &Connection, room: &str, participant: &str) -> Self {
        Self { connection: connection.clone(), path: ParticipantPath::new(room, participant) }
    }

    /// Fetches the participant.
    ///
    /// See the vendor's documentation of [participants](https://www.twilio.com/docs/video/api/participants).
    pub fn fetch(&self) -> Request<Participant> {
        let path = self.path.clone();
        Request::new(&self.connection, async move |context: RequestContext| {
            let (room, sid) = path.validate()?;
            let call =
                async |api: twilio_rooms_api::Client| api.fetch_participant().room_sid(room).sid(sid).send().await;
            context.call(Effect::Read, call).await?.require_sid(sid, |participant| participant.sid.as_str())
        })
    }

    /// Disconnects the participant, who can join again while the access token is valid.
    ///
    /// See the vendor's documentation of [participants](https://www.twilio.com/docs/video/api/participants).
    pub fn disconnect(&self) -> Request<Participant> {
        let path = self.path.clone();
        Request::new(&self.connection, async move |context: RequestContext| {
            let (room, sid) = path.validate()?;
            let form = UpdateParticipantRequest::new(ParticipantStatus::Disconnected);
            let call = async |api: twilio_rooms_api::Client| {
                api.update_participant().room_sid(room).sid(sid).body(form).send().await
            };
            // At the time of a retry, someone may have joined again under the identity.
            let effect = if sid.starts_with("PA") { Effect::Idempotent } else { Effect::NonIdempotent };
            context.call(effect, call).await?.require_sid(sid, |participant| participant.sid.as_str())
        })
    }

    /// Removes the personal data of a disconnected participant: the identity, and everything that depends on it.
    ///
    /// See the vendor's documentation of
    /// [anonymizing participants](https://www.twilio.com/docs/video/api/participants#anonymize-a-participant).
    pub fn anonymize(&self) -> Request<Participant> {
        let path = self.path.clone();
        Request::new(&self.connection, async move |context: RequestContext| {
            let (room, sid) = path.validate()?;
            let call =
                async |api: twilio_rooms_api::Client| api.anonymize_participant().room_sid(room).sid(sid).send().await;
            context.call(Effect::Idempotent, call).await?.require_sid(sid, |participant| participant.sid.as_str())
        })
    }

    /// Returns the tracks that the participant publishes.
    #[must_use]
    pub fn published_tracks(&self) -> PublishedTracks {
        PublishedTracks::new(&self.connection, &self.path)
    }

    /// Returns the tracks of others that the participant is subscribed to.
    #[must_use]
    pub fn subscribed_tracks(&self) -> SubscribedTracks {
        SubscribedTracks::new(&self.connection, &self.path)
    }

    /// Returns the rules that decide which tracks the participant is subscribed to.
    #[must_use]
    pub fn subscribe_rules(&self) -> SubscribeRulesRef {
        SubscribeRulesRef::new(&self.connection, &self.path)
    }
}
