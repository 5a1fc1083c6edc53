//! The workloads that `cargo xtask bench` runs, each as a process of its own.

mod account;
mod command;
mod ours;
mod reference;
mod report;
mod room_counter;
mod serve;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use lexopt::prelude::{Long, Short, Value, ValueExt};

use crate::account::Account;
use crate::report::{Failure, Stopwatch};
use crate::room_counter::RoomCounter;

const HELP: &str = "\
The workloads that `cargo xtask bench` runs. Each prints a report as JSON: the rooms that it read, and the time that it took.

Usage: bench WORKLOAD [ARGUMENT…] [OPTION…]

  page                          prints the body of a page
  decode DECODER FILE           decodes such a body: ours, reference, or sonic with that feature
  stream ours|reference URL     lists all completed rooms, with the credentials of the environment
  stream json URL               lists them, and writes each as JSON to a buffer
  command PROGRAM URL           lists them by the operators' command, as NDJSON
  year COUNT|sequential URL     lists those of a year, by COUNT requests in parallel or page by page
  download URL                  downloads all completed rooms without decoding them, to measure the server
  size URL ENCODING             downloads a page in this encoding, and reports its size
  overlap                       waits for as many pages and pauses for each, overlapped as well as can be
  serve                         runs a sandbox until standard input ends

  --rooms COUNT        number of rooms in the sandbox; 1000 by default
  --times COUNT        number of times that a body is decoded; 1 by default
  --page-size COUNT    number of rooms on a page; 1000 by default
  --pause-ms NUMBER    pause after each page
  --latency-ms NUMBER  latency of each response of the sandbox
  --days NUMBER        number of days over which the rooms were created
";

/// The arguments of the command line.
#[derive(Debug, Default)]
struct Options {
    arguments: Vec<String>,
    rooms: usize,
    times: u32,
    page_size: u32,
    pause: Duration,
    latency: Duration,
    days: Option<u64>,
}

#[tokio::main]
async fn main() -> ExitCode {
    // For the clients that are written by hand: reqwest has no cryptography of its own here.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let result = match options(std::env::args_os()) {
        Ok(Some(options)) => run(&options).await,
        Ok(None) => Ok(HELP.to_owned()),
        Err(error) => Err(error.into()),
    };
    let (text, code) = match result {
        Ok(text) => (text, ExitCode::SUCCESS),
        Err(error) => return print(std::io::stderr(), &format!("error: {error}\n"), ExitCode::FAILURE),
    };
    print(std::io::stdout(), &text, code)
}

fn options(arguments: impl IntoIterator<Item = OsString>) -> Result<Option<Options>, lexopt::Error> {
    let mut options = Options { rooms: 1000, times: 1, page_size: 1000, ..Options::default() };
    let mut parser = lexopt::Parser::from_iter(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Value(argument) => options.arguments.push(argument.string()?),
            Long("rooms") => options.rooms = parser.value()?.parse()?,
            Long("times") => options.times = parser.value()?.parse()?,
            Long("page-size") => options.page_size = parser.value()?.parse()?,
            Long("pause-ms") => options.pause = Duration::from_millis(parser.value()?.parse()?),
            Long("latency-ms") => options.latency = Duration::from_millis(parser.value()?.parse()?),
            Long("days") => options.days = Some(parser.value()?.parse()?),
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(options))
}

/// Runs the workload, and returns its output.
async fn run(options: &Options) -> Result<String, Failure> {
    let arguments: Vec<&str> = options.arguments.iter().map(String::as_str).collect();
    let counter = RoomCounter::pausing(options.page_size.into(), options.pause);
    let report = match arguments[..] {
        ["page"] => return serve::page(options).await,
        ["serve"] => return serve::until_input_ends(options).await,
        ["decode", who, file] => decode(who, file, options.times).await?,
        ["download", url] => serve::download(&Account::from_env(url.to_owned())?, options.page_size).await?,
        ["size", url, encoding] => {
            serve::size(&Account::from_env(url.to_owned())?, options.page_size, encoding).await?
        }
        ["overlap"] => overlap(options).await?,
        ["stream", "ours", url] => {
            let account = Account::from_env(url.to_owned())?;
            let watch = Stopwatch::start();
            watch.stop(&ours::stream(&account, options.page_size, counter).await?)
        }
        ["stream", "json", url] => {
            let account = Account::from_env(url.to_owned())?;
            let watch = Stopwatch::start();
            watch.stop(&ours::stream_as_json(&account, options.page_size, counter).await?)
        }
        ["stream", "reference", url] => {
            let account = Account::from_env(url.to_owned())?;
            let watch = Stopwatch::start();
            watch.stop(&reference::stream(&account, options.page_size, counter).await?)
        }
        ["command", program, url] => {
            command::list(program, &Account::from_env(url.to_owned())?, options.page_size, counter)?
        }
        ["year", mode, url] => {
            let concurrency = if mode == "sequential" { None } else { Some(mode.parse()?) };
            let account = Account::from_env(url.to_owned())?;
            let watch = Stopwatch::start();
            watch.stop(&ours::year(&account, concurrency, counter).await?)
        }
        _ => return Err("there is no such workload; see --help".into()),
    };
    Ok(format!("{report}\n"))
}

/// Decodes the body in the file `times` times.
async fn decode(decoder: &str, file: &str, times: u32) -> Result<serde_json::Value, Failure> {
    let body = std::fs::read(file)?;
    let mut counter = RoomCounter::default();
    let watch = Stopwatch::start();
    match decoder {
        "ours" => ours::decode(body, times, &mut counter).await?,
        "reference" => reference::decode_times(&body, times, &mut counter)?,
        #[cfg(feature = "sonic")]
        "sonic" => ours::decode_by_sonic(&body, times, &mut counter)?,
        _ => return Err("there is no such decoder; see --help".into()),
    }
    Ok(watch.stop(&counter))
}

/// Waits for the pages of a listing, the next one while the program pauses for the present one, and reads nothing.
async fn overlap(options: &Options) -> Result<serde_json::Value, Failure> {
    let watch = Stopwatch::start();
    let pages = options.rooms.div_ceil(options.page_size.try_into()?);
    let wait = || tokio::spawn(tokio::time::sleep(options.latency));
    let mut next = Some(wait());
    for page in 1..=pages {
        if let Some(page) = next.take() {
            page.await?;
        }
        next = (page < pages).then(wait);
        std::thread::sleep(options.pause);
    }
    Ok(watch.stop(&RoomCounter::default()))
}

/// Prints the text. A closed stream does not change the exit code.
fn print(mut to: impl Write, text: &str, code: ExitCode) -> ExitCode {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
    code
}
