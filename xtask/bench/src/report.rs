//! The report that a workload prints: the rooms that it read, and the time and memory for that.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::room_counter::RoomCounter;

/// The reason why a workload could not run.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Measures the time since its start.
#[derive(Debug)]
pub(crate) struct Stopwatch {
    wall: Instant,
    cpu: Option<Duration>,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self { wall: Instant::now(), cpu: cpu() }
    }

    /// The report on the rooms that were read since the start.
    pub(crate) fn stop(&self, counter: &RoomCounter) -> Value {
        let seconds = self.wall.elapsed().as_secs_f64();
        let cpu = cpu().zip(self.cpu).map(|(now, then)| now.saturating_sub(then).as_secs_f64());
        json!({
            "rooms": counter.rooms,
            "checksum": counter.checksum,
            "seconds": seconds,
            "cpu_seconds": cpu,
            "peak_bytes": peak_of("self"),
        })
    }
}

/// The CPU time of this process, if the system reports it.
#[cfg(unix)]
fn cpu() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};

    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).ok()
}

/// The CPU time of this process, if the system reports it.
#[cfg(not(unix))]
fn cpu() -> Option<Duration> {
    None
}

/// The peak memory of a process in bytes, if the system reports it. The process is given by its number, or is `self`.
pub(crate) fn peak_of(process: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}
