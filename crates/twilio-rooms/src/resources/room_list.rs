//! Listings of rooms.

use twilio_rooms_api::ResponseValue;
use twilio_rooms_api::types::{ErrorBody, Room, RoomPage, RoomStatus};

use super::names::validate_name_length;
use crate::error::Error;
use crate::listing::{DateFiltered, DateFilters, FirstPage, List, Listable, Page, Resource};

/// All statuses, in the order in which a room can go through them, so that a room that changes during the listing is
/// not missed.
const ALL_STATUSES: [RoomStatus; 3] = [RoomStatus::InProgress, RoomStatus::Completed, RoomStatus::Failed];

/// The filters of a listing of rooms.
#[derive(Debug, Clone, Default)]
pub struct RoomQuery {
    status: Option<RoomStatus>,
    any_status: bool,
    unique_name: Option<String>,
    dates: DateFilters,
}

/// Listings of rooms.
impl List<Room> {
    /// Lists only the rooms with this status. The default is [`RoomStatus::InProgress`].
    pub fn status(mut self, status: impl Into<RoomStatus>) -> Self {
        self.query.status = Some(status.into());
        self.query.any_status = false;
        self
    }

    /// Lists the rooms of every status: first those in progress, then completed ones, then failed ones, each newest
    /// first.
    ///
    /// The service lists one status at a time, so this takes three consecutive listings. A room that ends in the meantime
    /// is listed once, with the status in progress, unless the listing was [resumed](Self::resume) in between.
    ///
    /// It is for [`stream`](Self::stream), [`pages`](Self::pages) and [`collect`](Self::collect).
    /// [`send`](Self::send) rejects it, since no single page contains every status.
    pub fn any_status(mut self) -> Self {
        self.query.status = None;
        self.query.any_status = true;
        self
    }

    /// Lists only the rooms with exactly this unique name, of up to 128 characters. Case matters.
    pub fn unique_name(mut self, unique_name: impl Into<String>) -> Self {
        self.query.unique_name = Some(unique_name.into());
        self
    }
}

impl Resource for Room {}

impl Listable for Room {
    type Query = RoomQuery;
    type PageBody = RoomPage;

    fn validate_filters(query: &RoomQuery) -> Result<(), Error> {
        query.unique_name.as_deref().map_or(Ok(()), |name| validate_name_length("unique_name", name))?;
        query.dates.validate()
    }

    async fn send_page_request(
        api: twilio_rooms_api::Client,
        query: RoomQuery,
        first: Option<FirstPage>,
    ) -> Result<ResponseValue<RoomPage>, twilio_rooms_api::Error<ErrorBody>> {
        let mut list = api.list_rooms();
        if let Some(FirstPage { sublisting, page_size }) = first {
            list = list.page_size(page_size);
            let status = if query.any_status { ALL_STATUSES.get(sublisting).cloned() } else { query.status };
            if let Some(status) = status {
                list = list.status(status);
            }
            if let Some(unique_name) = query.unique_name {
                list = list.unique_name(unique_name);
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

    fn into_page(body: RoomPage) -> Page<Self> {
        Page::new(body.rooms, body.meta)
    }

    fn identity(&self) -> &str {
        self.sid.as_str()
    }

    fn sublistings(query: &RoomQuery) -> usize {
        if query.any_status { ALL_STATUSES.len() } else { 1 }
    }

    fn sublisting_of(page_url: &str) -> usize {
        let url = reqwest::Url::parse(page_url).ok();
        let status = url.as_ref().and_then(|url| url.query_pairs().find(|(name, _)| name == "Status"));
        // Without a status the service lists rooms in progress.
        let Some((_, status)) = status else { return 0 };
        ALL_STATUSES.iter().position(|known| known.as_str() == status).unwrap_or(ALL_STATUSES.len() - 1)
    }
}

impl DateFiltered for Room {
    fn created(&self) -> Option<i64> {
        self.date_created.map(|created| created.timestamp())
    }

    fn date_filters(query: &mut RoomQuery) -> &mut DateFilters {
        &mut query.dates
    }
}
