//! Sandboxes that run in real time on a separate runtime.

use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use tokio::runtime::Runtime;
use twilio_rooms::{Client, ClientBuilder, Credentials, Retry};
use twilio_rooms_sandbox::{Sandbox, SandboxBuilder};

use super::Events;

/// The auth token of every sandbox, and the beginning of its Base64-encoded credentials.
pub(crate) const SANDBOX_SECRETS: [&str; 2] =
    ["5a4db0c5-the-auth-token", "QUM1YTRkYjBjNWE0ZGIwYzVhNGRiMGM1YTRkYjBjNWE0ZDo"];

/// The runtime of the servers. A test may have paused the time of its own runtime.
static RUNTIME: LazyLock<std::io::Result<Runtime>> =
    LazyLock::new(|| tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build());

/// Returns the runtime of the servers.
pub(crate) fn runtime() -> Result<&'static Runtime, String> {
    RUNTIME.as_ref().map_err(ToString::to_string)
}

/// Starts a sandbox on the runtime of the servers.
pub(crate) async fn start(builder: SandboxBuilder) -> Result<Sandbox, Box<dyn std::error::Error>> {
    Events::install();
    Ok(runtime()?.spawn(builder.start()).await??)
}

/// Returns a builder of clients of the sandbox.
pub(crate) fn client_of(sandbox: &Sandbox) -> ClientBuilder {
    let credentials = Credentials::account(sandbox.account_sid(), sandbox.auth_token());
    Client::builder().credentials(credentials).base_url(sandbox.url())
}

/// Returns the instant this many seconds after a fixed one.
pub(crate) fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + seconds)
}

/// Starts a sandbox without rooms and with a stopped clock, and a client of it that retries without delay.
pub(crate) async fn standup() -> Result<(Sandbox, Client), Box<dyn std::error::Error>> {
    let sandbox = start(Sandbox::builder().rooms(0).now(at(0))).await?;
    let client = client_of(&sandbox).retry(Retry::new().base_delay(Duration::ZERO)).build()?;
    Ok((sandbox, client))
}
