//! Any bytes as a page: a value that comes back the same when it is written and read again, or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use twilio_rooms_api::types::{ErrorBody, Room, RoomPage};

fuzz_target!(|body: &[u8]| {
    check::<RoomPage>(body);
    check::<Room>(body);
    check::<ErrorBody>(body);
});

fn check<T: serde::de::DeserializeOwned + serde::Serialize + PartialEq + std::fmt::Debug>(body: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(body) else { return };
    let written = serde_json::to_vec(&value).expect("what was read can be written");
    let again: T = serde_json::from_slice(&written).expect("what was written can be read");
    assert_eq!(value, again);
}
