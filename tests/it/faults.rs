//! The fault matrix: the result of each kind of operation under each fault.

mod operation;

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::Instant;
use twilio_rooms::{Client, Error, Retry};
use twilio_rooms_sandbox::{Fault, Sandbox};

use self::operation::{Operation, Target};
use crate::support::{Clock, Events, SANDBOX_SECRETS, Test, client_of, runtime, start};

/// The faults and their names in the matrix. `None` is a refused connection.
const FAULTS: &[(&str, Option<Fault>)] = &[
    ("connection refused", None),
    ("reset before headers", Some(Fault::ResetBeforeHeaders)),
    ("reset in body", Some(Fault::ResetInBody)),
    ("stall before headers", Some(Fault::StallBeforeHeaders)),
    ("stall in body", Some(Fault::StallInBody)),
    ("truncated JSON", Some(Fault::TruncatedJson)),
    ("invalid UTF-8", Some(Fault::InvalidUtf8)),
    ("HTML with status 200", Some(Fault::Html)),
    ("empty 200", Some(Fault::EmptyBody)),
    ("204", Some(Fault::NoContent)),
    ("redirect elsewhere", Some(Fault::Redirect)),
    ("401", Some(Fault::Status(401))),
    ("403", Some(Fault::Status(403))),
    ("404", Some(Fault::Status(404))),
    ("409", Some(Fault::Status(409))),
    ("429", Some(Fault::Status(429))),
    ("429, retry after 7 s", Some(Fault::RetryAfter { status: 429, seconds: 7 })),
    ("429, retry after 90 s", Some(Fault::RetryAfter { status: 429, seconds: 90 })),
    ("500", Some(Fault::Status(500))),
    ("502", Some(Fault::Status(502))),
    ("503", Some(Fault::Status(503))),
    ("503, retry after 7 s", Some(Fault::RetryAfter { status: 503, seconds: 7 })),
    ("504", Some(Fault::Status(504))),
    ("endless body", Some(Fault::EndlessBody)),
    ("huge header", Some(Fault::HugeHeader)),
    ("wrong content type", Some(Fault::WrongContentType)),
    ("next page elsewhere", Some(Fault::NextPageElsewhere)),
    ("next page itself", Some(Fault::NextPageItself)),
    ("next page relative", Some(Fault::NextPageRelative)),
    ("next page malformed", Some(Fault::NextPageMalformed)),
    ("page that repeats", Some(Fault::RepeatedPage)),
];

/// The number of requests that fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Times {
    Once,
    Always,
}

/// The result of an operation under a fault.
#[derive(Debug)]
struct Cell {
    requests: u64,
    time: Duration,
    changes: u64,
    result: Result<String, Error>,
}

/// Starts a sandbox with three rooms in progress, and a client with predictable delays.
async fn set_up(clock: &Clock) -> Result<(Sandbox, Client, Target), Box<dyn std::error::Error>> {
    let sandbox = start(Sandbox::builder().rooms(0)).await?;
    let clock = clock.clone();
    let builder = client_of(&sandbox).retry(Retry::new().jitter(false)).max_body_size(1 << 20);
    let client = builder.on_retry(move |event| clock.release_for(event.delay)).build()?;
    for name in ["one", "two"] {
        client.rooms().create().unique_name(name).await?;
    }
    let room = client.rooms().create().unique_name("three").record_participants_on_connect(true).await?.sid;
    Target::publish_tracks(&sandbox, room.as_str())?;
    let target = Target::find(&client, room.to_string()).await?;
    Ok((sandbox, client, target))
}

async fn cell(operation: Operation, fault: Option<Fault>, times: Times) -> Result<Cell, Box<dyn std::error::Error>> {
    let clock = Clock::default();
    clock.hold();
    // Time stops as soon as an attempt has ended, until the client announces the delay of its retry.
    let holding = clock.clone();
    let _listening = Events::listen(move || holding.hold());
    let Some(fault) = fault else { return run_with_refused_connections(operation, times, &clock).await };
    let (sandbox, client, target) = set_up(&clock).await?;
    let (requests, changes) = (sandbox.requests(), sandbox.changes());
    match times {
        Times::Once => sandbox.inject(fault),
        Times::Always => sandbox.inject_always(fault),
    }
    let started = Instant::now();
    let running = operation.run(&client, &target);
    let address = sandbox.url().trim_start_matches("http://").to_owned();
    let stalling = async {
        loop {
            sandbox.wait_for_stall().await;
            // Once this connection is established, everything that the server sent before has arrived.
            if TcpStream::connect(&address).await.is_ok() {
                clock.release();
            }
        }
    };
    let result = tokio::select! {
        result = running => result,
        () = stalling => return Err("the operation never ends".into()),
    };
    let time = started.elapsed();
    let (requests, changes) = (sandbox.requests() - requests, sandbox.changes() - changes);
    Ok(Cell { requests, time, changes, result })
}

/// Runs an operation while connections are refused, always or only during the first attempt.
async fn run_with_refused_connections(
    operation: Operation,
    times: Times,
    clock: &Clock,
) -> Result<Cell, Box<dyn std::error::Error>> {
    // Sandboxes with the same seed have the same rooms, so another one tells which rooms exist.
    let twin = start(Sandbox::builder()).await?;
    let rooms = client_of(&twin).build()?.rooms().list().collect().await?;
    let room = rooms.iter().find(|room| room.record_participants_on_connect == Some(true));
    let room = room.map(|room| room.sid.to_string()).ok_or("no room")?;
    Target::publish_tracks(&twin, &room)?;
    let target = Target::find(&client_of(&twin).build()?, room).await?;
    let sandbox = Arc::new(start(Sandbox::builder().refuse_connections()).await?);
    Target::publish_tracks(&sandbox, target.room())?;
    let (observing, listening, runtime) = (clock.clone(), Arc::clone(&sandbox), runtime()?);
    let builder = client_of(&sandbox).retry(Retry::new().jitter(false));
    let client = builder.on_retry(move |event| {
        if times == Times::Once {
            let _inside = runtime.enter();
            assert!(listening.listen().is_ok(), "the sandbox keeps its port");
        }
        observing.release_for(event.delay);
    });
    let started = Instant::now();
    let result = operation.run(&client.build()?, &target).await;
    Ok(Cell { requests: sandbox.requests(), time: started.elapsed(), changes: sandbox.changes(), result })
}

impl Cell {
    /// Returns the line of the snapshot.
    fn line(&self, name: &str) -> String {
        let Self { requests, time, changes, result } = self;
        let outcome = match result {
            Ok(value) => format!("ok: {value}"),
            Err(error) => format!("{error}"),
        };
        let outcome = without_ports(&outcome);
        format!("{name:22} {requests} req {:>6.1}s {changes} done  {outcome}", time.as_secs_f64())
    }

    /// Returns the cell of the table in the documentation.
    fn summary(&self) -> String {
        let mut summary = match &self.result {
            Ok(_) => "ok".to_owned(),
            Err(error) => format!("**{}**", kind(error)),
        };
        let attempts = self.result.as_ref().err().map_or(0, Error::attempts);
        if attempts > 1 {
            let _ = write!(summary, ", {attempts} attempts");
        }
        if self.time.as_secs_f64() >= 0.05 {
            let _ = write!(summary, ", {:.1} s", self.time.as_secs_f64());
        }
        if self.result.as_ref().is_err_and(Error::is_outcome_unknown) {
            summary.push_str(", outcome unknown");
        }
        if self.result.is_err() && self.changes > 0 {
            summary.push_str(" (done once)");
        }
        summary
    }
}

fn kind(error: &Error) -> String {
    let predicates = [
        (error.is_paging(), "paging"),
        (error.is_decode(), "decode"),
        (error.is_too_large(), "too large"),
        (error.is_connect(), "connection"),
        (error.is_timeout() && error.status() != Some(504), "timeout"),
    ];
    let kind = predicates.into_iter().find(|(is, _)| *is).map(|(_, kind)| kind.to_owned());
    let status = error.status().map(|status| status.to_string());
    kind.or(status).unwrap_or_else(|| "other".to_owned())
}

fn without_ports(text: &str) -> String {
    let mut parts = text.split("http://127.0.0.1:");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| format!("{text}[sandbox]{}", part.trim_start_matches(|c: char| c.is_ascii_digit())))
}

async fn column(operation: Operation, times: Times) -> Result<String, Box<dyn std::error::Error>> {
    let mut lines = Vec::new();
    for (name, fault) in FAULTS {
        let cell = cell(operation, *fault, times).await?;
        assert!(cell.changes <= 1, "{name}: the operation took effect twice");
        if let Err(error) = &cell.result {
            let output = format!("{error} {error:?}");
            assert!(SANDBOX_SECRETS.iter().all(|secret| !output.contains(secret)), "{name}: {output}");
        }
        lines.push(cell.line(name));
    }
    Ok(lines.join("\n"))
}

macro_rules! columns {
    ($($name:ident: $operation:ident, $times:ident;)*) => { $(
        #[tokio::test(start_paused = true)]
        async fn $name() -> Test {
            insta::assert_snapshot!(stringify!($name), column(Operation::$operation, Times::$times).await?);
            Ok(())
        }
    )* };
}

columns! {
    listing_with_one_fault: List, Once;
    listing_with_persistent_faults: List, Always;
    fetching_with_one_fault: Fetch, Once;
    fetching_with_persistent_faults: Fetch, Always;
    creating_with_one_fault: Create, Once;
    creating_with_persistent_faults: Create, Always;
    completing_with_one_fault: Complete, Once;
    completing_with_persistent_faults: Complete, Always;
    listing_recordings_with_one_fault: ListRecordings, Once;
    listing_recordings_with_persistent_faults: ListRecordings, Always;
    fetching_a_recording_with_one_fault: FetchRecording, Once;
    fetching_a_recording_with_persistent_faults: FetchRecording, Always;
    starting_a_transcription_with_one_fault: StartTranscription, Once;
    starting_a_transcription_with_persistent_faults: StartTranscription, Always;
    updating_rules_with_one_fault: UpdateRules, Once;
    updating_rules_with_persistent_faults: UpdateRules, Always;
    deleting_a_recording_with_one_fault: DeleteRecording, Once;
    deleting_a_recording_with_persistent_faults: DeleteRecording, Always;
}

/// The table of the documentation. After a change of its snapshot, `cargo xtask doc-pages` copies it there.
#[tokio::test(start_paused = true)]
async fn the_table_in_the_documentation_is_up_to_date() -> Test {
    let operations = [
        ("list", Operation::List),
        ("fetch", Operation::Fetch),
        ("create", Operation::Create),
        ("complete", Operation::Complete),
        ("update rules", Operation::UpdateRules),
        ("delete", Operation::DeleteRecording),
    ];
    let names = operations.map(|(name, _)| name).join(" | ");
    let mut table = format!("| persistent fault | {names} |\n|{}\n", " --- |".repeat(operations.len() + 1));
    for (name, fault) in FAULTS {
        let mut row = format!("| {name} |");
        for (_, operation) in operations {
            let cell = cell(operation, *fault, Times::Always).await?;
            let _ = write!(row, " {} |", cell.summary());
        }
        table.push_str(&row);
        table.push('\n');
    }
    insta::assert_snapshot!("the_table_in_the_documentation", table);
    Ok(())
}
