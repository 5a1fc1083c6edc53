//! The client under measurement, called as its users call it.

use std::sync::Arc;

use chrono::NaiveDate;
use twilio_rooms::{Client, Credentials, Room, RoomStatus};
use twilio_rooms_api::{Execute, Execution, Transport};

use crate::account::Account;
use crate::report::Failure;
use crate::room_counter::{RoomCounter, RoomFields};

pub(crate) fn fields(room: &Room) -> RoomFields<'_> {
    RoomFields {
        sid: room.sid.as_str(),
        unique_name: room.unique_name.as_deref(),
        created: room.date_created,
        duration: room.duration.map(twilio_rooms::Seconds::get),
        codecs: room.video_codecs.as_ref().map_or(0, Vec::len),
    }
}

fn client(account: &Account) -> Result<Client, Failure> {
    let credentials = Credentials::account(&account.sid, &account.token);
    Ok(Client::builder().credentials(credentials).base_url(&account.url).build()?)
}

/// Answers every request with the same body.
#[derive(Debug)]
struct FixedBody(&'static [u8]);

impl Execute for FixedBody {
    fn execute<'a>(&'a self, _: reqwest::Request, _: &'static str) -> Execution<'a> {
        Box::pin(async { Ok(http::Response::new(reqwest::Body::from(self.0)).into()) })
    }
}

/// Decodes a page `times` times, as the client decodes the response of a listing.
pub(crate) async fn decode(body: Vec<u8>, times: u32, counter: &mut RoomCounter) -> Result<(), Failure> {
    let transport = Transport::new(Arc::new(FixedBody(body.leak())));
    let api = twilio_rooms_api::Client::new_with_client("http://localhost", reqwest::Client::new(), transport);
    for _ in 0..times {
        let page = api.list_rooms().send().await.map_err(|error| error.to_string())?.into_inner();
        for room in &page.rooms {
            counter.add(&fields(room));
        }
    }
    Ok(())
}

/// Decodes a page `times` times into the types of the client, with sonic-rs.
#[cfg(feature = "sonic")]
pub(crate) fn decode_by_sonic(body: &[u8], times: u32, counter: &mut RoomCounter) -> Result<(), Failure> {
    for _ in 0..times {
        let page: twilio_rooms_api::types::RoomPage = sonic_rs::from_slice(body)?;
        for room in &page.rooms {
            counter.add(&fields(room));
        }
    }
    Ok(())
}

/// Streams all completed rooms.
pub(crate) async fn stream(account: &Account, page_size: u32, counter: RoomCounter) -> Result<RoomCounter, Failure> {
    stream_each(account, page_size, counter, |_| Ok(())).await
}

/// Streams all completed rooms, and writes each as a line of JSON to a buffer.
pub(crate) async fn stream_as_json(
    account: &Account,
    page_size: u32,
    counter: RoomCounter,
) -> Result<RoomCounter, Failure> {
    let mut line = Vec::new();
    let write = |room: &Room| {
        line.clear();
        serde_json::to_writer(&mut line, room)?;
        std::hint::black_box(&line);
        Ok(())
    };
    stream_each(account, page_size, counter, write).await
}

async fn stream_each(
    account: &Account,
    page_size: u32,
    mut counter: RoomCounter,
    mut process: impl FnMut(&Room) -> Result<(), Failure>,
) -> Result<RoomCounter, Failure> {
    let mut rooms = client(account)?.rooms().list().status(RoomStatus::Completed).page_size(page_size).stream();
    while let Some(room) = rooms.next().await {
        let room = room?;
        process(&room)?;
        counter.add_and_pause(&fields(&room));
    }
    Ok(counter)
}

/// Streams the completed rooms of the year before the newest one, in parallel or page by page.
pub(crate) async fn year(
    account: &Account,
    concurrency: Option<u32>,
    mut counter: RoomCounter,
) -> Result<RoomCounter, Failure> {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or("there is no such day");
    // The newest room of a sandbox was created on 1 November 2026, at noon.
    let (from, until) = (day(2025, 11, 1)?, day(2026, 11, 2)?);
    let listing = client(account)?.rooms().list().status(RoomStatus::Completed);
    let listing = listing.created_on_or_after(from).created_before(until);
    let mut rooms = match concurrency {
        Some(concurrency) => listing.parallel(concurrency).stream(),
        None => listing.stream(),
    };
    while let Some(room) = rooms.next().await {
        counter.add_and_pause(&fields(&room?));
    }
    Ok(counter)
}
