//! The same program written by hand with reqwest. `cargo xtask bench` builds it alone.

use std::error::Error;
use std::io::Write;

use chrono::{DateTime, Utc};
use reqwest::{Client, redirect};
use serde::Deserialize;

#[derive(Deserialize)]
struct Page {
    meta: Meta,
    rooms: Vec<Room>,
}

#[derive(Deserialize)]
struct Meta {
    next_page_url: Option<String>,
}

#[derive(Deserialize)]
struct Room {
    sid: String,
    unique_name: Option<String>,
    date_created: Option<DateTime<Utc>>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let (account, token) = (std::env::var("TWILIO_ACCOUNT_SID")?, std::env::var("TWILIO_AUTH_TOKEN")?);
    let client = Client::builder().redirect(redirect::Policy::none()).build()?;
    let mut next = Some("https://video.twilio.com/v1/Rooms?Status=completed&PageSize=1000".to_owned());
    let mut out = std::io::stdout().lock();
    while let Some(url) = next.take() {
        let response = client.get(url).basic_auth(&account, Some(&token)).send().await?.error_for_status()?;
        let page: Page = serde_json::from_slice(&response.bytes().await?)?;
        for room in page.rooms {
            writeln!(out, "{} {:?} {}", room.sid, room.date_created, room.unique_name.unwrap_or_default())?;
        }
        next = page.meta.next_page_url;
    }
    Ok(())
}
