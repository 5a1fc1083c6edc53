//! Prints access tokens and what they were made from, one JSON object a line, so that the vendor's libraries can make the same ones.

#![expect(clippy::print_stdout, reason = "its output is read by the programs beside it")]

use std::error::Error;
use std::time::{Duration, SystemTime};

use serde_json::json;
use twilio_rooms::{AccessToken, Credentials};

const ACCOUNT_SID: &str = "AC0123456789abcdef0123456789abcdef";
const API_KEY: &str = "SK0123456789abcdef0123456789abcdef";
const SECRET: &str = "the-api-key-secret-of-the-tests-";
const ISSUED: u64 = 1_793_523_600;

/// An identity, and the room, lifetime, start and region of a token.
type Case = (&'static str, Option<&'static str>, Option<u64>, Option<u64>, Option<&'static str>);

const CASES: [Case; 8] = [
    ("alice", None, None, None, None),
    ("alice", Some("DailyStandup"), None, None, None),
    ("alice", None, Some(86_400), None, None),
    ("alice", None, None, Some(ISSUED + 60), None),
    ("alice", None, None, None, Some("ie1")),
    ("Zo\u{eb} \"Quist\" </script> \u{1f600}\u{7f}\u{2028}\\/", Some("a/b \u{fc}"), Some(1), Some(ISSUED), Some("au1")),
    ("42", Some("RM0123456789abcdef0123456789abcdef"), Some(3600), None, Some("us1")),
    ("tab\tline\nbell\u{7}", None, None, None, None),
];

fn main() -> Result<(), Box<dyn Error>> {
    let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    for (identity, room, ttl, not_before, region) in CASES {
        let mut token =
            AccessToken::builder(ACCOUNT_SID, Credentials::api_key(API_KEY, SECRET), identity).issued_at(at(ISSUED));
        if let Some(room) = room {
            token = token.room(room);
        }
        if let Some(ttl) = ttl {
            token = token.ttl(Duration::from_secs(ttl));
        }
        if let Some(not_before) = not_before {
            token = token.not_before(at(not_before));
        }
        if let Some(region) = region {
            token = token.region(region);
        }
        let case = json!({
            "account_sid": ACCOUNT_SID, "api_key": API_KEY, "secret": SECRET, "issued": ISSUED,
            "identity": identity, "room": room, "ttl": ttl, "nbf": not_before, "region": region,
            "token": token.sign()?.as_str(),
        });
        println!("{case}");
    }
    Ok(())
}
