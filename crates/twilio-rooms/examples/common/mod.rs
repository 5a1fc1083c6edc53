//! What the examples share: where their rooms come from.

use std::error::Error;
use std::io::Write;

use twilio_rooms::{Client, ClientBuilder, Credentials};
use twilio_rooms_sandbox::Sandbox;

/// The variables of which one is enough to mean that there should be credentials.
const VARIABLES: [&str; 4] = ["TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"];

/// A builder of clients of the account in the environment, or else of a sandbox on this machine, which lives as long as what
/// is given with it. Says which.
pub(crate) async fn builder(out: &mut impl Write) -> Result<(ClientBuilder, Option<Sandbox>), Box<dyn Error>> {
    if VARIABLES.iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        writeln!(out, "This is the account of the credentials in the environment.\n")?;
        return Ok((ClientBuilder::from_env()?, None));
    }
    let sandbox = Sandbox::builder().rooms(24).start().await?;
    writeln!(out, "There are no credentials in the environment, so this is a sandbox on this machine.")?;
    writeln!(out, "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to use your own account.\n")?;
    let credentials = Credentials::account(sandbox.account_sid(), sandbox.auth_token());
    Ok((Client::builder().credentials(credentials).base_url(sandbox.url()), Some(sandbox)))
}
