//! Properties that hold for any input. The seed is fixed, so each run has the same inputs; `tests/fuzz` searches for
//! others.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};
use twilio_rooms::RoomStatus;
use twilio_rooms_api::types::{Room, RoomPage};
use twilio_rooms_sandbox::Sandbox;

use crate::support::{Reply, Server, Test, changed, client, client_of, example, spec, start};

/// Runs an async test with inputs from this strategy.
fn check<S: Strategy>(inputs: &S, test: impl AsyncFn(S::Value) -> Result<(), TestCaseError>) -> Test {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = TestRunner::deterministic().run(inputs, |input| runtime.block_on(test(input)));
    result.map_err(|error| error.to_string().into())
}

fn failed(error: impl Into<Box<dyn std::error::Error>>) -> TestCaseError {
    TestCaseError::fail(error.into().to_string())
}

/// A strategy for values of a schema of the spec, with unknown enum values, and with optional properties missing or
/// null.
fn of_schema(schema: &Value, schemas: &Value) -> BoxedStrategy<Value> {
    let reference = schema["$ref"].as_str().or_else(|| schema["allOf"][0]["$ref"].as_str());
    if let Some(name) = reference.and_then(|reference| reference.rsplit('/').next()) {
        return of_schema(&schemas[name], schemas);
    }
    let strings = |pattern: &'static str| pattern.prop_map(Value::from).boxed();
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("string"), Some("date-time")) => (0_i64..4_102_444_800)
            .prop_filter_map("a time", |seconds| chrono::DateTime::from_timestamp(seconds, 0))
            .prop_map(|time| json!(time.format("%Y-%m-%dT%H:%M:%SZ").to_string()))
            .boxed(),
        (Some("string"), _) if schema["enum"].is_array() => {
            let known = schema["enum"].as_array().cloned().unwrap_or_default();
            prop_oneof![proptest::sample::select(known), strings("\\PC{0,12}")].boxed()
        }
        (Some("string"), _) => strings("\\PC{0,40}"),
        (Some("integer"), _) => any::<u32>().prop_map(Value::from).boxed(),
        (Some("array"), _) => vec(of_schema(&schema["items"], schemas), 0..4).prop_map(Value::from).boxed(),
        (Some("object"), _) if schema["properties"].is_object() => of_object(schema, schemas),
        // A boolean, or a schema without a type.
        _ => any::<bool>().prop_map(Value::from).boxed(),
    }
}

fn of_object(schema: &Value, schemas: &Value) -> BoxedStrategy<Value> {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let properties = schema["properties"].as_object().into_iter().flatten();
    let fields: Vec<_> = properties
        .map(|(name, property)| {
            let value = of_schema(property, schemas);
            let value = if required.contains(&json!(name)) {
                value.prop_map(Some).boxed()
            } else {
                prop_oneof![1 => Just(None), 1 => Just(Some(Value::Null)), 6 => value.prop_map(Some)].boxed()
            };
            (Just(name.clone()), value)
        })
        .collect();
    let present = |(name, value): (String, Option<Value>)| Some((name, value?));
    fields.prop_map(move |fields| fields.into_iter().filter_map(present).collect::<Map<_, _>>().into()).boxed()
}

#[test]
fn any_body_is_a_value_or_an_error() -> Test {
    let page = example("list-rooms-first-page")?.to_string().into_bytes();
    let broken = (vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6), any::<proptest::sample::Index>())
        .prop_map(move |(changes, end)| {
            let mut bytes = page.clone();
            for (index, byte) in changes {
                let length = bytes.len();
                bytes[index.index(length)] = byte;
            }
            bytes.truncate(end.index(bytes.len() * 4).max(1));
            bytes
        });
    let bodies =
        (prop_oneof![vec(any::<u8>(), 0..200), broken], prop_oneof![Just(200_u16), Just(201), Just(400), Just(500)]);
    check(&bodies, async |(body, status)| {
        let server =
            Server::start([Reply::new(status, body.clone()), Reply::new(status, body)]).await.map_err(failed)?;
        let client = client(&server).map_err(failed)?;
        for error in
            [client.rooms().list().send().await.err(), client.room("x").fetch().await.err()].into_iter().flatten()
        {
            prop_assert!(error.is_decode() != (status >= 400), "{error:?}");
            prop_assert!(!error.to_string().is_empty() && error.status() == Some(status));
        }
        Ok(())
    })
}

#[test]
fn any_valid_room_and_page_survives_a_round_trip() -> Test {
    let schemas = spec()?;
    check(&of_schema(&schemas["Room"], &schemas), async |body| {
        let room: Room = serde_json::from_value(body.clone()).map_err(failed)?;
        let written = serde_json::to_value(&room).map_err(failed)?;
        prop_assert_eq!(changed(&body, &written, ""), None);
        prop_assert_eq!(serde_json::from_value::<Room>(written).map_err(failed)?, room);
        Ok(())
    })?;
    check(&of_schema(&schemas["RoomPage"], &schemas), async |body| {
        let page: RoomPage = serde_json::from_value(body.clone()).map_err(failed)?;
        let written = serde_json::to_value(&page).map_err(failed)?;
        prop_assert_eq!(changed(&body, &written, ""), None);
        Ok(())
    })
}

#[test]
fn any_name_arrives_unchanged_in_a_form_a_path_and_a_query() -> Test {
    // Arbitrary characters, and those with a special meaning in URLs and forms.
    let character =
        prop_oneof![any::<char>(), proptest::sample::select("/\\?#%&=+;:@. \t\n\r\0\"'<>".chars().collect::<Vec<_>>())];
    let names = vec(character, 1..20).prop_map(|chars| chars.into_iter().collect::<String>());
    check(&names, async |name| {
        prop_assume!(![".", ".."].contains(&name.as_str()));
        let sandbox = start(Sandbox::builder().rooms(0)).await.map_err(failed)?;
        let client = client_of(&sandbox).build().map_err(failed)?;
        let created = client.rooms().create().unique_name(&name).await.map_err(failed)?;
        prop_assert_eq!(created.unique_name.as_ref(), Some(&name));
        // The service does not find a room by a name with a slash.
        let reference = if name.contains('/') { created.sid.as_str() } else { name.as_str() };
        prop_assert_eq!(&client.room(reference).fetch().await.map_err(failed)?.sid, &created.sid);
        let listed = client.rooms().list().unique_name(&name).collect().await.map_err(failed)?;
        prop_assert_eq!(listed.iter().map(|room| &room.sid).collect::<Vec<_>>(), [&created.sid]);
        let completed = client.room(reference).complete().await.map_err(failed)?;
        prop_assert_eq!(completed.status, Some(RoomStatus::Completed));
        Ok(())
    })
}
