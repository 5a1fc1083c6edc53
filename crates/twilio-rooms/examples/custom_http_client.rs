//! Brings an HTTP client of one's own, for what the builder does not offer: here, how connections are kept.

mod common;

use std::error::Error;
use std::io::{self, Write};
use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let (builder, _sandbox) = common::builder(&mut out).await?;
    let http = reqwest::Client::builder()
        // A redirect is never followed: the client finds it out, and fails.
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .pool_max_idle_per_host(4)
        .tcp_keepalive(Duration::from_secs(30))
        .build()?;
    let client = builder.http_client(http).build()?;
    let page = client.rooms().list().page_size(5).send().await?;
    let more = if page.next_page_url.is_some() { "there are more" } else { "that is all" };
    writeln!(out, "{} rooms in progress; {more}", page.items.len())?;
    Ok(())
}
