//! What is measured: the client, as its users use it.

use std::sync::Arc;

use chrono::NaiveDate;
use twilio_rooms::{Client, Credentials, Room, RoomStatus};
use twilio_rooms_api::{Execute, Execution, Transport};

use crate::account::Account;
use crate::report::Failure;
use crate::tally::{Seen, Tally};

fn seen(room: &Room) -> Seen<'_> {
    Seen {
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

/// Answers every request with a body that is there already.
#[derive(Debug)]
struct Canned(&'static [u8]);

impl Execute for Canned {
    fn execute<'a>(&'a self, _: reqwest::Request, _: &'static str) -> Execution<'a> {
        Box::pin(async { Ok(http::Response::new(reqwest::Body::from(self.0)).into()) })
    }
}

/// Reads a page so many times, as the client reads the answer to a listing.
pub(crate) async fn decode(body: Vec<u8>, times: u32, tally: &mut Tally) -> Result<(), Failure> {
    let transport = Transport::new(Arc::new(Canned(body.leak())));
    let api = twilio_rooms_api::Client::new_with_client("http://localhost", reqwest::Client::new(), transport);
    for _ in 0..times {
        let page = api.list_rooms().send().await.map_err(|error| error.to_string())?.into_inner();
        for room in &page.rooms {
            tally.count(&seen(room));
        }
    }
    Ok(())
}

/// Reads all completed rooms, one after another.
pub(crate) async fn stream(account: &Account, page_size: u32, mut tally: Tally) -> Result<Tally, Failure> {
    let mut rooms = client(account)?.rooms().list().status(RoomStatus::Completed).page_size(page_size).stream();
    while let Some(room) = rooms.next().await {
        tally.add(&seen(&room?));
    }
    Ok(tally)
}

/// Reads the completed rooms of the year before the newest, by spans of time at once or one after another.
pub(crate) async fn year(account: &Account, at_once: Option<u32>, mut tally: Tally) -> Result<Tally, Failure> {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or("there is no such day");
    // The newest room of a sandbox is of noon on the first of November.
    let (from, until) = (day(2025, 11, 1)?, day(2026, 11, 2)?);
    let listing = client(account)?.rooms().list().status(RoomStatus::Completed);
    let listing = listing.created_on_or_after(from).created_before(until);
    let mut rooms = match at_once {
        Some(at_once) => listing.parallel(at_once).stream(),
        None => listing.stream(),
    };
    while let Some(room) = rooms.next().await {
        tally.add(&seen(&room?));
    }
    Ok(tally)
}
