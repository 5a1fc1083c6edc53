//! The workloads that `cargo xtask bench` runs, each as a process of its own.

mod account;
mod ours;
mod reference;
mod report;
mod serve;
mod tally;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use lexopt::prelude::{Long, Short, Value, ValueExt};

use crate::account::Account;
use crate::report::{Failure, Stopwatch};
use crate::tally::Tally;

const HELP: &str = "\
The workloads that `cargo xtask bench` runs. Each prints what it has read, and what that took, as JSON.

Usage: bench WORKLOAD [ARGUMENT…] [OPTION…]

  page                          prints the body of a page
  decode ours|reference FILE    reads such a body
  stream ours|reference URL     lists all completed rooms, with the credentials of the environment
  year COUNT|sequence URL       the same of a year, by so many spans of time at once or page by page
  drain URL                     the same without looking at them: how fast the server is
  weigh URL ENCODING            reads a page as it is on its way, and says how large that is
  serve                         a sandbox, until its input ends

  --rooms COUNT        how many rooms there are; 1000 by default
  --times COUNT        how often a body is read; 1 by default
  --page-size COUNT    how many rooms a page holds; 1000 by default
  --pause-ms NUMBER    how long to pause after each page
  --latency-ms NUMBER  how long every answer of the sandbox takes
  --days NUMBER        over how many days its rooms were created
";

/// What the command line says.
#[derive(Debug, Default)]
struct Options {
    words: Vec<String>,
    rooms: usize,
    times: u32,
    page_size: u32,
    pause: Duration,
    latency: Duration,
    days: Option<u64>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let result = match options(std::env::args_os()) {
        Ok(Some(options)) => run(&options).await,
        Ok(None) => Ok(HELP.to_owned()),
        Err(error) => Err(error.into()),
    };
    let (text, code) = match result {
        Ok(text) => (text, ExitCode::SUCCESS),
        Err(error) => return say(std::io::stderr(), &format!("error: {error}\n"), ExitCode::FAILURE),
    };
    say(std::io::stdout(), &text, code)
}

fn options(arguments: impl IntoIterator<Item = OsString>) -> Result<Option<Options>, lexopt::Error> {
    let mut options = Options { rooms: 1000, times: 1, page_size: 1000, ..Options::default() };
    let mut parser = lexopt::Parser::from_iter(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Value(word) => options.words.push(word.string()?),
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

/// Runs the workload, and gives what it prints.
async fn run(options: &Options) -> Result<String, Failure> {
    let words: Vec<&str> = options.words.iter().map(String::as_str).collect();
    let tally = Tally::pausing(options.page_size.into(), options.pause);
    let report = match words[..] {
        ["page"] => return serve::page(options).await,
        ["serve"] => return serve::until_input_ends(options).await,
        ["decode", who, file] => decode(who, file, options.times).await?,
        ["drain", url] => serve::drain(&Account::from_env(url.to_owned())?, options.page_size).await?,
        ["weigh", url, encoding] => {
            serve::weigh(&Account::from_env(url.to_owned())?, options.page_size, encoding).await?
        }
        ["stream", "ours", url] => {
            let account = Account::from_env(url.to_owned())?;
            let watch = Stopwatch::start();
            watch.stop(&ours::stream(&account, options.page_size, tally).await?)
        }
        ["stream", "reference", url] => {
            let account = Account::from_env(url.to_owned())?;
            let watch = Stopwatch::start();
            watch.stop(&reference::stream(&account, options.page_size, tally).await?)
        }
        ["year", how, url] => {
            let at_once = if how == "sequence" { None } else { Some(how.parse()?) };
            let account = Account::from_env(url.to_owned())?;
            let watch = Stopwatch::start();
            watch.stop(&ours::year(&account, at_once, tally).await?)
        }
        _ => return Err("there is no such workload; see --help".into()),
    };
    Ok(format!("{report}\n"))
}

/// Reads the body in the file so many times.
async fn decode(who: &str, file: &str, times: u32) -> Result<serde_json::Value, Failure> {
    let body = std::fs::read(file)?;
    let mut tally = Tally::default();
    let watch = Stopwatch::start();
    match who {
        "ours" => ours::decode(body, times, &mut tally).await?,
        "reference" => reference::decode_times(&body, times, &mut tally)?,
        _ => return Err("there are `ours` and `reference`".into()),
    }
    Ok(watch.stop(&tally))
}

/// Writes the text; a stream that is closed is no reason to fail in another way.
fn say(mut to: impl Write, text: &str, code: ExitCode) -> ExitCode {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
    code
}
