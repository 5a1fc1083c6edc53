//! `twilio-rooms sandbox`.

use std::io::Write;
use std::net::IpAddr;

use crate::demo;
use crate::environment::BASE_URL;
use crate::failure::Failure;
use crate::output::Screen;
use crate::session::Global;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms sandbox --port 8080
  twilio-rooms sandbox --rooms 100000 --seed 7

In another terminal, set the printed variables, and use the other commands.")]
pub(crate) struct Start {
    /// Listen on this address [default: 127.0.0.1]
    #[arg(long, value_name = "ADDRESS")]
    host: Option<IpAddr>,
    /// Listen on this port; 0 is any free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Generate this number of rooms
    #[arg(long, value_name = "COUNT", default_value_t = 120)]
    rooms: usize,
    /// Generate the rooms from this number
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

impl Start {
    pub(crate) async fn run(self, global: &Global) -> Result<(), Failure> {
        let Self { host, port, rooms, seed } = self;
        let sandbox = demo::start(demo::Options { host, port, rooms, seed, inspector: true }, global.now()).await?;
        let Screen { mut out, paint, .. } = Screen::stdout();
        let (url, sid, token) = (sandbox.url(), sandbox.account_sid(), sandbox.auth_token());
        writeln!(out, "Listening on {url}. Press Ctrl-C to stop. The room {:?} has participants.", demo::ROOM)?;
        if let Some(page) = sandbox.inspector_url() {
            writeln!(out, "The inspector is at {}", paint.page(&page))?;
        }
        writeln!(out, "\nexport {BASE_URL}={url}\nexport TWILIO_ACCOUNT_SID={sid}\nexport TWILIO_AUTH_TOKEN={token}")?;
        out.flush()?;
        tokio::signal::ctrl_c().await.map_err(|error| Failure::failed(format!("cannot wait for Ctrl-C: {error}")))
    }
}
