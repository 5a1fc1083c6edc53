//! The callbacks of a room: what the spec says of each event, beside the type that receives them and the requests of the sandbox.

use std::collections::{BTreeMap, BTreeSet};

use schemars::schema_for;
use serde_json::{Map, Value, json};
use twilio_rooms::{Callback, CallbackEvent};

use crate::support::{Test, schema, spec, spec_document};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The component of each event, by the name of the event, as the spec of `create_room` chooses it.
fn components() -> Result<BTreeMap<String, String>> {
    let document = spec_document()?;
    let body = &document["paths"]["/v1/Rooms"]["post"]["callbacks"]["roomEvent"]["{$request.body#/StatusCallback}"]["post"]
        ["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"];
    let mapping = body["discriminator"]["mapping"].as_object().ok_or("no mapping")?;
    let name = |target: &Value| target.as_str().and_then(|target| target.rsplit('/').next()).map(str::to_owned);
    let components: BTreeMap<String, String> =
        mapping.iter().filter_map(|(event, target)| Some((event.clone(), name(target)?))).collect();
    let alternatives = body["oneOf"].as_array().ok_or("no alternatives")?;
    let alternatives: BTreeSet<_> = alternatives.iter().filter_map(|one| name(&one["$ref"])).collect();
    assert_eq!(components.values().cloned().collect::<BTreeSet<_>>(), alternatives);
    Ok(components)
}

/// The parameters of a component of the spec with those of the components that it is made of. Of two with the same name, the
/// last one counts.
fn parameters(spec: &Value, component: &Value) -> Map<String, Value> {
    let mut all = component["properties"].as_object().cloned().unwrap_or_default();
    for part in component["allOf"].as_array().into_iter().flatten().rev() {
        let base = part["$ref"].as_str().and_then(|target| target.rsplit('/').next());
        let of_part = parameters(spec, base.map_or(part, |name| &spec[name]));
        of_part.into_iter().for_each(|(name, schema)| {
            all.entry(name).or_insert(schema);
        });
    }
    all
}

/// The type, format and component of a parameter, whether OpenAPI or JSON Schema says it.
fn kind(schema: &Value) -> (Option<&str>, Option<&str>, Option<&str>) {
    let alternatives = schema["anyOf"].as_array().or_else(|| schema["allOf"].as_array());
    let inner = alternatives.and_then(|any| any.iter().find(|one| one["type"] != "null")).unwrap_or(schema);
    let types = inner["type"].as_array().and_then(|types| types.iter().find(|name| *name != "null"));
    let reference = inner["$ref"].as_str().and_then(|target| target.rsplit('/').next());
    // A URL is a `String` in Rust, so that it is kept as it came.
    let format = inner["format"].as_str().filter(|format| *format != "uri-reference");
    (types.unwrap_or(&inner["type"]).as_str(), format, reference)
}

#[test]
fn every_event_has_one_schema_that_names_it() -> Test {
    let (spec, components) = (spec()?, components()?);
    let known: BTreeSet<&str> = CallbackEvent::KNOWN.iter().copied().collect();
    assert_eq!(components.keys().map(String::as_str).collect::<BTreeSet<_>>(), known);
    for (event, component) in &components {
        assert_eq!(parameters(&spec, &spec[component])["StatusCallbackEvent"]["enum"], json!([event]), "{component}");
        for other in components.values() {
            let valid = schema(other)?.is_valid(&json!({ "StatusCallbackEvent": event }));
            assert_eq!(valid, component == other, "{event} and {other}");
        }
    }
    Ok(())
}

#[test]
fn the_type_of_callbacks_has_the_parameters_of_all_events_and_no_others() -> Test {
    let spec = spec()?;
    let rust = schema_for!(Callback).to_value();
    let fields = rust["properties"].as_object().ok_or("no properties")?;
    let mut described = BTreeSet::new();
    for component in components()?.values() {
        for (name, schema) in parameters(&spec, &spec[component]) {
            let field = fields.get(&name).ok_or_else(|| format!("`Callback` lacks `{name}` of `{component}`"))?;
            // Its value is one of the enum, which is compared elsewhere.
            let schema =
                if name == "StatusCallbackEvent" { spec["RoomCallback"]["properties"][&name].clone() } else { schema };
            assert_eq!(kind(&schema), kind(field), "{name} of {component}");
            described.insert(name);
        }
    }
    assert_eq!(fields.keys().cloned().collect::<BTreeSet<_>>(), described);
    assert_eq!(rust["required"], spec["RoomCallback"]["required"]);
    Ok(())
}

/// Checks a callback against the schema of its event. It has to have all parameters of the event and no others, except these.
pub(crate) fn assert_matches_schema(callback: &Callback, except: &[&str]) -> Test {
    let spec = spec()?;
    let component = &components()?[callback.event.as_str()];
    let described = parameters(&spec, &spec[component]);
    let names = described.keys().map(String::as_str).filter(|name| !except.contains(name));
    let sent: BTreeMap<&str, &str> = callback.parameters().filter(|(name, _)| !except.contains(name)).collect();
    assert_eq!(sent.keys().copied().collect::<BTreeSet<_>>(), names.collect(), "{}", callback.event);
    let value = |name: &str, text: &str| match described[name]["type"].as_str() {
        Some("integer") => text.parse::<u64>().map_or_else(|_| json!(text), Value::from),
        _ => json!(text),
    };
    let body: Value = sent.into_iter().map(|(name, text)| (name.to_owned(), value(name, text))).collect();
    let violations: Vec<String> = schema(component)?.iter_errors(&body).map(|error| error.to_string()).collect();
    assert!(violations.is_empty(), "{component}: {violations:?}\n{body:#}");
    Ok(())
}
