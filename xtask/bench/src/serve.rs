//! The sandbox as the server of the workloads, and reading it without the client.

use std::io::{Read, Write};
use std::time::Duration;

use reqwest::Client;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use serde_json::{Value, json};
use twilio_rooms_sandbox::Sandbox;

use crate::Options;
use crate::account::Account;
use crate::report::{Failure, Stopwatch};
use crate::room_counter::RoomCounter;

const DAY: u64 = 86_400;

async fn sandbox(options: &Options) -> Result<Sandbox, Failure> {
    let mut builder = Sandbox::builder().rooms(options.rooms).all_completed().latency(options.latency);
    if let Some(days) = options.days {
        builder = builder.spread_over(Duration::from_secs(days * DAY));
    }
    Ok(builder.start().await?)
}

/// Prints the URL and the credentials, and serves until standard input ends, which it does when the parent process ends.
pub(crate) async fn until_input_ends(options: &Options) -> Result<String, Failure> {
    let sandbox = sandbox(options).await?;
    let greeting = json!({
        "url": sandbox.url(),
        "account_sid": sandbox.account_sid(),
        "auth_token": sandbox.auth_token(),
    });
    let mut out = std::io::stdout();
    writeln!(out, "{greeting}")?;
    out.flush()?;
    let ended = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    ended.await??;
    Ok(format!("{}\n", json!({ "requests": sandbox.requests() })))
}

/// The body of the first page.
pub(crate) async fn page(options: &Options) -> Result<String, Failure> {
    let sandbox = sandbox(options).await?;
    let account = Account {
        url: sandbox.url().to_owned(),
        sid: sandbox.account_sid().to_owned(),
        token: sandbox.auth_token().to_owned(),
    };
    let body = get(&Client::builder().no_proxy().build()?, &account, &first(&account, options.page_size)).await?;
    Ok(String::from_utf8(body)?)
}

/// Downloads all completed rooms and decodes only the URL of the next page.
pub(crate) async fn download(account: &Account, page_size: u32) -> Result<Value, Failure> {
    const NEXT: &str = r#""next_page_url":""#;
    let client = Client::builder().no_proxy().build()?;
    let (mut next, mut counter) = (Some(first(account, page_size)), RoomCounter::default());
    let watch = Stopwatch::start();
    while let Some(url) = next.take() {
        let body = get(&client, account, &url).await?;
        // The URL comes before the rooms.
        let begin = std::str::from_utf8(body.get(..4096).unwrap_or(&body)).unwrap_or_default();
        next = begin.split_once(NEXT).and_then(|(_, rest)| rest.split_once('"')).map(|(url, _)| url.to_owned());
        counter.rooms += u64::from(page_size);
    }
    Ok(watch.stop(&counter))
}

/// Downloads a page in this encoding, and reports its size in bytes.
pub(crate) async fn size(account: &Account, page_size: u32, encoding: &str) -> Result<Value, Failure> {
    let client = Client::builder().no_proxy().no_gzip().no_brotli().build()?;
    let request = client.get(first(account, page_size)).basic_auth(&account.sid, Some(&account.token));
    let response = request.header(ACCEPT_ENCODING, encoding).send().await?.error_for_status()?;
    let given = response.headers().get(CONTENT_ENCODING).map_or("identity", |given| given.to_str().unwrap_or_default());
    if given != encoding {
        return Err(format!("the page has the encoding {given}, not {encoding}").into());
    }
    let watch = Stopwatch::start();
    let bytes = response.bytes().await?.len();
    let mut report = watch.stop(&RoomCounter::default());
    report["bytes"] = bytes.into();
    Ok(report)
}

fn first(account: &Account, page_size: u32) -> String {
    format!("{}/v1/Rooms?Status=completed&PageSize={page_size}", account.url)
}

async fn get(client: &Client, account: &Account, url: &str) -> Result<Vec<u8>, Failure> {
    let mut response =
        client.get(url).basic_auth(&account.sid, Some(&account.token)).send().await?.error_for_status()?;
    let mut body = Vec::with_capacity(2 << 20);
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
