//! `twilio-rooms token`.

use std::io::Write;

use twilio_rooms::{AccessToken, Credentials};

use crate::failure::Failure;
use crate::output::Screen;
use crate::session::Global;
use crate::when::Span;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms token --identity alice --room DailyStandup
  twilio-rooms token --identity alice --ttl 4h | pbcopy

The token is signed with an API key, of the environment or of a profile, and
nothing is sent. Whoever has it can join as this identity until it expires.")]
pub(crate) struct Token {
    /// The identity of the participant
    #[arg(long, value_name = "IDENTITY")]
    identity: String,
    /// The only room that it is valid for
    #[arg(long, value_name = "ROOM")]
    room: Option<String>,
    /// The time that it is valid, up to 24h
    #[arg(long, value_name = "TIME", default_value = "1h")]
    ttl: Span,
}

impl Token {
    pub(crate) fn run(self, global: &Global) -> Result<(), Failure> {
        let profile = global.profile()?;
        let (Some(account), Some(api_key)) = (&profile.account_sid, &profile.api_key) else {
            let failure = Failure::usage("a token needs the SID of the account, and an API key to sign with");
            return Err(failure
                .hint("Set TWILIO_ACCOUNT_SID, TWILIO_API_KEY and TWILIO_API_SECRET,")
                .hint("or log in with both --account-sid and --api-key."));
        };
        let Span(ttl) = self.ttl;
        let key = Credentials::api_key(api_key, &*profile.secret);
        let mut token = AccessToken::builder(account, key, self.identity).ttl(ttl.to_std().unwrap_or_default());
        if let Some(now) = global.now {
            token = token.issued_at(now);
        }
        if let Some(room) = self.room {
            token = token.room(room);
        }
        if let Some(region) = &profile.region {
            token = token.region(region);
        }
        let token = token.sign()?;
        let mut out = Screen::stdout().out;
        writeln!(out, "{}", token.as_str())?;
        Ok(out.flush()?)
    }
}
