//! The rooms of an account as candidates.

use std::ffi::{OsStr, OsString};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

use chrono::Utc;
use clap_complete::CompletionCandidate;
use serde::{Deserialize, Serialize};
use twilio_rooms::{Client, Error, Room, RoomStatus};

use super::cache;
use crate::console::is_unsafe;
use crate::environment::{BASE_URL, variable};
use crate::failure::Failure;
use crate::session::Global;

/// A completion takes this time at most, unless the variable names another number of milliseconds.
const DEADLINE: Duration = Duration::from_millis(500);
const DEADLINE_VARIABLE: &str = "TWILIO_ROOMS_COMPLETE_DEADLINE";
/// The most rooms in progress, and the most ended ones, that are asked for: a page of each.
const IN_PROGRESS: u32 = 1000;
const ENDED: u32 = 50;

/// A room as it is completed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    sid: String,
    name: Option<String>,
    in_progress: bool,
}

impl From<Room> for Known {
    fn from(room: Room) -> Self {
        let sid = room.sid.to_string();
        let name = room.unique_name.filter(|name| *name != sid);
        Self { sid, name, in_progress: room.status == Some(RoomStatus::InProgress) }
    }
}

/// The rooms whose name or SID begins with the current word.
pub(super) fn candidates(words: &[OsString], current: &OsStr) -> Vec<CompletionCandidate> {
    let (Some(current), Some(global)) = (current.to_str(), account(words)) else { return Vec::new() };
    known(global).iter().filter_map(|room| candidate(room, current)).collect()
}

/// The options of the command line that choose the account; `None` if it asks for a sandbox, whose rooms are not there yet.
fn account(words: &[OsString]) -> Option<Global> {
    let mut words = words.iter().filter_map(|word| word.to_str());
    let mut profile = None;
    while let Some(word) = words.next() {
        match word.strip_prefix("--profile") {
            _ if word == "--sandbox" => return None,
            Some("") => profile = words.next().map(str::to_owned),
            Some(value) => profile = value.strip_prefix('=').map(str::to_owned).or(profile),
            None => {}
        }
    }
    Some(Global { profile, ..Global::default() })
}

/// The candidate for a room: its name if that finds it and needs no quotes in any shell, and its SID otherwise.
fn candidate(room: &Known, current: &str) -> Option<CompletionCandidate> {
    let is_plain = |text: &str| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '@' | '+');
        !text.starts_with('-') && text.chars().all(is_plain)
    };
    let name = room.name.as_deref();
    let status = if room.in_progress { "in progress" } else { "ended" };
    if let Some(name) = name.filter(|name| room.in_progress && is_plain(name) && name.starts_with(current)) {
        return Some(CompletionCandidate::new(name).help(Some(format!("{}, {status}", room.sid).into())));
    }
    let has_plain_name = room.in_progress && name.is_some_and(is_plain);
    if !is_plain(&room.sid) || !room.sid.starts_with(current) || has_plain_name && current.is_empty() {
        return None;
    }
    let printable: String = name.unwrap_or("no name").chars().filter(|c| !is_unsafe(*c)).collect();
    Some(CompletionCandidate::new(&room.sid).help(Some(format!("{printable}, {status}").into())))
}

/// The rooms of the account, as far as they are known in time.
fn known(global: Global) -> Vec<Known> {
    let milliseconds = variable(DEADLINE_VARIABLE).ok().flatten().and_then(|text| text.parse::<u32>().ok());
    let time = milliseconds.map_or(DEADLINE, |milliseconds| Duration::from_millis(milliseconds.into()));
    let deadline = Instant::now() + time;
    let (sender, receiver) = mpsc::channel();
    // Nobody waits for this thread: it ends with the program.
    thread::spawn(move || look_up(&global, &sender));
    let mut known = Vec::new();
    // The old rooms come before the present ones.
    while let Ok(rooms) = receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        known = rooms;
    }
    known
}

/// Sends the rooms of the cache, and those of the account unless the cache is new. Without credentials there are none.
fn look_up(global: &Global, sender: &Sender<Vec<Known>>) -> Option<()> {
    let name = cache_name(global).ok()?;
    let cached = cache::read::<Vec<Known>>(&name);
    if let Some(cached) = cached {
        sender.send(cached.value).ok()?;
        if cached.is_new {
            return Some(());
        }
    }
    let rooms = ask(global).ok()?;
    // A cache that cannot be written is none.
    let _ = cache::write(&name, Utc::now(), &rooms);
    sender.send(rooms).ok()
}

/// The name of the cache of this account.
fn cache_name(global: &Global) -> Result<String, Failure> {
    let profile = global.profile()?;
    let mut hasher = DefaultHasher::new();
    (profile.account_sid, profile.api_key, profile.region, profile.edge, variable(BASE_URL)?).hash(&mut hasher);
    Ok(format!("rooms-{:016x}.json", hasher.finish()))
}

/// The rooms in progress, and those that ended last.
fn ask(global: &Global) -> Result<Vec<Known>, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::failed(format!("cannot start: {error}")))?;
    runtime.block_on(async {
        let session = global.session().await?;
        let read = |status, count| read(&session.client, status, count);
        let both = tokio::try_join!(read(RoomStatus::InProgress, IN_PROGRESS), read(RoomStatus::Completed, ENDED));
        let (in_progress, ended) = both?;
        Ok(in_progress.into_iter().chain(ended).map(Known::from).collect())
    })
}

/// The newest rooms with this status.
async fn read(client: &Client, status: RoomStatus, count: u32) -> Result<Vec<Room>, Error> {
    client.rooms().list().status(status).page_size(count).limit(count.into()).collect().await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: Option<&str>, in_progress: bool, current: &str) -> Option<String> {
        let room = Known { sid: "RM12".to_owned(), name: name.map(str::to_owned), in_progress };
        candidate(&room, current).map(|candidate| {
            let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
            format!("{} ({help})", candidate.get_value().to_string_lossy())
        })
    }

    #[test]
    fn a_name_is_completed_where_it_finds_the_room() {
        let by_name = Some("Talk (RM12, in progress)".to_owned());
        assert_eq!(shown(Some("Talk"), true, ""), by_name);
        assert_eq!(shown(Some("Talk"), true, "Ta"), by_name);
        assert_eq!(shown(Some("Talk"), true, "talk"), None);
        assert_eq!(shown(Some("Talk"), true, "RM").as_deref(), Some("RM12 (Talk, in progress)"));
        assert_eq!(shown(Some("Talk"), false, "").as_deref(), Some("RM12 (Talk, ended)"));
        assert_eq!(shown(None, true, "").as_deref(), Some("RM12 (no name, in progress)"));
    }

    #[test]
    fn a_name_that_needs_quotes_is_completed_by_its_sid() {
        for name in ["Sprint review", "a$(b)", "a;b", "--yes", "a\u{1b}b"] {
            let shown = shown(Some(name), true, "").unwrap_or_default();
            assert!(shown.starts_with("RM12 (") && !shown.contains('\u{1b}'), "{shown}");
        }
    }

    #[test]
    fn the_profile_of_the_command_line_is_used() {
        let profile = |line: &str| {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            account(&words).map(|global| global.profile.unwrap_or_default())
        };
        assert_eq!(profile("twilio-rooms rooms get "), Some(String::new()));
        assert_eq!(profile("twilio-rooms --profile other rooms get "), Some("other".to_owned()));
        assert_eq!(profile("twilio-rooms rooms get --profile=other "), Some("other".to_owned()));
        assert_eq!(profile("twilio-rooms rooms get --sandbox "), None);
    }
}
