//! The account of the examples.

use std::error::Error;
use std::io::Write;
use std::time::{Duration, UNIX_EPOCH};

use twilio_rooms::{Client, ClientBuilder, Credentials};
use twilio_rooms_sandbox::Sandbox;

/// Any of these variables means that the environment should contain credentials.
const VARIABLES: [&str; 4] = ["TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"];

/// The time of the sandbox, the noon of 1 November 2026, at which its rooms were made. Its clock is stopped, so that an example always
/// prints the same.
const NOW: Duration = Duration::from_secs(1_793_534_400);

/// Returns a builder of clients for the account in the environment, or for a new sandbox on this machine, and prints
/// which.
///
/// The sandbox runs until it is dropped.
pub(crate) async fn builder(out: &mut impl Write) -> Result<(ClientBuilder, Option<Sandbox>), Box<dyn Error>> {
    if VARIABLES.iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        writeln!(out, "Using the account of the credentials in the environment.\n")?;
        return Ok((ClientBuilder::from_env()?, None));
    }
    let sandbox = Sandbox::builder().rooms(24).now(UNIX_EPOCH + NOW).start().await?;
    writeln!(out, "Using a sandbox on this machine, since there are no credentials in the environment.")?;
    writeln!(out, "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to use your account.\n")?;
    let credentials = Credentials::account(sandbox.account_sid(), sandbox.auth_token());
    Ok((Client::builder().credentials(credentials).base_url(sandbox.url()), Some(sandbox)))
}
