//! The client for programs without a runtime.

use std::collections::BTreeSet;
use std::time::Duration;

use twilio_rooms::blocking::Client;
use twilio_rooms::http::Method;
use twilio_rooms::{
    Error, Page, ParticipantStatus, RecordingRuleList, Retry, Room, RoomStatus, SubscribeRuleList, TrackKind as Kind,
    Tracks, TranscriptionsConfiguration,
};
use twilio_rooms_sandbox::{Fault, Sandbox, SandboxBuilder, TrackKind};

use crate::support::{Test, at, client_of, root, runtime, start};

/// Starts a sandbox on the runtime of the servers, and a client of it that retries without delay.
fn start_blocking(builder: SandboxBuilder) -> Result<(Sandbox, Client), Box<dyn std::error::Error>> {
    let sandbox = runtime()?.block_on(start(builder))?;
    let client = client_of(&sandbox).retry(Retry::new().base_delay(Duration::ZERO)).build_blocking()?;
    Ok((sandbox, client))
}

#[test]
fn the_resources_of_a_room_are_managed_without_a_runtime() -> Test {
    let (sandbox, client) = start_blocking(Sandbox::builder().rooms(0).now(at(0)))?;
    let create =
        client.rooms().create().unique_name("standup").max_participants(4).record_participants_on_connect(true);
    let created = create.timeout(Duration::from_secs(20)).response()?;
    assert_eq!((created.status(), created.attempts()), (201, 1));
    let same = client.rooms().get_or_create().unique_name("standup").send()?;
    assert_eq!(same.sid, created.value().sid);
    let room = client.room(&same.sid);
    for identity in ["alice", "bob"] {
        sandbox.join("standup", identity)?;
    }
    sandbox.publish("standup", "alice", TrackKind::Audio, "microphone")?;

    let connected: Vec<_> = room.participants().list().page_size(1).stream().collect::<Result<_, _>>()?;
    assert_eq!(connected.len(), 2);
    let alice = room.participant("alice");
    assert_eq!(alice.fetch().send()?.identity.as_deref(), Some("alice"));
    assert_eq!(alice.published_tracks().fetch("microphone").send()?.kind, Some(Kind::Audio));
    let bob = room.participant("bob");
    let heard = bob.subscribed_tracks().list().collect()?;
    assert_eq!(bob.subscribed_tracks().fetch(&heard[0].sid).send()?.sid, heard[0].sid);
    let silent = SubscribeRuleList::new().exclude(Tracks::all());
    assert_eq!(bob.subscribe_rules().update(silent).send()?.rules, bob.subscribe_rules().fetch().send()?.rules);
    assert!(bob.subscribed_tracks().list().collect()?.is_empty());

    let transcription = room.transcriptions().create();
    let transcription =
        transcription.configuration(TranscriptionsConfiguration::new().language_code("nl-BE")).send()?;
    let transcription = room.transcription(&transcription.ttid);
    assert_eq!(transcription.stop().send()?.status, transcription.fetch().send()?.status);

    let none = RecordingRuleList::new().exclude(Tracks::all());
    assert_eq!(room.recording_rules().update(none).send()?.rules, room.recording_rules().fetch().send()?.rules);
    let recordings = room.recordings().list().collect()?;
    let recording = room.recording(&recordings[0].sid);
    assert!(recording.media_url().send()?.contains("/media/"));
    recording.delete().send()?;

    assert_eq!(bob.disconnect().response()?.value().status, Some(ParticipantStatus::Disconnected));
    bob.anonymize().send().err().ok_or("the identity of one who has left is not found")?;
    assert_eq!(room.complete().send()?.status, Some(RoomStatus::Completed));
    assert_eq!(room.wait_until(RoomStatus::Completed).send()?.sid, same.sid);
    let raw = client.request(Method::GET, "/v1/Rooms").query([("Status", "completed")]).send()?;
    assert_eq!(raw.json::<serde_json::Value>()?["rooms"][0]["sid"], same.sid.as_str());
    Ok(())
}

#[test]
fn a_listing_is_an_iterator() -> Test {
    let (sandbox, client) = start_blocking(Sandbox::builder().rooms(25).now(at(0)))?;
    let list = || client.rooms().list().any_status().page_size(10);
    let all: Vec<Room> = list().collect()?;
    assert_eq!(all.len(), 25);
    let mut in_loop = Vec::new();
    for room in list().read_ahead(false) {
        in_loop.push(room?);
    }
    assert_eq!(in_loop, all);
    let limited = list().limit(12).stream().map(|room| room.map(|room| room.sid)).collect::<Result<Vec<_>, _>>()?;
    assert_eq!(limited, all[..12].iter().map(|room| room.sid.clone()).collect::<Vec<_>>());
    let completed = || client.rooms().list().status("completed").page_size(4);
    let mut pages = completed().pages();
    let first: Page<Room> = pages.next().ok_or("no page")??;
    let rest = completed().resume(first.next_page_url.clone().ok_or("only one page")?).collect()?;
    assert_eq!([first.items.clone(), rest].concat(), completed().collect()?);
    assert_eq!(
        pages.map(|page| page.map(|page| page.items.len())).sum::<Result<usize, _>>()?,
        completed().collect()?.len() - 4
    );
    assert_eq!(completed().send()?.items, first.items);
    let parallel = client.rooms().list().any_status().parallel(4).unordered().collect()?;
    assert_eq!(parallel.len(), 25);
    let names = |rooms: Vec<Room>| rooms.into_iter().filter_map(|room| room.unique_name).collect::<BTreeSet<_>>();
    assert_eq!(names(parallel), names(all));
    assert!(sandbox.requests() > 20);
    Ok(())
}

#[test]
fn an_iterator_ends_after_an_error() -> Test {
    let (sandbox, client) = start_blocking(Sandbox::builder().rooms(25).now(at(0)))?;
    let mut rooms = client.rooms().list().any_status().page_size(1001).stream();
    assert!(rooms.next().is_some_and(|room| room.is_err_and(|error| error.is_invalid_request())));
    assert!(rooms.next().is_none());
    sandbox.inject_always(Fault::Status(500));
    let mut pages = client.rooms().list().retry(Retry::none()).pages();
    assert!(pages.next().is_some_and(|page| page.is_err_and(|error| error.status() == Some(500))));
    assert!(pages.next().is_none());
    Ok(())
}

#[test]
fn failed_attempts_are_retried_as_in_the_async_client() -> Test {
    let (sandbox, client) = start_blocking(Sandbox::builder().rooms(1).now(at(0)))?;
    sandbox.inject_times(Fault::Status(503), 2);
    let room = client.rooms().list().any_status().collect()?.pop().ok_or("no room")?;
    assert_eq!(sandbox.requests(), 5, "two attempts that failed, and a page of each of the three statuses");
    sandbox.inject_always(Fault::StallBeforeHeaders);
    let fetch = client.room(&room.sid).fetch().timeout(Duration::from_millis(10)).retry(Retry::none());
    assert!(fetch.send().is_err_and(|error| error.is_timeout()));
    Ok(())
}

#[test]
fn threads_share_a_client() -> Test {
    let (sandbox, client) = start_blocking(Sandbox::builder().rooms(0).now(at(0)))?;
    let create = |number: usize| client.rooms().create().unique_name(format!("room {number}")).send();
    let created: Result<Vec<Room>, Error> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|number| scope.spawn(move || create(number))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    assert_eq!(created?.len(), 8);
    assert_eq!(client.rooms().list().collect()?.len(), 8);
    assert_eq!(sandbox.changes(), 8);
    Ok(())
}

#[test]
fn a_call_within_a_runtime_is_an_error_that_names_the_async_client() -> Test {
    let (sandbox, client) = start_blocking(Sandbox::builder().rooms(1).now(at(0)))?;
    for single_threaded in [true, false] {
        let mut builder = if single_threaded {
            tokio::runtime::Builder::new_current_thread()
        } else {
            tokio::runtime::Builder::new_multi_thread()
        };
        let within = client.clone();
        builder.enable_all().build()?.block_on(async move {
            let error = within.room("standup").fetch().send().err().ok_or("it was sent")?;
            assert!(error.is_invalid_request() && !error.is_retryable(), "{error:?}");
            assert_eq!(
                error.to_string(),
                "the blocking client was called within a tokio runtime, and would block its thread: use \
                 `twilio_rooms::Client` there, and `.await` it"
            );
            let mut rooms = within.rooms().list().stream();
            assert!(rooms.next().is_some_and(|room| room.is_err_and(|error| error.is_invalid_request())));
            assert!(rooms.next().is_none());
            assert!(within.rooms().list().collect().is_err());
            Ok::<_, Box<dyn std::error::Error>>(())
        })?;
    }
    assert_eq!(sandbox.requests(), 0);
    // The last clone, with the runtime of the client, is dropped within another runtime.
    runtime()?.block_on(async move { drop(client) });
    Ok(())
}

#[test]
fn every_method_of_the_async_types_has_a_blocking_one() -> Test {
    let items = std::fs::read_to_string(root().join("crates/twilio-rooms/public-api.txt"))?;
    let (mut asynchronous, mut blocking) = (BTreeSet::new(), BTreeSet::new());
    for item in items.lines() {
        let Some((before, signature)) = item.split_once("fn ") else { continue };
        let name = signature.split(['(', '<']).next().unwrap_or_default();
        if let Some(method) = name.strip_prefix("blocking::Blocking::") {
            // The type that is wrapped, or a letter if it is any that can be awaited.
            let wrapped = signature.rsplit_once("blocking::Blocking<").map(|(_, wrapped)| wrapped);
            let wrapped = wrapped.and_then(|wrapped| wrapped.split(['<', '>']).next()).unwrap_or_default();
            blocking.insert(format!("{wrapped}::{method}"));
        } else if before.starts_with("pub") && before.split_whitespace().all(|word| ["pub", "async"].contains(&word)) {
            asynchronous.insert(name.to_owned());
        }
    }
    let types: BTreeSet<&str> = blocking.iter().filter_map(|method| method.split("::").next()).collect();
    assert!(types.len() >= 20, "{types:?}");
    let is_covered = |method: &str| {
        let (of, name) = method.split_once("::").unwrap_or_default();
        !types.contains(of) || blocking.contains(method) || name == "send" || method == "Client::builder"
    };
    let missing: Vec<&String> = asynchronous.iter().filter(|method| !is_covered(method)).collect();
    assert!(missing.is_empty(), "add them to the module `blocking`: {missing:?}");
    Ok(())
}
