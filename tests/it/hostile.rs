//! The client against a server that sends anything: each operation ends with a value or a short error.

mod behaviour;
mod behaviours;
mod server;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use twilio_rooms::{Client, Error, Retry};

use self::behaviour::Behaviour;
use self::behaviours::behaviours;
use self::server::HostileServer;
use crate::support::{AUTH_TOKEN, Test, credentials};

/// The SID of the room that the operations are about.
const SID: &str = "RM0123456789abcdef0123456789abcdef";
/// The longest `Display` or `Debug` of an error, in bytes.
const MAX_ERROR: usize = 8192;
/// The time that a request to a server that never ends its response may take.
const SHORT_TIMEOUT: Duration = Duration::from_secs(3);
/// The time that a request to any other server may take. No such request needs it, even on a slow machine.
const LONG_TIMEOUT: Duration = Duration::from_secs(60);
/// The time after which an operation counts as hanging. The deadline of each is shorter.
const HANG: Duration = Duration::from_secs(150);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Operation {
    List,
    Fetch,
    Create,
    Complete,
}

const OPERATIONS: [Operation; 4] = [Operation::List, Operation::Fetch, Operation::Create, Operation::Complete];

impl Operation {
    async fn run(self, client: &Client) -> Result<(), Error> {
        match self {
            Self::List => client.rooms().list().collect().await.map(|_| ()),
            Self::Fetch => client.room(SID).fetch().await.map(|_| ()),
            Self::Create => client.rooms().create().unique_name("room").await.map(|_| ()),
            Self::Complete => client.room(SID).complete().await.map(|_| ()),
        }
    }
}

/// Names an outcome, and asserts what holds for every error.
fn outcome(name: &str, operation: Operation, result: &Result<(), Error>) -> &'static str {
    let Err(error) = result else { return "ok" };
    let (display, debug) =
        (error.to_string(), format!("{error:?}{:?}", error.headers().map(twilio_rooms::http::HeaderMap::len)));
    assert!(display.len() <= MAX_ERROR && debug.len() <= MAX_ERROR, "{name}: {} {}", display.len(), debug.len());
    assert!(!display.contains(char::is_control), "{name}: {display}");
    assert!(!debug.contains('\n'), "{name}: {debug}");
    let shown = format!("{display} {debug} {:?} {:?}", error.body(), error.headers());
    assert!(!shown.contains(AUTH_TOKEN) && !shown.contains("dGhlLWF1dGgtdG9rZW4"), "{name}: {shown}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let text = cause.to_string();
        assert!(text.len() <= MAX_ERROR && !text.contains(char::is_control), "{name}: {text}");
        source = cause.source();
    }
    assert!(operation != Operation::List || !error.is_outcome_unknown(), "{name}: a read has no effect");
    let kinds = [
        // A slow machine decides which of these it is.
        (error.is_timeout() && error.status().is_none_or(|status| status < 400), "no whole response"),
        (error.is_connect() || error.is_too_large(), "no whole response"),
        (error.is_decode(), "decode"),
        (error.is_paging(), "paging"),
        (error.is_redirect(), "redirect"),
        (error.is_rate_limited(), "429"),
        (error.status().is_some_and(|status| (400..500).contains(&status)), "other 4xx"),
        (error.status().is_some_and(|status| status >= 500), "5xx and beyond"),
        (error.status().is_some(), "other status"),
    ];
    kinds.into_iter().find(|(is, _)| *is).map_or("?", |(_, kind)| kind)
}

async fn run(behaviour: &Behaviour, operation: Operation) -> Result<&'static str, Box<dyn std::error::Error>> {
    let server = HostileServer::start(behaviour.clone()).await?;
    let retry = Retry::new().max_retries(1).base_delay(Duration::ZERO).max_retry_after(Duration::ZERO);
    let timeout = if behaviour.end.is_endless() { SHORT_TIMEOUT } else { LONG_TIMEOUT };
    let builder = Client::builder().credentials(credentials()).base_url(server.url()).retry(retry);
    let client = builder.timeout(timeout).deadline(2 * timeout).max_body_size(1 << 20).build()?;
    let result = tokio::time::timeout(HANG, operation.run(&client)).await;
    let result = result.map_err(|_| format!("{operation:?} hangs: {}", behaviour.name))?;
    let outcome = outcome(&behaviour.name, operation, &result);
    // The client accepts such a response only if it has begun to send the request when the response arrives.
    Ok(if behaviour.answers_at_once { "depends on timing" } else { outcome })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_behaviour_ends_with_a_value_or_a_short_error() -> Test {
    let behaviours = behaviours();
    assert!(behaviours.len() >= 200, "{} behaviours", behaviours.len());
    let runs = behaviours.iter().flat_map(|behaviour| OPERATIONS.map(|operation| (behaviour, operation)));
    let runs = stream::iter(runs).map(async |(behaviour, operation)| {
        let outcome = run(behaviour, operation).await.map_err(|error| error.to_string())?;
        Ok::<_, String>((operation, outcome))
    });
    let mut table: BTreeMap<&str, BTreeMap<Operation, usize>> = BTreeMap::new();
    let outcomes: Vec<Result<_, String>> = runs.buffer_unordered(48).collect().await;
    for result in outcomes {
        let (operation, outcome) = result?;
        *table.entry(outcome).or_default().entry(operation).or_default() += 1;
    }
    let mut text = format!("{:<18}{:>8}{:>8}{:>8}{:>10}\n", "outcome", "list", "fetch", "create", "complete");
    for (outcome, counts) in &table {
        let [list, fetch, create, complete] = OPERATIONS.map(|operation| counts.get(&operation).copied().unwrap_or(0));
        writeln!(text, "{outcome:<18}{list:>8}{fetch:>8}{create:>8}{complete:>10}")?;
    }
    insta::assert_snapshot!("outcomes_of_hostile_behaviours", text);
    Ok(())
}
