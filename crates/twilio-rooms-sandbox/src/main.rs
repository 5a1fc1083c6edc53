//! A sandbox as a program.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use twilio_rooms_sandbox::{Sandbox, SandboxBuilder};

const HELP: &str = "\
A local stand-in for the rooms API of Twilio Video.

Usage: twilio-rooms-sandbox [--port PORT] [--rooms COUNT] [--seed NUMBER] [--latency-ms NUMBER]

  --port PORT           the port of 127.0.0.1 to listen on; any that is free by default
  --rooms COUNT         how many rooms there are; 120 by default
  --seed NUMBER         what the rooms are made from, so that they are the same every time; 1 by default
  --latency-ms NUMBER   how many milliseconds every answer takes; none by default
  --help                shows this

People do what they are told to with a form at /sandbox/join (room, identity), /sandbox/leave (room, participant),
/sandbox/publish (room, participant, kind, name) and /sandbox/unpublish (room, participant, track):

  curl http://127.0.0.1:PORT/sandbox/join -d room=DailyStandup -d identity=alice
";

#[tokio::main]
async fn main() -> ExitCode {
    let builder = match arguments() {
        Ok(Some(builder)) => builder,
        Ok(None) => return say(io::stdout(), HELP, 0),
        Err(error) => return say(io::stderr(), &format!("error: {error}; see --help\n"), 2),
    };
    let sandbox = match builder.start().await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            let message = format!("error: cannot listen on that port: {error}; choose another with --port\n");
            return say(io::stderr(), &message, 1);
        }
    };
    say(io::stdout(), &greeting(&sandbox), 0);
    if tokio::signal::ctrl_c().await.is_ok() {
        say(io::stdout(), &format!("\nStopped after {} requests.\n", sandbox.requests()), 0);
    }
    ExitCode::SUCCESS
}

/// The sandbox that was asked for, or `None` for help.
fn arguments() -> Result<Option<SandboxBuilder>, lexopt::Error> {
    use lexopt::prelude::{Long, Short, ValueExt};

    let mut builder = Sandbox::builder();
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        builder = match argument {
            Long("port") => builder.port(parser.value()?.parse()?),
            Long("rooms") => builder.rooms(parser.value()?.parse()?),
            Long("seed") => builder.seed(parser.value()?.parse()?),
            Long("latency-ms") => builder.latency(Duration::from_millis(parser.value()?.parse()?)),
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected()),
        };
    }
    Ok(Some(builder))
}

fn greeting(sandbox: &Sandbox) -> String {
    let (url, sid, token) = (sandbox.url(), sandbox.account_sid(), sandbox.auth_token());
    format!(
        "The sandbox is at {url} until you press Ctrl-C.\n\n\
         export TWILIO_ACCOUNT_SID={sid}\n\
         export TWILIO_AUTH_TOKEN={token}\n\n\
         curl -u '{sid}:{token}' '{url}/v1/Rooms?PageSize=2'\n"
    )
}

/// Writes the text; a stream that is closed is no reason to fail in another way.
fn say(mut to: impl Write, text: &str, code: u8) -> ExitCode {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
    ExitCode::from(code)
}
