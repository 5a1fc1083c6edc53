//! The command line.

use std::time::Duration;

use lexopt::Parser;
use lexopt::prelude::{Long, Short, ValueExt};
use twilio_rooms_sandbox::{Sandbox, SandboxBuilder};

const VERSION: &str = concat!("twilio-rooms-sandbox ", env!("CARGO_PKG_VERSION"), "\n");

const HELP: &str = "\
A local sandbox of Twilio Video's Rooms API, with seeded rooms, scripted participants and injectable faults.

Usage: twilio-rooms-sandbox [--host ADDRESS] [--port PORT] [--rooms COUNT] [--seed NUMBER] [--latency-ms NUMBER]
                            [--no-inspector]

Options:
  --host ADDRESS        Listen on this address; everyone who reaches it can change the rooms [default: 127.0.0.1]
  --port PORT           Listen on this port [default: any free port]
  --rooms COUNT         Generate this number of rooms [default: 120]
  --seed NUMBER         Generate the rooms from this seed; the same seed generates the same rooms [default: 1]
  --latency-ms NUMBER   Make every response take this number of milliseconds [default: 0]
  --no-inspector        Do not serve the inspector, and record nothing for it
  -h, --help            Print this help
  -V, --version         Print the version

The inspector is a page for a browser on this machine, at /sandbox. It shows requests and status callbacks as they arrive, and
rooms, and has buttons for everything below.

Scripted participants are controlled with forms posted to /sandbox/join (room, identity), /sandbox/leave (room,
participant), /sandbox/publish (room, participant, kind, name) and /sandbox/unpublish (room, participant, track):

  curl http://127.0.0.1:PORT/sandbox/join -d room=DailyStandup -d identity=alice

Faults are injected with /sandbox/faults (fault, times; status and seconds for the fault status; on=media for requests for
media) and removed with DELETE. /sandbox/latency (milliseconds) and /sandbox/clock (now as an instant of RFC 3339, or advance
in seconds) set the latency and the clock:

  curl http://127.0.0.1:PORT/sandbox/faults -d fault=status -d status=503 -d seconds=7 -d times=2
  curl http://127.0.0.1:PORT/sandbox/clock -d advance=3600
";

/// The request of the command line.
#[derive(Debug)]
pub(crate) enum Request {
    Serve(SandboxBuilder),
    Print(&'static str),
}

/// Parses the arguments.
pub(crate) fn parse(mut parser: Parser) -> Result<Request, lexopt::Error> {
    let mut builder = Sandbox::builder().inspector(true);
    while let Some(argument) = parser.next()? {
        builder = match argument {
            Long("host") => builder.host(parser.value()?.parse()?),
            Long("port") => builder.port(parser.value()?.parse()?),
            Long("rooms") => builder.rooms(parser.value()?.parse()?),
            Long("seed") => builder.seed(parser.value()?.parse()?),
            Long("latency-ms") => builder.latency(Duration::from_millis(parser.value()?.parse()?)),
            Long("no-inspector") => builder.inspector(false),
            Long("help") | Short('h') => return Ok(Request::Print(HELP)),
            Long("version") | Short('V') => return Ok(Request::Print(VERSION)),
            other => return Err(other.unexpected()),
        };
    }
    Ok(Request::Serve(builder))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Request, String> {
        parse(Parser::from_args(arguments)).map_err(|error| error.to_string())
    }

    #[test]
    fn help_and_version_are_printed() {
        assert!(matches!(parsed(&["--port", "0", "-h"]), Ok(Request::Print(HELP))));
        assert!(matches!(parsed(&["--version"]), Ok(Request::Print(VERSION))));
        assert!(VERSION.starts_with("twilio-rooms-sandbox 0."));
    }

    #[test]
    fn an_unknown_option_and_a_number_that_is_none_are_errors() {
        assert!(parsed(&["--ports"]).is_err_and(|error| error.contains("--ports")));
        assert!(parsed(&["--rooms", "many"]).is_err_and(|error| error.contains("many")));
        assert!(matches!(parsed(&["--rooms", "7", "--no-inspector"]), Ok(Request::Serve(_))));
    }
}
