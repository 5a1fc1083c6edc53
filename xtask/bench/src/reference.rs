//! The reference for the client: code written by hand with reqwest and serde, for the same fields and types.

use chrono::{DateTime, Utc};
use reqwest::{Client, redirect};
use serde::Deserialize;

use crate::account::Account;
use crate::report::Failure;
use crate::room_counter::{RoomCounter, RoomFields};

/// A page of rooms.
#[derive(Debug, Deserialize)]
pub(crate) struct Page {
    meta: Meta,
    rooms: Vec<Room>,
}

/// The position of a page in its listing.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "the client decodes these fields too")]
pub(crate) struct Meta {
    first_page_url: Option<String>,
    key: Option<String>,
    pub(crate) next_page_url: Option<String>,
    page: Option<u64>,
    page_size: Option<u64>,
    previous_page_url: Option<String>,
    url: Option<String>,
}

/// A room.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "the client decodes these fields too")]
#[expect(clippy::struct_field_names, reason = "these are the service's names")]
pub(crate) struct Room {
    account_sid: Option<String>,
    audio_only: Option<bool>,
    date_created: Option<DateTime<Utc>>,
    date_updated: Option<DateTime<Utc>>,
    duration: Option<u64>,
    empty_room_timeout: Option<u64>,
    enable_turn: Option<bool>,
    end_time: Option<DateTime<Utc>>,
    large_room: Option<bool>,
    links: Option<Links>,
    max_concurrent_published_tracks: Option<u32>,
    max_participant_duration: Option<u64>,
    max_participants: Option<u32>,
    media_region: Option<String>,
    record_participants_on_connect: Option<bool>,
    sid: String,
    status: Option<Status>,
    status_callback: Option<String>,
    status_callback_method: Option<Method>,
    #[serde(rename = "type")]
    kind: Option<Kind>,
    unique_name: Option<String>,
    unused_room_timeout: Option<u64>,
    url: Option<String>,
    video_codecs: Option<Vec<Codec>>,
}

/// The URLs of the resources that belong to a room.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "the client decodes these fields too")]
pub(crate) struct Links {
    participants: Option<String>,
    recording_rules: Option<String>,
    recordings: Option<String>,
    transcriptions: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    InProgress,
    Completed,
    Failed,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Method {
    Get,
    Post,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    Go,
    Group,
    GroupSmall,
    PeerToPeer,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Codec {
    Vp8,
    H264,
    #[serde(other)]
    Unknown,
}

impl Room {
    pub(crate) fn fields(&self) -> RoomFields<'_> {
        RoomFields {
            sid: &self.sid,
            unique_name: self.unique_name.as_deref(),
            created: self.date_created,
            duration: self.duration,
            codecs: self.video_codecs.as_ref().map_or(0, Vec::len),
        }
    }
}

/// Decodes a page.
fn decode(body: &[u8]) -> Result<Page, Failure> {
    Ok(serde_json::from_slice(body)?)
}

/// Decodes a page `times` times.
pub(crate) fn decode_times(body: &[u8], times: u32, counter: &mut RoomCounter) -> Result<(), Failure> {
    for _ in 0..times {
        for room in decode(body)?.rooms {
            counter.add(&room.fields());
        }
    }
    Ok(())
}

/// Lists all completed rooms, page by page.
pub(crate) async fn stream(
    account: &Account,
    page_size: u32,
    mut counter: RoomCounter,
) -> Result<RoomCounter, Failure> {
    let client = Client::builder().redirect(redirect::Policy::none()).no_proxy().build()?;
    let mut next = Some(format!("{}/v1/Rooms?Status=completed&PageSize={page_size}", account.url));
    while let Some(url) = next.take() {
        let request = client.get(url).basic_auth(&account.sid, Some(&account.token));
        let body = request.header("accept", "application/json").send().await?.error_for_status()?.bytes().await?;
        let page = decode(&body)?;
        next = page.meta.next_page_url;
        for room in page.rooms {
            counter.add_and_pause(&room.fields());
        }
    }
    Ok(counter)
}
