//! What a workload says in the end: what it has read, and what that took.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::tally::Tally;

/// Why a workload could not run.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What is measured between a start and an end.
#[derive(Debug)]
pub(crate) struct Stopwatch {
    wall: Instant,
    cpu: Option<Duration>,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self { wall: Instant::now(), cpu: cpu() }
    }

    /// The report on what was read since the start.
    pub(crate) fn stop(&self, tally: &Tally) -> Value {
        let seconds = self.wall.elapsed().as_secs_f64();
        let cpu = cpu().zip(self.cpu).map(|(now, then)| now.saturating_sub(then).as_secs_f64());
        json!({
            "rooms": tally.rooms,
            "checksum": tally.checksum,
            "seconds": seconds,
            "cpu_seconds": cpu,
            "peak_bytes": peak(),
        })
    }
}

/// The time that the processors have spent on this process, where that is known.
#[cfg(unix)]
fn cpu() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};

    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).ok()
}

/// The time that the processors have spent on this process, where that is known.
#[cfg(not(unix))]
fn cpu() -> Option<Duration> {
    None
}

/// The most memory that this process has held, in bytes, where the system says so.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}
