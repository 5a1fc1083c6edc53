//! Uses a custom HTTP client, for settings that the builder does not have: here, those of the connection pool.

mod common;

use std::error::Error;
use std::io::{self, Write};
use std::time::Duration;

use twilio_rooms::reqwest;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let (builder, _sandbox) = common::builder(&mut out).await?;
    // With the feature `rustls`, reqwest has no cryptography of its own: the application installs it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http_client = reqwest::Client::builder()
        // If the HTTP client followed a redirect, the call would fail.
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .pool_max_idle_per_host(4)
        .tcp_keepalive(Duration::from_secs(30))
        .build()?;
    let client = builder.http_client(http_client).build()?;
    let page = client.rooms().list().page_size(5).send().await?;
    let more = if page.next_page_url.is_some() { "there are more" } else { "those are all" };
    writeln!(out, "{} rooms in progress; {more}", page.items.len())?;
    Ok(())
}
