//! The operators' command, run as a process of its own.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};
use twilio_rooms::Room;

use crate::account::Account;
use crate::ours::fields;
use crate::report::{Failure, peak_of};
use crate::room_counter::RoomCounter;

/// The number of lines between two looks at the memory of the command.
const LINES: u64 = 1000;
/// The number of bytes that are read at once: what a pipe of Linux holds. A reader of less wakes the command more often.
const READ: usize = 64 << 10;

/// Lists all completed rooms as NDJSON, and reports the time and the memory of the command, without those of this process.
pub(crate) fn list(
    program: &str,
    account: &Account,
    page_size: u32,
    mut counter: RoomCounter,
) -> Result<Value, Failure> {
    let started = Instant::now();
    let mut command = Command::new(program);
    command.args(["rooms", "list", "--status", "completed", "--output", "ndjson"]);
    command.args(["--page-size", &page_size.to_string()]).env("TWILIO_ROOMS_BASE_URL", &account.url);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut peak = None;
    let stdout = child.stdout.take().ok_or("it has no standard output")?;
    let lines = BufReader::with_capacity(READ, stdout).lines();
    for line in lines {
        let room: Room = serde_json::from_str(&line?)?;
        counter.add_and_pause(&fields(&room));
        if counter.rooms.is_multiple_of(LINES) {
            peak = peak_of(&child.id().to_string()).or(peak);
        }
    }
    let status = child.wait()?;
    if !status.success() {
        return Err(format!("{program} ended with {status}").into());
    }
    Ok(json!({
        "rooms": counter.rooms,
        "checksum": counter.checksum,
        "seconds": started.elapsed().as_secs_f64(),
        "cpu_seconds": cpu_of_children(),
        "peak_bytes": peak,
    }))
}

/// The CPU time of all processes that this one has started and waited for, if the system reports it.
fn cpu_of_children() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, which is in parentheses, can have spaces.
    let fields: Vec<&str> = status.rsplit_once(')')?.1.split_whitespace().collect();
    // proc_pid_stat(5): `cutime` and `cstime` are the fields 16 and 17, and the name is the second.
    let ticks: u32 = fields.get(13)?.parse::<u32>().ok()?.checked_add(fields.get(14)?.parse().ok()?)?;
    Some(f64::from(ticks) / TICKS_PER_SECOND)
}

/// The unit of `/proc`, which is the same on all of Linux's platforms.
const TICKS_PER_SECOND: f64 = 100.0;
