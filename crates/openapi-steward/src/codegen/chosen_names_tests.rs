//! Tests of names that `steward.toml` chooses.

use serde_json::json;

use super::*;
use crate::codegen::{Refusal, Scope, Settings, generate};
use crate::document::read_yaml;
use crate::formats::Formats;

/// A document with a name of each kind.
const DOCUMENT: &str = r##"
openapi: 3.0.3
info: { title: Rooms, version: 1.0.0 }
paths:
  /rooms/{id}:
    parameters: [{ $ref: "#/components/parameters/Id" }]
    get:
      operationId: fetchRoom
      parameters:
        - { name: sort-by, in: query, schema: { type: string, enum: [a, b] } }
        - { name: page, in: query, schema: { type: string } }
      responses:
        "200":
          description: The room.
          content: { application/json: { schema: { $ref: "#/components/schemas/room" } } }
    post:
      operationId: update_room
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: { type: object, required: [file-name], properties: { file-name: { type: string } } }
      responses: { "204": { description: Done. } }
    put:
      operationId: put_room
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: { type: object, required: [max], properties: { max: { type: integer } } }
      responses: { "204": { description: Done. } }
components:
  parameters:
    Id: { name: id, in: path, required: true, schema: { type: string } }
  schemas:
    Base: { type: object, properties: { s: { type: string }, text: { type: string } } }
    Other: { type: object, properties: { n: { type: integer } } }
    room:
      allOf:
        - $ref: "#/components/schemas/Base"
        - type: object
          required: [status, kind]
          properties:
            status: { type: string, enum: [in-progress, "1"] }
            state: { type: string, enum: [in-progress, "1"] }
            kind: { type: string, enum: [x] }
            tags: { type: array, items: { type: object, properties: { a: { type: string } } } }
            owner:
              oneOf:
                - $ref: "#/components/schemas/Other"
                - { type: object, required: [w], properties: { w: { type: string, enum: [y, z] } } }
"##;

/// Returns the code with these names, or the message about the first that cannot be given.
fn code(names: &[(&str, &str)]) -> Result<String, String> {
    let (root, _) = read_yaml(DOCUMENT).unwrap_or_else(|finding| panic!("{finding:?}"));
    let entry = |(index, (at, name)): (usize, &(&str, &str))| RustName {
        at: (*at).to_owned(),
        name: (*name).to_owned(),
        span: index..index + 1,
    };
    let names: Vec<RustName> = names.iter().enumerate().map(entry).collect();
    let settings = Settings { formats: &Formats::default(), names: &names, scope: Scope::Client };
    generate(&root, settings).map(|generated| generated.code).map_err(|refusal| match refusal {
        Refusal::Document(finding) => panic!("{finding:?}"),
        Refusal::Name(problem) => format!("{}: {}", problem.span.start, problem.message),
    })
}

/// A place of the properties of `room`.
macro_rules! property {
    ($rest:literal) => {
        concat!("/components/schemas/room/allOf/1/properties/", $rest)
    };
}

#[test]
fn every_kind_of_place_gets_the_chosen_name() -> Result<(), String> {
    let code = code(&[
        ("/components/schemas/room", "MeetingRoom"),
        ("/paths/~1rooms~1{id}/get", "meeting_room"),
        ("/paths/~1rooms~1%7Bid%7D/get/parameters/0", "order"),
        ("/paths/~1rooms~1{id}/get/parameters/0/schema", "Order"),
        ("/components/parameters/Id", "name_or_sid"),
        ("/components/schemas/Base/properties/s", "sid"),
        (property!("status"), "Phase"),
        (property!("status/enum/1"), "Waiting"),
        (property!("kind"), "type_"),
        (property!("tags/items"), "Tag"),
        (property!("owner/oneOf/0"), "Numbered"),
        (property!("owner/oneOf/1/properties/w"), "Letter"),
        ("/paths/~1rooms~1{id}/post/requestBody/content/multipart~1form-data/schema", "Upload"),
        ("/paths/~1rooms~1{id}/post/requestBody/content/multipart~1form-data/schema/properties/file-name", "label"),
        (
            "/paths/~1rooms~1{id}/put/requestBody/content/application~1x-www-form-urlencoded/schema/properties/max",
            "most",
        ),
    ])?;
    for part in [
        "pub struct MeetingRoom {",
        "pub fn meeting_room(&self)",
        "pub struct MeetingRoom<'a>",
        "pub fn order<V>(",
        "types::Order",
        "pub fn name_or_sid<V>(",
        "    pub sid: ",
        "rename = \"s\"",
        "pub enum Phase {",
        "Waiting,",
        "    pub type_: crate::types::MeetingRoomKind",
        "rename = \"kind\"",
        "pub struct Tag {",
        "Numbered(::std::boxed::Box<crate::types::Other>)",
        "pub enum Letter {",
        "pub struct Upload {",
        "pub label: ::std::string::String",
        "pub most: i64",
        "\"max\"",
    ] {
        assert!(code.contains(part), "{part}\n{code}");
    }
    Ok(())
}

#[test]
fn equal_types_can_share_a_chosen_name() -> Result<(), String> {
    let code = code(&[(property!("status"), "Phase"), (property!("state"), "Phase")])?;
    assert_eq!(code.matches("pub enum Phase {").count(), 1);
    assert!(code.contains("pub status: crate::types::Phase"));
    assert!(code.contains("pub state: ::std::option::Option<crate::types::Phase>"));
    Ok(())
}

#[test]
fn a_name_by_the_rule_gives_way_unless_it_is_the_plain_one() -> Result<(), String> {
    // `RoomStatus` is free: the type of `status` is called after `MeetingRoom`.
    code(&[("/components/schemas/room", "MeetingRoom"), ("/components/schemas/Other", "RoomStatus")])?;
    let code = code(&[("/components/schemas/Other", "RoomStatus")])?;
    assert!(code.contains("pub enum RoomStatus2 {"));
    Ok(())
}

#[test]
fn a_name_that_cannot_be_given_is_a_problem_of_its_entry() {
    let problems = [
        &[("/components/schemas/Room", "Hall")][..],
        &[("/info/title", "Hall")],
        &[("/components/schemas/room", "hall")],
        &[("/components/schemas/room", "HTTPHall")],
        &[("/components/schemas/room", "")],
        &[("/components/schemas/room", "Self")],
        &[(property!("kind"), "type")],
        &[(property!("kind"), "my kind")],
        &[("/paths/~1rooms~1{id}/get", "FetchRoom")],
        &[("/paths/~1rooms~1{id}/get", "exec")],
        &[("/paths/~1rooms~1{id}/get", "update_room")],
        &[("/paths/~1rooms~1{id}/get/parameters/0", "send")],
        &[("/paths/~1rooms~1{id}/get/parameters/0", "page")],
        &[("/components/schemas/room", "Base")],
        &[("/components/schemas/room", "Base"), ("/components/schemas/Base", "Root"), (property!("kind"), "Root")],
        &[(property!("kind"), "state")],
        &[("/components/schemas/Base/properties/s", "kind")],
        &[(property!("status"), "Phase"), (property!("kind"), "Phase")],
        &[(property!("status/enum/0"), "Unknown")],
        &[(property!("status/enum/0"), "V1")],
        &[(property!("owner/oneOf/1"), "Other")],
        &[(property!("status"), "Phase"), (property!("status"), "Step")],
        &[("/components/schemas/Base/properties/text", "Text")],
        &[("/components/schemas/room/allOf/1", "Part")],
        &[("/paths/~1rooms~1{id}/get/responses/200", "Answer")],
    ]
    .map(|names| code(names).err().unwrap_or_else(|| format!("no problem: {names:?}")));
    insta::assert_snapshot!("problems", problems.join("\n"));
}

#[test]
fn a_place_behind_references_is_found() {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let room = json!({ "type": "object", "properties": { "kind": reference("Kind") } });
    let mut document = json!({
        "components": { "schemas": { "Room": reference("room"), "room": room, "Kind": { "enum": ["a"] } } },
    });
    let entry = |at: &str, name: &str| RustName { at: at.to_owned(), name: name.to_owned(), span: 0..1 };
    let entries = [
        entry("/components/schemas/Room", "Hall"),
        entry("/components/schemas/Room/properties/kind", "type_"),
        entry("/components/schemas/Room/properties/kind/enum/0", "First"),
    ];
    assert_eq!(mark(&mut document, &entries), Ok(()));
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["room"][CHOSEN_NAME], "Hall");
    assert_eq!(schemas["room"]["properties"]["kind"][CHOSEN_FIELD], "type_");
    assert_eq!(schemas["Kind"][CHOSEN_VARIANTS]["a"], "First");
    let mut circle = json!({ "components": { "schemas": { "A": reference("B"), "B": reference("A") } } });
    assert!(mark(&mut circle, &[entry("/components/schemas/A/properties/a", "b")]).is_err());
}

#[test]
fn a_mark_is_at_the_place_of_its_entry() {
    let mut document = json!({ "components": { "schemas": { "A": { "enum": ["a"] } } } });
    let entry = |at: &str, name: &str| RustName { at: at.to_owned(), name: name.to_owned(), span: 0..1 };
    let entries = [entry("/components/schemas/A", "B"), entry("/components/schemas/A/enum/0", "C")];
    assert_eq!(mark(&mut document, &entries), Ok(()));
    let marked = json!({ "enum": ["a"], CHOSEN_NAME: "B", CHOSEN_VARIANTS: { "a": "C" } });
    assert_eq!(document["components"]["schemas"]["A"], marked);
}
