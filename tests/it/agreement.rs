//! The agreement of three: what the spec says of each component, what the type says that is generated of it, and what the
//! type says that users have of it.

use std::any::TypeId;
use std::collections::BTreeMap;

use openapi_steward::agreement::Agreement;
use schemars::{JsonSchema, schema_for};
use serde_json::{Value, json};
use twilio_rooms_api::types::{self, Room, RoomPage};

use crate::support::{Test, example, root, spec};

/// The schema of a Rust type, and of all types that it refers to, by their names.
fn of_rust<T: JsonSchema>() -> BTreeMap<String, Value> {
    let root = schema_for!(T).to_value();
    let definitions = root["$defs"].as_object().cloned().unwrap_or_default();
    let name = T::schema_name().into_owned();
    definitions.into_iter().chain([(name, root)]).collect()
}

/// The schemas of all types that are generated of components.
fn generated() -> BTreeMap<String, Value> {
    let roots = [
        of_rust::<types::CreateRoomRequest>(),
        of_rust::<types::CreateTranscriptionRequest>(),
        of_rust::<types::ErrorBody>(),
        of_rust::<types::ParticipantPage>(),
        of_rust::<types::PublishedTrackPage>(),
        of_rust::<types::RecordingMedia>(),
        of_rust::<types::RecordingPage>(),
        of_rust::<types::RecordingRules>(),
        of_rust::<types::RoomPage>(),
        of_rust::<types::SubscribeRules>(),
        of_rust::<types::SubscribedTrackPage>(),
        of_rust::<types::TranscriptionPage>(),
        of_rust::<types::UpdateParticipantRequest>(),
        of_rust::<types::UpdateRecordingRulesRequest>(),
        of_rust::<types::UpdateRoomRequest>(),
        of_rust::<types::UpdateSubscribeRulesRequest>(),
        of_rust::<types::UpdateTranscriptionRequest>(),
        // No operation that is generated has it.
        of_rust::<twilio_rooms::CallbackEvent>(),
    ];
    roots.into_iter().flatten().collect()
}

/// The spec, with the deliberate differences that are listed beside it.
fn agreement() -> Result<Agreement, openapi_steward::cli::CouldNotRun> {
    Agreement::open(&root().join("spec/rooms.yaml"))
}

#[test]
fn the_spec_and_the_generated_types_agree_except_where_listed() -> Test {
    let findings = agreement()?.compare(&generated());
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    Ok(())
}

/// Checks that `twilio-rooms` shows these very types, so that what they say needs no comparison of its own.
macro_rules! shown {
    ($($name:ident $(as $other:ident)?),* $(,)?) => {
        [$((stringify!($name), shown!(@same $name $($other)?))),*]
    };
    (@same $name:ident) => { shown!(@same $name $name) };
    (@same $name:ident $other:ident) => { TypeId::of::<twilio_rooms::$other>() == TypeId::of::<types::$name>() };
}

#[test]
fn users_see_the_generated_types_or_their_listed_replacements() -> Test {
    let shown = shown![
        CallbackMethod,
        ContainerFormat,
        PageMeta,
        Participant,
        ParticipantLinks,
        ParticipantStatus,
        PublishedTrack,
        Recording,
        RecordingCodec,
        RecordingGroupingSids,
        RecordingLinks,
        RecordingRule,
        RecordingRules,
        RecordingStatus,
        RecordingType,
        Room,
        RoomLinks,
        RoomStatus,
        RoomType,
        RuleType,
        SubscribeRule,
        SubscribeRules,
        SubscribedTrack,
        TrackKind,
        Transcription,
        TranscriptionStatus,
        VideoCodec,
    ];
    for (name, is_the_same) in shown {
        assert!(is_the_same, "`twilio_rooms::{name}` is another type than the generated one: compare what they say");
    }
    let names: Vec<&str> = shown.iter().map(|(name, _)| *name).chain(["CallbackEvent"]).collect();
    let findings = agreement()?.compare_public_types(&names);
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    Ok(())
}

#[test]
fn every_enum_knows_the_values_of_the_spec_in_its_order() -> Test {
    let spec = spec()?;
    let enums = [
        ("CallbackEvent", twilio_rooms::CallbackEvent::KNOWN),
        ("CallbackMethod", types::CallbackMethod::KNOWN),
        ("ContainerFormat", types::ContainerFormat::KNOWN),
        ("ParticipantStatus", types::ParticipantStatus::KNOWN),
        ("RecordingCodec", types::RecordingCodec::KNOWN),
        ("RecordingStatus", types::RecordingStatus::KNOWN),
        ("RecordingType", types::RecordingType::KNOWN),
        ("RoomStatus", types::RoomStatus::KNOWN),
        ("RoomType", types::RoomType::KNOWN),
        ("RuleType", types::RuleType::KNOWN),
        ("TrackKind", types::TrackKind::KNOWN),
        ("TranscriptionStatus", types::TranscriptionStatus::KNOWN),
        ("VideoCodec", types::VideoCodec::KNOWN),
    ];
    for (name, known) in enums {
        assert_eq!(spec[name]["enum"], json!(known), "{name}");
    }
    let has_values = |(_, schema): &(&String, &Value)| schema.get("enum").is_some();
    assert_eq!(
        spec.as_object().into_iter().flatten().filter(has_values).count(),
        enums.len(),
        "an enum is not looked at"
    );
    Ok(())
}

#[test]
fn what_the_spec_gives_as_examples_is_valid_for_the_rust_types() -> Test {
    let validator = jsonschema::validator_for(&schema_for!(RoomPage).to_value())?;
    for name in ["list-rooms-documentation", "list-rooms-first-page", "list-rooms-completed", "list-rooms-empty"] {
        let findings: Vec<String> = validator.iter_errors(&example(name)?).map(|error| error.to_string()).collect();
        assert_eq!(findings, Vec::<String>::new(), "{name}");
    }
    assert!(!validator.is_valid(&json!({ "meta": {}, "rooms": [{ "sid": null }] })));
    Ok(())
}

#[test]
fn a_schema_carries_the_words_of_the_spec() {
    let schema = schema_for!(Room).to_value();
    insta::assert_json_snapshot!("the_schema_of_a_duration", schema["properties"]["duration"]);
}
