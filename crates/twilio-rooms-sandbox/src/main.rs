//! The sandbox as a program.

mod args;

use std::io::{self, Write};
use std::process::ExitCode;

use lexopt::Parser;
use twilio_rooms_sandbox::Sandbox;

use crate::args::Request;

#[tokio::main]
async fn main() -> ExitCode {
    let builder = match args::parse(Parser::from_env()) {
        Ok(Request::Serve(builder)) => builder,
        Ok(Request::Print(text)) => return print(io::stdout(), text, 0),
        Err(error) => return print(io::stderr(), &format!("error: {error}; see --help\n"), 2),
    };
    let sandbox = match builder.start().await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            let message =
                format!("error: cannot listen on that address: {error}; choose another one with --port or --host\n");
            return print(io::stderr(), &message, 1);
        }
    };
    print(io::stdout(), &greeting(&sandbox), 0);
    if tokio::signal::ctrl_c().await.is_ok() {
        print(io::stdout(), &format!("\nStopped after {} requests.\n", sandbox.requests()), 0);
    }
    ExitCode::SUCCESS
}

fn greeting(sandbox: &Sandbox) -> String {
    let (url, sid, token) = (sandbox.url(), sandbox.account_sid(), sandbox.auth_token());
    let inspector = sandbox.inspector_url().map(|url| format!("The inspector is at {url}\n")).unwrap_or_default();
    format!(
        "Listening on {url}. Press Ctrl-C to stop.\n{inspector}\n\
         export TWILIO_ACCOUNT_SID={sid}\n\
         export TWILIO_AUTH_TOKEN={token}\n\n\
         curl -u '{sid}:{token}' '{url}/v1/Rooms?PageSize=2'\n"
    )
}

/// Writes the text and returns the exit code. A closed stream is not an error.
fn print(mut stream: impl Write, text: &str, code: u8) -> ExitCode {
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
    ExitCode::from(code)
}
