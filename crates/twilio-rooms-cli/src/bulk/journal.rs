//! The journal of a command that changes many items: the items, and what became of each. With it, a command that was interrupted
//! is continued without looking for the items again.
//!
//! It is a file of NDJSON: a header, the items, and then the results as they come. The items are written under another name
//! first, so that a journal has all of them. The last result may be cut short, if the program was killed.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::action::Target;
use crate::failure::Failure;
use crate::lock::{LockedFile, open_for_one};

const VERSION: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
struct Header {
    /// The version of the format.
    journal: u32,
    /// The command, such as "rooms complete".
    command: String,
    /// The SID of the account, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    targets: usize,
}

/// The state of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum State {
    /// Its request may have been sent.
    Begun,
    Failed,
    Done,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry<S> {
    sid: S,
    state: State,
}

/// The work that a journal is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject<'a> {
    /// The command, such as "rooms complete".
    pub(super) command: &'a str,
    /// The SID of the account, if it is known.
    pub(super) account: Option<&'a str>,
}

/// A journal to write to, which no other process does.
#[derive(Debug)]
pub(crate) struct Journal {
    pub(crate) path: PathBuf,
    file: LockedFile,
}

/// The content of a journal.
#[derive(Debug)]
pub(crate) struct Recorded {
    /// The items that are not done, with the state of those that were begun.
    pub(crate) left: Vec<(Target, Option<State>)>,
    pub(crate) journal: Journal,
}

impl Journal {
    /// Writes a new journal for these items.
    pub(super) fn create(path: PathBuf, subject: Subject<'_>, targets: &[Target]) -> io::Result<Self> {
        let new = path.with_extension("new");
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut text = Vec::new();
        let Subject { command, account } = subject;
        let (command, account) = (command.to_owned(), account.map(str::to_owned));
        write_line(&mut text, &Header { journal: VERSION, command, account, targets: targets.len() })?;
        targets.iter().try_for_each(|target| write_line(&mut text, target))?;
        let written = fs::write(&new, text).and_then(|()| fs::rename(&new, &path));
        written.inspect_err(|_| {
            // Half a journal is of no use.
            let _ = fs::remove_file(&new);
        })?;
        let file = open_for_one(&path, OpenOptions::new().append(true))?;
        Ok(Self { path, file })
    }

    /// Reads a journal of this work, to continue it.
    pub(super) fn open(path: &Path, subject: Subject<'_>) -> Result<Recorded, Failure> {
        let cannot = |verb: &str, error: io::Error| {
            let reason = match error.kind() {
                io::ErrorKind::WouldBlock => "another process continues it".to_owned(),
                _ => error.to_string(),
            };
            Failure::usage(format!("cannot {verb} the journal {}: {reason}", path.display()))
        };
        let mut file =
            open_for_one(path, OpenOptions::new().read(true).append(true)).map_err(|error| cannot("open", error))?;
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(|error| cannot("read", error))?;
        // A last line that was cut short says nothing.
        let length = text.rfind('\n').map_or(0, |end| end + 1);
        let left = parse(&text[..length], subject)
            .map_err(|reason| Failure::usage(format!("{} is not a journal to continue: {reason}", path.display())))?;
        file.set_len(length as u64).map_err(|error| cannot("continue", error))?;
        Ok(Recorded { left, journal: Self { path: path.to_owned(), file } })
    }

    /// Records the state of an item. Each entry is a write of its own, so that it outlives the program.
    pub(crate) fn record(&mut self, sid: &str, state: State) -> Result<(), Failure> {
        let mut line = Vec::new();
        let written = write_line(&mut line, &Entry { sid, state }).and_then(|()| self.file.write_all(&line));
        written.map_err(|error| Failure::failed(format!("cannot write the journal {}: {error}", self.path.display())))
    }

    /// Removes the file.
    pub(crate) fn remove(self) {
        let Self { path, file } = self;
        // Windows removes no open file.
        drop(file);
        // A journal that stays does no harm.
        let _ = fs::remove_file(path);
    }
}

fn write_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Returns the items that are not done, or the reason for which the text is no journal of this command.
fn parse(text: &str, subject: Subject<'_>) -> Result<Vec<(Target, Option<State>)>, String> {
    let mut lines = text.lines().enumerate();
    let no_header = || "it has no header".to_owned();
    let header = lines.next().and_then(|(_, line)| serde_json::from_str::<Header>(line).ok()).ok_or_else(no_header)?;
    if header.journal != VERSION {
        return Err(format!("it has version {}, but this program reads version {VERSION}", header.journal));
    }
    if header.command != subject.command {
        return Err(format!("it is one of `{}`", header.command));
    }
    if let (Some(account), Some(other)) = (&header.account, subject.account)
        && account != other
    {
        return Err(format!("it is one of the account {account}, but the credentials are those of {other}"));
    }
    let invalid = |index: usize| format!("line {} is not valid", index + 1);
    let mut targets = Vec::new();
    for (index, line) in lines.by_ref().take(header.targets) {
        targets.push(serde_json::from_str::<Target>(line).map_err(|_| invalid(index))?);
    }
    if targets.len() < header.targets {
        return Err(format!("it has {} of {} items", targets.len(), header.targets));
    }
    let mut states = HashMap::new();
    for (index, line) in lines {
        let Entry { sid, state } = serde_json::from_str::<Entry<String>>(line).map_err(|_| invalid(index))?;
        states.insert(sid, state);
    }
    let with_state = targets.into_iter().map(|target| {
        let state = states.get(&target.sid).copied();
        (target, state)
    });
    Ok(with_state.filter(|(_, state)| *state != Some(State::Done)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBJECT: Subject<'_> = Subject { command: "rooms complete", account: Some("AC1") };
    const HEADER: &str = "{\"journal\":1,\"command\":\"rooms complete\",\"targets\":2}\n";
    const TARGETS: &str = "{\"sid\":\"RM1\",\"room\":\"RM1\"}\n{\"sid\":\"RM2\",\"name\":\"Talk\",\"room\":\"RM2\"}\n";

    fn states(entries: &str) -> Result<Vec<(String, Option<State>)>, String> {
        let left = parse(&format!("{HEADER}{TARGETS}{entries}"), SUBJECT)?;
        Ok(left.into_iter().map(|(target, state)| (target.sid, state)).collect())
    }

    #[test]
    fn items_that_are_done_are_not_left() -> Result<(), String> {
        let entry = |sid: &str, state: &str| format!("{{\"sid\":\"{sid}\",\"state\":\"{state}\"}}\n");
        let left = |sid: &str, state: Option<State>| (sid.to_owned(), state);
        assert_eq!(states("")?, [left("RM1", None), left("RM2", None)]);
        let done = entry("RM1", "begun") + &entry("RM1", "done");
        assert_eq!(states(&done)?, [left("RM2", None)]);
        let again = entry("RM1", "failed") + &entry("RM1", "begun") + &entry("RM2", "failed");
        assert_eq!(states(&again)?, [left("RM1", Some(State::Begun)), left("RM2", Some(State::Failed))]);
        Ok(())
    }

    #[test]
    fn another_file_is_refused_with_the_reason() {
        let error = |text: &str| parse(text, SUBJECT).err().unwrap_or_default();
        assert_eq!(error(""), "it has no header");
        assert_eq!(error("{\"sid\":\"RM1\"}\n"), "it has no header");
        assert_eq!(error(&HEADER.replace(":1,", ":2,")), "it has version 2, but this program reads version 1");
        assert_eq!(error(&HEADER.replace("rooms complete", "recordings delete")), "it is one of `recordings delete`");
        let other = HEADER.replace("\"targets\"", "\"account\":\"AC2\",\"targets\"");
        assert_eq!(error(&other), "it is one of the account AC2, but the credentials are those of AC1");
        assert_eq!(error(HEADER), "it has 0 of 2 items");
        assert_eq!(error(&format!("{HEADER}{TARGETS}done\n")), "line 4 is not valid");
        assert_eq!(error(&format!("{HEADER}{{}}\n")), "line 2 is not valid");
    }

    #[test]
    fn a_journal_is_continued_after_an_entry_that_was_cut_short() -> Result<(), Box<dyn std::error::Error>> {
        let path = std::env::temp_dir().join(format!("twilio-rooms-journal-{}.ndjson", std::process::id()));
        let targets: Vec<Target> =
            ["RM1", "RM2"].map(|sid| Target { sid: sid.into(), room: sid.into(), ..Target::default() }).into();
        let mut journal = Journal::create(path.clone(), SUBJECT, &targets)?;
        journal.record("RM1", State::Done).map_err(|failure| failure.message)?;
        journal.file.write_all(b"{\"sid\":\"RM2\",\"sta")?;
        let reason = Journal::open(&path, SUBJECT).err().map(|failure| failure.message).unwrap_or_default();
        assert!(!cfg!(unix) || reason.ends_with(": another process continues it"), "{reason}");
        drop(journal);
        let Recorded { left, mut journal } = Journal::open(&path, SUBJECT).map_err(|failure| failure.message)?;
        assert_eq!(left, [(targets[1].clone(), None)]);
        journal.record("RM2", State::Done).map_err(|failure| failure.message)?;
        drop(journal);
        let Recorded { left, journal } = Journal::open(&path, SUBJECT).map_err(|failure| failure.message)?;
        assert_eq!(left, []);
        journal.remove();
        assert!(!path.exists());
        Ok(())
    }
}
