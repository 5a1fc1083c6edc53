//! The state beside the traffic and the rooms: how many rooms there are, the clock, the latency, and the faults that wait.

use serde_json::{Value, json};

use crate::http::faults::{Fault, Faults, NAMES};
use crate::http::recorder::Recorder;
use crate::http::server::Server;
use crate::model::{RoomStatus, format_timestamp};

/// The maximum number of faults that are listed.
const MAX_FAULTS: usize = 50;

/// The state. It does not differ from one moment to the next unless something happens.
pub(super) fn state(server: &Server, recorder: &Recorder) -> Value {
    // Before the rest is read, so that a change in between is seen the next time.
    let version = recorder.state_version();
    let account = server.account();
    let rooms: Value = RoomStatus::ALL
        .map(|status| (status.name().to_owned(), Value::from(account.room_count(status))))
        .into_iter()
        .collect();
    drop(account);
    let (faults, media_faults) = (queued(&server.faults, "api"), queued(&server.media_faults, "media"));
    let waiting = [faults.0, media_faults.0].concat();
    json!({
        "version": version,
        "rooms": rooms,
        "stopped_at": server.clock.stopped_at().map(format_timestamp),
        "latency_ms": u64::try_from(server.latency().as_millis()).unwrap_or(u64::MAX),
        "faults": waiting,
        "faults_left_out": faults.1 + media_faults.1,
    })
}

fn queued(faults: &Faults, on: &str) -> (Vec<Value>, usize) {
    let (queued, left_out) = faults.queued(MAX_FAULTS);
    let entry = |(fault, times): &(Fault, u64)| {
        // `null` stands for all requests to come.
        let times = (*times < u64::MAX >> 1).then_some(*times);
        json!({ "fault": fault.to_string(), "times": times, "on": on })
    };
    (queued.iter().map(entry).collect(), left_out)
}

/// The names of the faults that can be injected.
pub(super) fn fault_names() -> Vec<&'static str> {
    NAMES.iter().map(|(name, _)| *name).collect()
}
