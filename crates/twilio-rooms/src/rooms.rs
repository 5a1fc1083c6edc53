//! The rooms of an account.

use std::sync::Arc;

use twilio_rooms_api::builder;
use twilio_rooms_api::types::{Room, RoomStatus};

use crate::call::Call;
use crate::client::Client;
use crate::create::CreateRoom;
use crate::created::{self, Created};
use crate::error::Error;
use crate::list::{First, List, Listed};
use crate::names::check_length;
use crate::page::Page;
use crate::response::Response;

/// The statuses of a room in the order in which it goes through them, so that none is missed that changes on the way.
const ANY_STATUS: [RoomStatus; 3] = [RoomStatus::InProgress, RoomStatus::Completed, RoomStatus::Failed];

/// The rooms of an account; made by [`Client::rooms`].
#[derive(Debug, Clone)]
pub struct Rooms {
    client: Client,
}

impl Rooms {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists rooms, newest first.
    ///
    /// **Without a status only the rooms in progress are listed.** For others choose a [`status`](List::<Room>::status), and
    /// for all of them [`any_status`](List::<Room>::any_status).
    ///
    /// ```no_run
    /// use twilio_rooms::RoomStatus;
    ///
    /// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
    /// let standups = client.rooms().list().status(RoomStatus::Completed).unique_name("DailyStandup").collect().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// See the vendor's documentation of
    /// [this operation](https://www.twilio.com/docs/video/api/rooms-resource#read-multiple-room-resources).
    pub fn list(&self) -> List<Room> {
        List::new(&self.client, RoomFilters::default())
    }

    /// Creates a room, in progress from then on.
    ///
    /// ```no_run
    /// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
    /// let room = client.rooms().create().unique_name("DailyStandup").max_participants(10).await?;
    /// println!("{} is open", room.sid);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// See the vendor's documentation of
    /// [this operation](https://www.twilio.com/docs/video/api/rooms-resource#create-a-room-resource).
    pub fn create(&self) -> CreateRoom {
        CreateRoom::new(self.client.clone())
    }
}

/// Which rooms are listed.
#[derive(Debug, Clone, Default)]
pub(crate) struct RoomFilters {
    status: Option<RoomStatus>,
    any_status: bool,
    unique_name: Option<String>,
    created: Created,
}

/// Rooms.
impl List<Room> {
    /// Lists the rooms with this status only. The default is [`RoomStatus::InProgress`].
    pub fn status(mut self, status: impl Into<RoomStatus>) -> Self {
        self.query.status = Some(status.into());
        self.query.any_status = false;
        self
    }

    /// Lists the rooms of every status: those in progress first, then the completed, then the failed, each newest first.
    ///
    /// The service lists one status at a time, so these are three listings one after another. A room that ends meanwhile is
    /// given once, as it was when it was in progress; unless the listing was [resumed](Self::resume) in between, when what was
    /// given before is not known any more.
    ///
    /// For [`stream`](Self::stream) and [`collect`](Self::collect) only: there is no single page of it.
    pub fn any_status(mut self) -> Self {
        self.query.status = None;
        self.query.any_status = true;
        self
    }

    /// Lists the rooms with this unique name only, up to 128 characters, compared as a whole and with regard to case.
    pub fn unique_name(mut self, unique_name: impl Into<String>) -> Self {
        self.query.unique_name = Some(unique_name.into());
        self
    }

    created::filters!("rooms that were created");
}

impl Listed for Room {
    type Query = RoomFilters;

    async fn read(call: Arc<Call>, query: RoomFilters, first: Option<First>) -> Result<Response<Page<Self>>, Error> {
        let api = call.api();
        let mut list = api.list_rooms();
        if let Some(First { part, page_size }) = first {
            list = query.apply(list, part)?.page_size(page_size);
        }
        let page = call.finish(list.send().await)?;
        Ok(page.map(|page| Page::new(page.rooms, page.meta)))
    }

    fn identity(&self) -> &str {
        self.sid.as_str()
    }

    created::listed!();

    fn parts(query: &RoomFilters) -> usize {
        if query.any_status { ANY_STATUS.len() } else { 1 }
    }

    /// A URL without a status is of rooms in progress.
    fn part_of(url: &str) -> usize {
        let url = reqwest::Url::parse(url).ok();
        let status = url.as_ref().and_then(|url| url.query_pairs().find(|(name, _)| name == "Status"));
        let Some((_, status)) = status else { return 0 };
        ANY_STATUS.iter().position(|known| known.as_str() == status).unwrap_or(ANY_STATUS.len() - 1)
    }
}

impl RoomFilters {
    /// The operation with these filters; a value that is out of its range is refused.
    fn apply(self, mut list: builder::ListRooms<'_>, part: usize) -> Result<builder::ListRooms<'_>, Error> {
        let status = if self.any_status { ANY_STATUS.get(part).cloned() } else { self.status };
        if let Some(status) = status {
            list = list.status(status);
        }
        if let Some(unique_name) = self.unique_name {
            check_length("unique_name", &unique_name)?;
            list = list.unique_name(unique_name);
        }
        list = created::apply!(self.created, list);
        Ok(list)
    }
}
