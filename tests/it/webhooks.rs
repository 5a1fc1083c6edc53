//! Status callbacks: parsing, and verification of the signature.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use twilio_rooms::{Callback, CallbackEvent, CallbackValidator, RecordingCodec};

use crate::support::{AUTH_TOKEN, Test};

/// Lists the fields of a callback that are set, one per line.
macro_rules! fields {
    ($callback:expr, $($field:ident)*) => {{
        let mut shown = format!("{:?}\n", $callback.event);
        $(if let Some(value) = &$callback.$field {
            let _ = writeln!(shown, "  {}: {value:?}", stringify!($field));
        })*
        shown
    }};
}

fn shown(form: &str) -> Result<String, twilio_rooms::CallbackError> {
    let callback = Callback::parse_unverified(form)?;
    Ok(fields!(callback, timestamp sequence_number account_sid room_sid room_name room_status room_type room_duration
        participant_sid participant_identity participant_status participant_duration track_sid track_kind track_name
        recording_sid source_sid type_ codec container offset_from_twilio_video_epoch duration size recording_uri
        media_uri media_external_location failed_operation))
}

/// The parameters of every callback.
const ROOM: &str = "AccountSid=AC0123456789abcdef0123456789abcdef&RoomSid=RM0123456789abcdef0123456789abcdef\
    &RoomName=DailyStandup&RoomType=group";
const PARTICIPANT: &str = "ParticipantSid=PA0123456789abcdef0123456789abcdef&ParticipantIdentity=Zo%C3%AB+Quist%20%2B1";
const RECORDING: &str = "RecordingSid=RT0123456789abcdef0123456789abcdef&SourceSid=MT0123456789abcdef0123456789abcdef\
    &RecordingUri=%2Fv1%2FRecordings%2FRT0123456789abcdef0123456789abcdef&TrackName=camera&Type=video&Codec=vp8\
    &Container=mkv&OffsetFromTwilioVideoEpoch=155137307765";

/// Lists callbacks with these events, each with its additional parameters.
fn all_shown(common: &str, events: &[(&str, &str)]) -> Result<String, twilio_rooms::CallbackError> {
    events
        .iter()
        .map(|(event, rest)| shown(&format!("{ROOM}&StatusCallbackEvent={event}&{common}&{rest}")))
        .collect::<Result<Vec<_>, _>>()
        .map(|shown| shown.join("\n"))
}

#[test]
fn callbacks_of_a_room_have_its_status() -> Test {
    let events = [
        ("room-created", "RoomStatus=in-progress&Timestamp=2026-11-01T09%3A00%3A00.123Z&SequenceNumber=0"),
        ("room-ended", "RoomStatus=completed&RoomDuration=930&Timestamp=2026-11-01T09%3A15%3A30.5Z&SequenceNumber=9"),
    ];
    insta::assert_snapshot!("callbacks_of_a_room", all_shown("", &events)?);
    Ok(())
}

#[test]
fn callbacks_of_participants_have_their_identity() -> Test {
    let events = [
        ("participant-connected", "ParticipantStatus=connected&Timestamp=2026-11-01T09%3A00%3A01.876Z"),
        ("participant-disconnected", "ParticipantStatus=disconnected&ParticipantDuration=61"),
    ];
    let common = format!("RoomStatus=in-progress&SequenceNumber=1&{PARTICIPANT}");
    insta::assert_snapshot!("callbacks_of_participants", all_shown(&common, &events)?);
    Ok(())
}

#[test]
fn callbacks_of_tracks_have_their_name() -> Test {
    let events = [
        ("track-added", "TrackKind=audio&Timestamp=2026-11-01T09%3A00%3A02Z&SequenceNumber=2&TrackName=mic"),
        ("track-disabled", "TrackKind=audio"),
        ("track-enabled", "TrackKind=video"),
        ("track-removed", "TrackKind=data"),
    ];
    let common = format!("{PARTICIPANT}&ParticipantStatus=connected&TrackSid=MT0123456789abcdef0123456789abcdef");
    insta::assert_snapshot!("callbacks_of_tracks", all_shown(&common, &events)?);
    Ok(())
}

#[test]
fn callbacks_of_recordings_have_the_location_of_the_media() -> Test {
    let ready = "Timestamp=2026-11-01T09%3A42%3A05.839174Z&Duration=3&Size=105956\
        &MediaUri=%2Fv1%2FRecordings%2FRT0123456789abcdef0123456789abcdef%2FMedia\
        &MediaExternalLocation=https%3A%2F%2Fbucket.example%2Fcamera.mkv";
    let events = [
        ("recording-started", ""),
        ("recording-completed", ready),
        ("recording-failed", "FailedOperation=RecordingUpload"),
    ];
    insta::assert_snapshot!("callbacks_of_recordings", all_shown(&format!("{PARTICIPANT}&{RECORDING}"), &events)?);
    Ok(())
}

#[test]
fn unknown_events_values_and_parameters_are_kept() -> Test {
    let form = "StatusCallbackEvent=composition-progress&CompositionSid=CJ1&PercentageDone=20&PercentageDone=30&RoomStatus=odd";
    let callback = Callback::parse_unverified(form)?;
    assert_eq!(callback.event, CallbackEvent::Unknown("composition-progress".to_owned()));
    assert_eq!(callback.room_status, Some("odd".into()));
    assert_eq!(callback.parameter("PercentageDone"), Some("20"));
    assert_eq!(callback.parameter("percentagedone"), None);
    let all: Vec<String> = callback.parameters().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(all.join("&"), form);
    Ok(())
}

#[test]
fn a_malformed_value_affects_only_its_own_field() -> Test {
    let form = "StatusCallbackEvent=room-ended&RoomDuration=-1&Size=1.5&SequenceNumber=&Timestamp=yesterday&RoomName=%FF&\
        Codec=OPUS&RoomSid=RM1&=&&AccountSid";
    let callback = Callback::parse_unverified(form)?;
    assert_eq!((callback.room_duration, callback.size, callback.sequence_number), (None, None, None));
    assert_eq!((callback.timestamp, callback.account_sid.as_ref()), (None, None));
    assert_eq!(callback.codec, Some(RecordingCodec::Opus));
    assert_eq!((callback.room_name.as_deref(), callback.room_sid.as_ref()), (Some("\u{FFFD}"), Some(&"RM1".into())));
    assert_eq!((callback.parameter("RoomDuration"), callback.parameter("AccountSid")), (Some("-1"), Some("")));
    Ok(())
}

#[test]
fn a_request_without_an_event_is_rejected() {
    for form in
        ["", "StatusCallbackEvent=", "statuscallbackevent=room-ended", "{\"StatusCallbackEvent\":\"room-ended\"}"]
    {
        let error = Callback::parse_unverified(form).err();
        assert!(error.as_ref().is_some_and(twilio_rooms::CallbackError::is_decode), "{form}");
        assert_eq!(error.map(|error| error.to_string()).as_deref(), Some("the request has no `StatusCallbackEvent`"));
    }
}

/// A callback, and its signature by the vendor's library for Python (9.13.0) with the auth token of the tests.
const URL: &str = "https://hooks.example.com/room-events?tenant=7";
const BODY: &str = "RoomStatus=in-progress&RoomType=group&RoomSid=RM0123456789abcdef0123456789abcdef&RoomName=DailyStandup\
    &ParticipantStatus=connected&ParticipantIdentity=Zo%C3%AB+Quist%20%2B1&SequenceNumber=1\
    &StatusCallbackEvent=participant-connected&Timestamp=2026-11-01T09%3A00%3A01.876Z\
    &ParticipantSid=PA0123456789abcdef0123456789abcdef&AccountSid=AC0123456789abcdef0123456789abcdef";
const SIGNATURE: &str = "VeAGctytEp0tSrSR5M27g/JOVj8=";
/// The same parameters in the query of a `GET`.
const SIGNATURE_OF_GET: &str = "jH9YLWbT88ivSJF1pCN65hiAxC0=";

#[test]
fn a_signed_callback_is_accepted_with_either_method() -> Test {
    let validator = CallbackValidator::new(AUTH_TOKEN);
    let posted = validator.verify(URL, BODY, Some(SIGNATURE))?;
    assert_eq!(posted, Callback::parse_unverified(BODY)?);
    assert_eq!(posted.participant_identity.as_deref(), Some("Zoë Quist +1"));
    let header = reqwest::header::HeaderValue::from_static(SIGNATURE_OF_GET);
    let gotten = validator.verify(&format!("{URL}&{BODY}"), [], Some(&header))?;
    assert_eq!(gotten.parameter("tenant"), Some("7"));
    assert_eq!(gotten.participant_identity, posted.participant_identity);
    Ok(())
}

#[test]
fn a_modified_callback_is_rejected() {
    let validator = CallbackValidator::new(AUTH_TOKEN);
    let other_body = BODY.replace("DailyStandup", "WeeklyStandup");
    let more = format!("{BODY}&RoomDuration=1");
    let cases = [
        ("another body", URL, other_body.as_str(), SIGNATURE),
        ("a parameter more", URL, &more, SIGNATURE),
        ("no body", URL, "", SIGNATURE),
        ("another query", "https://hooks.example.com/room-events?tenant=8", BODY, SIGNATURE),
        ("another host", "https://hooks.example.org/room-events?tenant=7", BODY, SIGNATURE),
        ("another scheme", "http://hooks.example.com/room-events?tenant=7", BODY, SIGNATURE),
        ("the signature of another", URL, BODY, SIGNATURE_OF_GET),
        ("an empty signature", URL, BODY, ""),
        ("a part of it", URL, BODY, "VeAG"),
        ("what is not base64", URL, BODY, "VeAGctytEp0tSrSR5M27g/JOVj8"),
    ];
    for (what, url, body, signature) in cases {
        let error = validator.verify(url, body, Some(signature)).err();
        assert!(error.is_some_and(|error| error.is_signature()), "{what} is taken");
    }
    let unsigned = validator.verify(URL, BODY, None::<&str>).err();
    assert!(unsigned.is_some_and(|error| error.is_signature()));
    let other = CallbackValidator::new("another token").verify(URL, BODY, Some(SIGNATURE)).err();
    assert!(other.is_some_and(|error| error.is_signature()));
}

#[test]
fn a_malformed_auth_token_is_rejected() {
    for (token, message) in
        [("", "the auth token is empty"), ("hunter2\n", "the auth token starts or ends with white space")]
    {
        let error = CallbackValidator::new(token).verify(URL, BODY, Some(SIGNATURE)).err();
        assert!(error.as_ref().is_some_and(twilio_rooms::CallbackError::is_config));
        assert_eq!(error.map(|error| error.to_string()).as_deref(), Some(message));
    }
}

/// The test vectors that the vendor's libraries for Node.js and Python share.
#[test]
fn signatures_match_the_vendors_test_vectors() {
    let validator = CallbackValidator::new("12345");
    let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    let body = "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309";
    let twice = "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234";
    let cases = [
        (url.to_owned(), body, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (url.replace(".com", ".com:1234"), body, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (url.to_owned(), body, "kvajT1Ptam85bY51eRf/AJRuM3w="), // Of the URL with port 443.
        (url.replace("https", "http"), body, "0ZXoZLH/DfblKGATFgpif+LLRf4="), // Of the URL with port 80.
        ("http://mycompany.com:1234/myapp.php?foo=1&bar=2".to_owned(), body, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
        (url.to_owned(), twice, "IK+Dwps556ElfBT0I3Rgjkr1wJU="),
    ];
    for (url, body, signature) in cases {
        // They are requests about a phone call, which do not name an event of a room.
        let error = validator.verify(&url, body, Some(signature)).err();
        assert!(error.is_some_and(|error| error.is_decode()), "{url} {signature}");
    }
}

const FRAGMENTS: &[&str] =
    &["StatusCallbackEvent=", "room-ended", "Timestamp=", "Size=", "%", "%C3", "&", "=", "+", "2026-", "9"];

#[test]
fn no_request_causes_a_panic() -> Test {
    let part = proptest::sample::select(FRAGMENTS).prop_map(|text| text.as_bytes().to_vec());
    let form = vec(prop_oneof![part, vec(any::<u8>(), 0..6)], 0..20).prop_map(|parts| parts.concat());
    let inputs = (form, "(https?://)?\\PC{0,30}", vec(any::<u8>(), 0..40));
    let validator = CallbackValidator::new(AUTH_TOKEN);
    TestRunner::deterministic().run(&inputs, |(body, url, signature)| {
        let error = validator.verify(&url, &body, Some(&signature)).err();
        prop_assert!(error.is_some_and(|error| error.is_signature()));
        let parsed = Callback::parse_unverified(&body);
        let mut pairs = form_urlencoded::parse(&body);
        let event = pairs.find(|(name, value)| name == "StatusCallbackEvent" && !value.is_empty());
        prop_assert_eq!(
            parsed.ok().map(|callback| callback.event.as_str().to_owned()),
            event.map(|(_, event)| event.into_owned())
        );
        Ok(())
    })?;
    Ok(())
}
