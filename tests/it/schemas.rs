//! The JSON Schema of the Rust types against the schemas of the spec.

use std::collections::{BTreeMap, BTreeSet};

use schemars::{JsonSchema, schema_for};
use serde_json::{Value, json};
use twilio_rooms_api::types::{
    CallbackMethod, ContainerFormat, ErrorBody, ParticipantPage, ParticipantStatus, PublishedTrackPage, RecordingCodec,
    RecordingPage, RecordingRules, RecordingStatus, RecordingType, Room, RoomPage, RoomStatus, RoomType, RuleType,
    SubscribeRules, SubscribedTrackPage, TrackKind, TranscriptionPage, TranscriptionStatus,
    TranscriptionsConfiguration, VideoCodec,
};

use crate::support::{Test, example, spec};

/// What a property is, in words that both dialects can be said in: its type, and whether it is required or may be null.
#[derive(Debug, PartialEq, Eq)]
struct Property {
    kind: String,
    required: bool,
    nullable: bool,
}

fn properties(schema: &Value) -> BTreeMap<String, Property> {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, schema)| {
            let required = required.contains(&name.as_str());
            (name.clone(), Property { kind: kind(schema), required, nullable: nullable(schema) })
        })
        .collect()
}

fn nullable(schema: &Value) -> bool {
    let has_null = |list: &Value| list.as_array().is_some_and(|list| list.contains(&json!("null")));
    let alternative = schema["anyOf"].as_array().is_some_and(|any| any.contains(&json!({ "type": "null" })));
    schema["nullable"] == json!(true) || has_null(&schema["type"]) || alternative || kind(schema) == "anything"
}

/// The type, its format where it has a meaning in Rust, and what it refers to or holds.
fn kind(schema: &Value) -> String {
    let reference = schema["$ref"].as_str().or_else(|| schema["allOf"][0]["$ref"].as_str());
    let reference = reference.or_else(|| schema["anyOf"][0]["$ref"].as_str());
    if let Some(reference) = reference {
        return reference.rsplit('/').next().unwrap_or_default().to_owned();
    }
    let name = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        other => other.as_str(),
    };
    match (name, schema["format"].as_str()) {
        (None, _) => "anything".to_owned(),
        (Some("array"), _) => format!("array of {}", kind(&schema["items"])),
        // A URL is a string in Rust, so that it is written back as it came.
        (Some(name), None | Some("uri" | "uri-reference")) => name.to_owned(),
        (Some(name), Some(format)) => format!("{name} ({format})"),
    }
}

/// The schema of a Rust type, and of all types that it refers to.
fn of_rust<T: JsonSchema>() -> BTreeMap<String, Value> {
    let root = schema_for!(T).to_value();
    let definitions = root["$defs"].as_object().cloned().unwrap_or_default();
    let name = T::schema_name().into_owned();
    definitions.into_iter().chain([(name, root)]).collect()
}

#[test]
fn every_type_has_the_properties_that_the_spec_says() -> Test {
    let spec = spec()?;
    let types: BTreeMap<String, Value> = [
        of_rust::<ErrorBody>(),
        of_rust::<ParticipantPage>(),
        of_rust::<PublishedTrackPage>(),
        of_rust::<RecordingPage>(),
        of_rust::<RecordingRules>(),
        of_rust::<RoomPage>(),
        of_rust::<SubscribeRules>(),
        of_rust::<SubscribedTrackPage>(),
        of_rust::<TranscriptionPage>(),
        of_rust::<TranscriptionsConfiguration>(),
    ]
    .into_iter()
    .flatten()
    .collect();
    // Forms are no JSON, and what is a string or number by another name is one in Rust.
    let is_other = |name: &str| name.ends_with("Request") || name == "DateFilter";
    let expected: Vec<&String> = spec.as_object().into_iter().flatten().map(|(name, _)| name).collect();
    let expected: Vec<&String> = expected.into_iter().filter(|name| !is_other(name)).collect();
    assert_eq!(types.keys().collect::<BTreeSet<_>>(), expected.into_iter().collect());
    for (name, rust) in &types {
        let (said, done) = (properties(&spec[name]), properties(rust));
        assert_eq!(said.keys().collect::<Vec<_>>(), done.keys().collect::<Vec<_>>(), "{name}");
        for (property, said) in said {
            let done = &done[&property];
            assert_eq!((&said.kind, said.required), (&done.kind, done.required), "{name}.{property}");
            // What is not required is an `Option`, which takes null also where the spec has none.
            assert_eq!(done.nullable, !done.required, "{name}.{property}");
            assert!(done.nullable || !said.nullable, "{name}.{property}");
        }
    }
    Ok(())
}

#[test]
fn every_enum_knows_the_values_of_the_spec_and_takes_others() -> Test {
    let spec = spec()?;
    let enums = [
        ("CallbackMethod", CallbackMethod::KNOWN, of_rust::<CallbackMethod>()),
        ("ContainerFormat", ContainerFormat::KNOWN, of_rust::<ContainerFormat>()),
        ("ParticipantStatus", ParticipantStatus::KNOWN, of_rust::<ParticipantStatus>()),
        ("RecordingCodec", RecordingCodec::KNOWN, of_rust::<RecordingCodec>()),
        ("RecordingStatus", RecordingStatus::KNOWN, of_rust::<RecordingStatus>()),
        ("RecordingType", RecordingType::KNOWN, of_rust::<RecordingType>()),
        ("RoomStatus", RoomStatus::KNOWN, of_rust::<RoomStatus>()),
        ("RoomType", RoomType::KNOWN, of_rust::<RoomType>()),
        ("RuleType", RuleType::KNOWN, of_rust::<RuleType>()),
        ("TrackKind", TrackKind::KNOWN, of_rust::<TrackKind>()),
        ("TranscriptionStatus", TranscriptionStatus::KNOWN, of_rust::<TranscriptionStatus>()),
        ("VideoCodec", VideoCodec::KNOWN, of_rust::<VideoCodec>()),
    ];
    for (name, known, rust) in enums {
        assert_eq!(spec[name]["enum"], json!(known), "{name}");
        let alternatives = json!([{ "type": "string", "enum": known }, { "type": "string" }]);
        assert_eq!(rust[name]["anyOf"], alternatives, "{name}");
    }
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
