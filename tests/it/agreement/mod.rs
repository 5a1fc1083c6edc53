//! The agreement of three: what the spec says of each component, what the type says that is generated of it, and what the
//! type says that users have of it.

mod compare;
mod intended;
mod meaning;

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};

use schemars::{JsonSchema, schema_for};
use serde_json::{Value, json};
use twilio_rooms_api::types::{self, Room, RoomPage};

use self::compare::{Difference, differences, disagreements};
use self::intended::{INTENDED, SHOWN_OTHERWISE, WITHOUT_TYPE};
use self::meaning::{Facts, facts};
use crate::support::{Test, example, spec};

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
    ];
    roots.into_iter().flatten().collect()
}

/// The components of the spec by name, without those that have no type.
fn components() -> Result<BTreeMap<String, Value>, Box<dyn std::error::Error>> {
    let spec = spec()?;
    let without = |name: &str| WITHOUT_TYPE.iter().any(|(other, _)| *other == name);
    let components = spec.as_object().into_iter().flatten().filter(|(name, _)| !without(name));
    Ok(components.map(|(name, schema)| (name.clone(), schema.clone())).collect())
}

fn all_facts(schemas: &BTreeMap<String, Value>) -> Facts {
    schemas.iter().flat_map(|(name, schema)| facts(name, schema)).collect()
}

#[test]
fn the_spec_and_the_generated_types_say_the_same_but_for_what_is_meant() -> Test {
    let (spec, rust) = (components()?, generated());
    assert_eq!(spec.keys().collect::<Vec<_>>(), rust.keys().collect::<Vec<_>>(), "the components and the types");
    let differences = differences(&all_facts(&spec), &all_facts(&rust));
    let disagreements = disagreements(&differences, INTENDED);
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
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
fn users_have_the_generated_types_or_what_is_meant_in_their_place() -> Test {
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
    let spec = spec()?;
    let all: BTreeSet<&str> = spec.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    let named = shown.iter().map(|(name, _)| *name).chain(SHOWN_OTHERWISE.iter().map(|(name, _)| *name));
    let mut known = BTreeSet::new();
    for name in named {
        assert!(known.insert(name), "{name} is shown, and listed as what is not");
    }
    assert_eq!(all, known, "each component is shown to users, or listed with what they have in its place");
    Ok(())
}

#[test]
fn every_enum_knows_the_values_of_the_spec_in_its_order() -> Test {
    let spec = spec()?;
    let enums = [
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

/// A component of the spec, with each kind of fact that can differ.
fn component() -> Value {
    json!({
        "type": "object",
        "required": ["sid"],
        "properties": {
            "sid": { "type": "string", "format": "room-sid" },
            "size": { "type": "integer", "format": "uint32", "minimum": 1, "maximum": 50, "nullable": true },
            "name": { "type": "string", "maxLength": 128, "pattern": "^a", "default": "a" },
            "status": { "allOf": [{ "$ref": "#/components/schemas/RoomStatus" }], "type": "string", "nullable": true },
            "codecs": { "type": "array", "items": { "type": "string", "enum": ["VP8", "H264"] } },
        },
    })
}

/// The same in JSON Schema.
fn same() -> Value {
    json!({
        "type": "object",
        "required": ["sid"],
        "properties": {
            "codecs": { "type": "array", "items": { "anyOf": [{ "type": "string", "enum": ["H264", "VP8"] }, { "type": "string" }] } },
            "name": { "type": "string", "maxLength": 128, "pattern": "^a", "default": "a" },
            "sid": { "type": "string", "format": "room-sid" },
            "size": { "type": ["integer", "null"], "format": "uint32", "minimum": 1, "maximum": 50 },
            "status": { "anyOf": [{ "$ref": "#/$defs/RoomStatus" }, { "type": "null" }] },
        },
    })
}

#[test]
fn two_dialects_can_say_the_same() {
    assert_eq!(facts("Room", &component()), facts("Room", &same()));
}

#[test]
fn every_kind_of_difference_is_found() {
    let edits: [(&str, Value); 13] = [
        ("/required", json!([])),
        ("/properties/sid/format", json!("account-sid")),
        ("/properties/sid/type", json!("integer")),
        ("/properties/size/type", json!("integer")),
        ("/properties/size/minimum", json!(0)),
        ("/properties/size/maximum", json!(51)),
        ("/properties/name/maxLength", json!(64)),
        ("/properties/name/pattern", json!("^b")),
        ("/properties/name/default", json!("b")),
        ("/properties/status/anyOf/0/$ref", json!("#/$defs/RoomType")),
        ("/properties/codecs/items/anyOf/0/enum", json!(["VP8"])),
        ("/properties/codecs/items", json!({})),
        ("/properties/codecs/type", json!("object")),
    ];
    let mut said = Vec::new();
    for (pointer, value) in edits {
        let mut other = same();
        if let Some(place) = other.pointer_mut(pointer) {
            *place = value;
        }
        let found = differences(&facts("Room", &component()), &facts("Room", &other));
        assert!(!found.is_empty(), "{pointer}");
        said.extend(found.iter().map(ToString::to_string));
    }
    let mut without = same();
    if let Some(properties) = without["properties"].as_object_mut() {
        properties.remove("name");
    }
    said.extend(differences(&facts("Room", &component()), &facts("Room", &without)).iter().map(ToString::to_string));
    insta::assert_snapshot!("differences", said.join("\n"));
}

#[test]
fn what_nobody_means_and_what_is_listed_in_vain_are_disagreements() {
    let difference = |fact, spec: &str, rust: &str| Difference {
        place: "Room.sid".to_owned(),
        fact,
        spec: Some(spec.to_owned()),
        rust: Some(rust.to_owned()),
    };
    let found = disagreements(&[difference("type", "string", "integer")], &INTENDED[..1]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].starts_with("Room.sid, type: the spec says string, Rust says integer; change one of them"),
        "{found:?}"
    );
    assert!(found[1].starts_with("*.*, nullable (- in the spec, yes in Rust) is listed"), "{found:?}");
    // What may be null says so on purpose; that it may not is never meant.
    let reverse =
        Difference { place: "Room.sid".to_owned(), fact: "nullable", spec: Some("yes".to_owned()), rust: None };
    assert_eq!(disagreements(&[reverse], INTENDED).len(), INTENDED.len() + 1);
}
