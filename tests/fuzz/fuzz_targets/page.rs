//! Decodes arbitrary bytes: each result is an error, or a value that survives encoding and decoding again.
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
    let encoded = serde_json::to_vec(&value).expect("a decoded value can be encoded");
    let decoded: T = serde_json::from_slice(&encoded).expect("an encoded value can be decoded");
    assert_eq!(value, decoded);
}
