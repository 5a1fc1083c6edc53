//! The rooms of an account.

use std::sync::Arc;

use twilio_rooms_api::builder;
use twilio_rooms_api::types::{Room, RoomStatus};

use crate::client::Client;
use crate::create::CreateRoom;
use crate::date::DateOrInstant;
use crate::error::Error;
use crate::options::{self, Options};
use crate::page::{Page, next_url};
use crate::response::Response;
use crate::retry::Effect;
use crate::room::MAX_NAME;
use crate::stream::{At, Items, Listing, PageFuture};

/// The largest page that the service sends.
const MAX_PAGE_SIZE: u32 = 1000;
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
    /// **Without a status only the rooms in progress are listed.** For others choose a [`status`](ListRooms::status), and for
    /// all of them [`any_status`](ListRooms::any_status).
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
    pub fn list(&self) -> ListRooms {
        ListRooms {
            client: self.client.clone(),
            options: Options::default(),
            query: Query::default(),
            resume: None,
            limit: None,
        }
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

/// A listing of rooms, made by [`Rooms::list`]: choose what to list, then [`stream`](Self::stream) it, [`collect`](Self::collect)
/// it, or [`send`](Self::send) for one page.
#[derive(Debug, Clone)]
#[must_use = "a listing does nothing until it is sent, streamed or collected"]
pub struct ListRooms {
    client: Client,
    options: Options,
    query: Query,
    resume: Option<String>,
    limit: Option<u64>,
}

#[derive(Debug, Clone, Default)]
struct Query {
    status: Option<RoomStatus>,
    any_status: bool,
    unique_name: Option<String>,
    created_on_or_after: Option<DateOrInstant>,
    created_before: Option<DateOrInstant>,
    page_size: Option<u32>,
}

impl ListRooms {
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

    /// Lists the rooms that were created on or after this date or instant only.
    pub fn created_on_or_after(mut self, when: impl Into<DateOrInstant>) -> Self {
        self.query.created_on_or_after = Some(when.into());
        self
    }

    /// Lists the rooms that were created before this date or instant only, which is itself left out.
    pub fn created_before(mut self, when: impl Into<DateOrInstant>) -> Self {
        self.query.created_before = Some(when.into());
        self
    }

    /// How many rooms a page holds at most, from 1 to 1000.
    ///
    /// The default is the largest page that the [`limit`](Self::limit) needs, 1000 without one. The service's own default of
    /// 50 would cost twenty times the requests.
    pub fn page_size(mut self, page_size: u32) -> Self {
        self.query.page_size = Some(page_size);
        self
    }

    /// How many rooms are given at most. By default there is no limit.
    pub fn limit(mut self, limit: u64) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Goes on with an earlier listing from the URL of a page, as [`Page::next`], [`Items::next_page_url`] and, after a
    /// failure, [`Error::resume_url`] give it.
    ///
    /// The URL holds the filters and the page size of that listing; those that are set here do nothing. With
    /// [`any_status`](Self::any_status) the statuses after that of the URL follow.
    pub fn resume(mut self, next_page_url: impl Into<String>) -> Self {
        self.resume = Some(next_page_url.into());
        self
    }

    options::setters!();

    /// Reads one page; no more of it than the [`limit`](Self::limit), if there is one.
    ///
    /// # Errors
    ///
    /// When a value is out of its range, which is found before anything is sent, and when there is no answer or one that
    /// says so. See [`Error`].
    pub async fn send(self) -> Result<Page<Room>, Error> {
        self.response().await.map(Response::into_value)
    }

    /// Reads one page, and gives the status and headers of the answer beside it.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn response(self) -> Result<Response<Page<Room>>, Error> {
        if self.query.any_status {
            let message = "`send` reads a page of one status: choose a `status`, or `stream` or `collect` them all";
            return Err(Error::invalid(message));
        }
        let limit = self.limit.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
        let (listing, start, _) = self.into_listing();
        let page = listing.read(start).await?;
        Ok(page.map(|mut page| {
            page.items.truncate(limit.unwrap_or(usize::MAX));
            page
        }))
    }

    /// All rooms, across all pages, as a stream. Nothing is sent until it is read.
    ///
    /// ```no_run
    /// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
    /// let mut rooms = client.rooms().list().any_status().stream();
    /// while let Some(room) = rooms.next().await {
    ///     println!("{}", room?.sid);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream(self) -> Items<Room> {
        let part = self.resume.as_deref().map_or(0, part_of);
        let (listing, start, limit) = self.into_listing();
        Items::new(Arc::new(listing), start, part, limit)
    }

    /// All rooms, across all pages, in a `Vec`.
    ///
    /// # Errors
    ///
    /// When a page cannot be read; what was read before it is lost. See [`Error`].
    pub async fn collect(self) -> Result<Vec<Room>, Error> {
        let mut stream = self.stream();
        let mut rooms = Vec::new();
        while let Some(room) = stream.next().await {
            rooms.push(room?);
        }
        Ok(rooms)
    }

    fn into_listing(mut self) -> (RoomListing, At, Option<u64>) {
        let needed = self.limit.and_then(|limit| u32::try_from(limit).ok()).unwrap_or(MAX_PAGE_SIZE);
        self.query.page_size = self.query.page_size.or(Some(needed.clamp(1, MAX_PAGE_SIZE)));
        let start = self.resume.map_or(At::First(0), At::Url);
        (RoomListing { client: self.client, options: self.options, query: self.query }, start, self.limit)
    }
}

/// Which part of a listing of any status the page at this URL belongs to. A URL without a status is of rooms in progress.
fn part_of(url: &str) -> usize {
    let url = reqwest::Url::parse(url).ok();
    let status = url.as_ref().and_then(|url| url.query_pairs().find(|(name, _)| name == "Status"));
    let Some((_, status)) = status else { return 0 };
    ANY_STATUS.iter().position(|known| known.as_str() == status).unwrap_or(ANY_STATUS.len() - 1)
}

/// How the pages of a listing of rooms are read.
#[derive(Debug, Clone)]
struct RoomListing {
    client: Client,
    options: Options,
    query: Query,
}

impl RoomListing {
    /// Reads a page.
    async fn read(&self, at: At) -> Result<Response<Page<Room>>, Error> {
        let (url, part) = match at {
            At::First(part) => (None, part),
            At::Url(url) => (Some(next_url(&url, self.client.base_url())?), 0),
        };
        let (resumed, call) = (url.is_some(), self.client.call(&self.options, Effect::Read, url));
        let api = call.api();
        let mut list = api.list_rooms();
        if !resumed {
            list = self.query.clone().apply(list, part)?;
        }
        let (result, url) = (list.send().await, call.url());
        let page = call.finish(result).map_err(|error| error.with_resume_url(url))?;
        Ok(page.map(|page| Page::new(page.rooms, page.meta)))
    }
}

impl Listing for RoomListing {
    type Item = Room;

    fn page(&self, at: At) -> PageFuture<Room> {
        let listing = self.clone();
        Box::pin(async move { listing.read(at).await.map(Response::into_value) })
    }

    fn parts(&self) -> usize {
        if self.query.any_status { ANY_STATUS.len() } else { 1 }
    }

    fn identity<'a>(&self, room: &'a Room) -> &'a str {
        room.sid.as_str()
    }
}

impl Query {
    /// The operation with these filters; a value that is out of its range is refused.
    fn apply(self, mut list: builder::ListRooms<'_>, part: usize) -> Result<builder::ListRooms<'_>, Error> {
        let status = if self.any_status { ANY_STATUS.get(part).cloned() } else { self.status };
        if let Some(status) = status {
            list = list.status(status);
        }
        if let Some(unique_name) = self.unique_name {
            let length = unique_name.chars().count();
            if !(1..=MAX_NAME).contains(&length) {
                let range = format!("but must have 1 to {MAX_NAME}");
                return Err(Error::invalid(format!("unique_name has {length} characters, {range}")));
            }
            list = list.unique_name(unique_name);
        }
        if let Some(when) = self.created_on_or_after {
            list = list.date_created_after(when.to_wire("created_on_or_after")?);
        }
        if let Some(when) = self.created_before {
            list = list.date_created_before(when.to_wire("created_before")?);
        }
        if let Some(page_size) = self.page_size {
            if !(1..=MAX_PAGE_SIZE).contains(&page_size) {
                let range = format!("but must be from 1 to {MAX_PAGE_SIZE}");
                return Err(Error::invalid(format!("page_size is {page_size}, {range}")));
            }
            list = list.page_size(page_size);
        }
        Ok(list)
    }
}
