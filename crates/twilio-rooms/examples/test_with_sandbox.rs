//! Tests code with a sandbox, without faults and with broken connections.

use std::error::Error;
use std::io::{self, Write};
use std::time::Duration;

use twilio_rooms::{Client, Credentials, Retry};
use twilio_rooms_sandbox::{Fault, Sandbox};

/// The code under test: completes all rooms in progress, and counts them.
async fn close_all(client: &Client) -> Result<usize, twilio_rooms::Error> {
    let mut count = 0;
    for room in client.rooms().list().collect().await? {
        client.room(&room.sid).complete().await?;
        count += 1;
    }
    Ok(count)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let sandbox = Sandbox::builder().rooms(60).start().await?;
    let client = Client::builder()
        .credentials(Credentials::account(sandbox.account_sid(), sandbox.auth_token()))
        .base_url(sandbox.url())
        .retry(Retry::new().base_delay(Duration::from_millis(1)))
        .build()?;

    // The first request succeeds; the responses to the second and third are lost, although the requests take effect.
    sandbox.inject(Fault::WrongContentType);
    sandbox.inject_times(Fault::ResetBeforeHeaders, 2);
    let closed = close_all(&client).await?;
    assert_eq!(sandbox.changes(), u64::try_from(closed)?, "each room was completed exactly once");
    assert!(client.rooms().list().collect().await?.is_empty());
    writeln!(out, "closed {closed} rooms with {} requests, two of which failed", sandbox.requests())?;

    // A persistent fault is an error.
    sandbox.inject_always(Fault::Status(503));
    let error = close_all(&client).await.err().ok_or("that should have failed")?;
    assert!(error.is_retryable() && error.attempts() == 4);
    writeln!(out, "{error}")?;
    Ok(())
}
