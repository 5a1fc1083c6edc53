//! Small edits of our own spec, and what is said of each.

use std::sync::OnceLock;

use super::*;

/// An edit: what it is, a text that it comes after, what stands there, and what is to stand there.
pub(super) type Edit = (&'static str, &'static str, &'static str, &'static str);

pub(super) use crate::tests::ROOMS;

/// The spec as it is. It is what every edit is compared with.
pub(super) fn base() -> Result<&'static Side, CouldNotRun> {
    static BASE: OnceLock<Result<Side, String>> = OnceLock::new();
    let base = BASE.get_or_init(|| side(ROOMS).map_err(|error| error.0));
    base.as_ref().map_err(|message| CouldNotRun(message.clone()))
}

/// The text of the spec after an edit, which has to be possible.
pub(super) fn edited((name, after, from, to): Edit) -> String {
    let start = ROOMS.find(after).map(|at| at + after.len());
    let place = start.and_then(|start| ROOMS[start..].find(from).map(|at| start + at));
    assert!(place.is_some(), "{name}: there is no {from:?} after {after:?} in the spec");
    let place = place.unwrap_or_default();
    format!("{}{to}{}", &ROOMS[..place], &ROOMS[place + from.len()..])
}

fn line(change: &Change) -> String {
    format!("{} {} {} {}", change.weight, change.surface.name(), change.what, change.how)
}

/// What is said of an edit.
pub(super) fn said(edit: Edit) -> Result<Vec<String>, CouldNotRun> {
    let text = edited(edit);
    let new = side(&text).map_err(|error| CouldNotRun(format!("{}: {}", edit.0, error.0)))?;
    Ok(changes(base()?, &new).iter().map(line).collect())
}

/// The edits, each with what is said of it.
fn all_said(edits: &[Edit]) -> Result<String, CouldNotRun> {
    let mut text = String::new();
    for edit in edits {
        let said = said(*edit)?;
        assert!(!said.is_empty(), "{}: nothing is said of it", edit.0);
        text = format!("{text}{}\n", edit.0);
        text.extend(without_other_operations(&said).map(|line| format!("  {line}\n")));
    }
    Ok(text)
}

/// The lines but those of operations below a room: what they share with the rooms would be said of each.
fn without_other_operations(said: &[String]) -> impl Iterator<Item = &String> {
    let others = ["{RoomSid}", "Participant", "Track", "Recordings", "Transcriptions", "SubscribeRules"];
    said.iter().filter(move |line| !others.iter().any(|other| line.contains(other)) || said.len() <= 3)
}

const CREATE: &str = "\n    CreateRoomRequest:\n";
const ROOM: &str = "\n    Room:\n";
const PAGE: &str = "\n    RoomPage:\n";
const LIST: &str = "operationId: list_rooms\n";
const TYPE: &str = "\n    RoomType:\n";

/// What is sent, and may be less than before.
const REQUESTS_NARROWER: [Edit; 14] = [
    ("a maximum that is less", CREATE, "maximum: 50\n", "maximum: 40\n"),
    ("a minimum that is more", CREATE, "minimum: 1\n", "minimum: 2\n"),
    ("a name that is shorter", CREATE, "maxLength: 128", "maxLength: 64"),
    ("a least length", LIST, "maxLength: 128", "minLength: 1\n            maxLength: 128"),
    ("a field that has to be sent", CREATE, "      properties:\n", "      required: [UniqueName]\n      properties:\n"),
    (
        "a new field that has to be sent",
        CREATE,
        "      properties:\n",
        "      required: [Label]\n      properties:\n        Label: { type: string }\n",
    ),
    ("a parameter that has to be sent", "name: UniqueName\n", "in: query\n", "in: query\n          required: true\n"),
    ("a parameter that is gone", LIST, "        - $ref: '#/components/parameters/PageToken'\n", ""),
    ("a parameter of another name", "\n    PageToken:\n", "name: PageToken", "name: Token"),
    ("another pattern", "\n    DateFilter:\n", r"pattern: ^\d{4}", r"pattern: ^\d{2}"),
    (
        "a field of another type",
        CREATE,
        "AudioOnly:\n          type: boolean\n          default: false",
        "AudioOnly:\n          type: string",
    ),
    ("a field of another unit", CREATE, "format: minutes", "format: seconds"),
    ("only some values", "\n    PageToken:\n", "type: string\n", "type: string\n        enum: [one, two]\n"),
    (
        "no fields but those that are listed",
        CREATE,
        "      properties:\n",
        "      additionalProperties: false\n      properties:\n",
    ),
];

const OPERATIONS: [Edit; 6] = [
    ("a path of another name", "\npaths:\n", "  /v1/Rooms:\n", "  /v2/Rooms:\n"),
    ("another method", "/v1/Rooms/{Sid}:\n", "    get:\n", "    put:\n"),
    ("another name of an operation", "", "operationId: fetch_room", "operationId: read_room"),
    (
        "a new operation",
        "\npaths:\n",
        "  /v1/Rooms/{Sid}:\n",
        "  /v1/Count:\n    get:\n      operationId: count_rooms\n      responses:\n        2XX:\n          description: The count.\n  /v1/Rooms/{Sid}:\n",
    ),
    (
        "a body that can be left out",
        "operationId: create_room\n",
        "        required: true\n",
        "        required: false\n",
    ),
    (
        "a parameter of the path that is written out",
        "",
        "  /v1/Rooms/{Sid}:\n    parameters:\n      - $ref: '#/components/parameters/RoomSidOrName'\n",
        "  /v1/Rooms/{Sid}:\n    parameters:\n      - { name: Sid, in: path, required: true, schema: { type: string, minLength: 1 } }\n",
    ),
];

/// What is sent, and may be more than before.
const REQUESTS_WIDER: [Edit; 10] = [
    ("a maximum that is more", CREATE, "maximum: 50\n", "maximum: 60\n"),
    ("no maximum", CREATE, "          maximum: 50\n", ""),
    ("a name that is longer", CREATE, "maxLength: 128", "maxLength: 256"),
    ("no least length", "\n    PageToken:\n", "        minLength: 1\n", ""),
    ("no pattern", "\n    DateFilter:\n", "      pattern: ^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}Z)?$\n", ""),
    ("a new field", CREATE, "      properties:\n", "      properties:\n        Label: { type: string }\n"),
    ("a field that may be null", CREATE, "AudioOnly:\n", "AudioOnly:\n          nullable: true\n"),
    (
        "a new parameter",
        LIST,
        "      parameters:\n",
        "      parameters:\n        - { name: Label, in: query, schema: { type: string } }\n",
    ),
    ("a field that can be left out", "\n    UpdateRoomRequest:\n", "      required:\n        - Status\n", ""),
    (
        "a parameter of its own",
        "operationId: fetch_room\n",
        "      responses:\n",
        "      parameters:\n        - { name: Label, in: header, schema: { type: string } }\n      responses:\n",
    ),
];

/// What is answered, and can be more than before.
const RESPONSES_WIDER: [Edit; 11] = [
    (
        "a field that is gone",
        ROOM,
        "        audio_only:\n          type: boolean\n          nullable: true\n          description: '`true` if participants can publish audio only; video tracks are then not allowed.'\n",
        "",
    ),
    ("a field that may be null", ROOM, "format: room-sid\n", "format: room-sid\n          nullable: true\n"),
    ("a field that may be missing", ROOM, "      required:\n        - sid\n", ""),
    ("a page that may have no rooms", PAGE, "        - rooms\n", ""),
    ("a field of another type", ROOM, "enable_turn:\n          type: boolean", "enable_turn:\n          type: string"),
    ("a field of another unit", ROOM, "format: seconds", "format: minutes"),
    ("a field of no format", ROOM, "          format: account-sid\n", ""),
    ("items of another kind", ROOM, "$ref: '#/components/schemas/VideoCodec'", "type: string"),
    ("a value more", TYPE, "        - go\n", "        - go\n        - huge\n"),
    ("an answer that is gone", LIST, "        5XX:\n          $ref: '#/components/responses/ServerError'\n", ""),
    (
        "links to something else",
        ROOM,
        "$ref: '#/components/schemas/RoomLinks'",
        "$ref: '#/components/schemas/PageMeta'",
    ),
];

/// What is answered, and can be less than before.
const RESPONSES_NARROWER: [Edit; 8] = [
    (
        "a new field",
        ROOM,
        "      properties:\n",
        "      properties:\n        label: { type: string, nullable: true }\n",
    ),
    (
        "a new field that is always there",
        ROOM,
        "        - sid\n      properties:\n",
        "        - sid\n        - label\n      properties:\n        label: { type: string }\n",
    ),
    ("a field that is never null", ROOM, "          nullable: true\n", ""),
    ("a field that is always there", ROOM, "        - sid\n", "        - sid\n        - status\n"),
    ("a value less", TYPE, "        - go\n", ""),
    (
        "a format",
        ROOM,
        "media_region:\n          type: string\n",
        "media_region:\n          type: string\n          format: uri\n",
    ),
    (
        "no fields but those that are listed",
        "\n    RoomLinks:\n",
        "      properties:\n",
        "      additionalProperties: false\n      properties:\n",
    ),
    ("a limit", "\n    PageMeta:\n", "format: uint32\n", "format: uint32\n          maximum: 1000\n"),
];

const HEADERS: [Edit; 6] = [
    (
        "a header that is gone",
        "\n    ClientError:\n",
        "        Retry-After:\n          $ref: '#/components/headers/Retry-After'\n",
        "",
    ),
    (
        "a header that all answers lose",
        LIST,
        "          headers:\n            Twilio-Request-Id:\n              $ref: '#/components/headers/Twilio-Request-Id'\n",
        "",
    ),
    (
        "a new header",
        "\n    ClientError:\n",
        "      headers:\n",
        "      headers:\n        X-Rate: { schema: { type: integer } }\n",
    ),
    ("a header of another type", "\n    Retry-After:\n", "type: string", "type: integer"),
    ("a header with other words", "\n    Retry-After:\n", "The delay", "The time"),
    (
        "a header that is always there",
        "\n    Twilio-Request-Id:\n",
        "      schema:\n",
        "      required: true\n      schema:\n",
    ),
];

/// What breaks nothing, and somebody should look at.
const NOTICES: [Edit; 16] = [
    ("another default", CREATE, "default: 5\n", "default: 6\n"),
    ("no default", LIST, "            default: in-progress\n", ""),
    ("an operation that is deprecated", LIST, "      summary", "      deprecated: true\n      summary"),
    ("a field that is deprecated", ROOM, "enable_turn:\n", "enable_turn:\n          deprecated: true\n"),
    ("a field that is not deprecated any more", CREATE, "          deprecated: true\n", ""),
    ("a parameter that is deprecated", "\n    Page:\n", "in: query\n", "in: query\n      deprecated: true\n"),
    ("no credentials", "\nsecurity:\n", "  - basic: []\n", "  []\n"),
    ("credentials of choice", "\nsecurity:\n", "  - basic: []\n", "  - basic: []\n  - {}\n"),
    ("no word about credentials", "", "security:\n  - basic: []\n", ""),
    ("an operation without credentials", LIST, "      summary", "      security: []\n      summary"),
    (
        "another type of security scheme",
        "\n    basic:\n",
        "      type: http\n      scheme: basic\n",
        "      type: apiKey\n      in: header\n      name: X-Key\n",
    ),
    ("another security scheme", "\n    basic:\n", "scheme: basic", "scheme: bearer"),
    ("another server", "\nservers:\n", "https://video.twilio.com", "https://rooms.twilio.com"),
    ("items that are not repeated", CREATE, "type: array\n", "type: array\n          uniqueItems: true\n"),
    (
        "a field that is only answered",
        ROOM,
        "          format: room-sid\n",
        "          format: room-sid\n          readOnly: true\n",
    ),
    ("a limit that is left out itself", CREATE, "maximum: 50\n", "maximum: 50\n          exclusiveMaximum: true\n"),
];

const WORDS: [Edit; 16] = [
    ("the title", "\ninfo:\n", "title: Twilio", "title: The"),
    ("the page of documentation", "\nexternalDocs:\n", "https://", "http://"),
    ("a tag", "\ntags:\n", "The rooms of an account", "All rooms of an account"),
    ("the summary of an operation", LIST, "List rooms", "List all rooms"),
    ("the description of an operation", LIST, "Lists the rooms", "Reads the rooms"),
    ("the tags of an operation", LIST, "        - Rooms\n", "        - Room\n"),
    ("the description of a parameter", "name: UniqueName\n", "Returns only", "Lists only"),
    ("the example of a parameter", "name: UniqueName\n", "example: DailyStandup", "example: Standup"),
    ("the description of a body", "operationId: create_room\n", "The settings of the room. ", ""),
    ("an example of a body", "operationId: create_room\n", "MaxParticipants: 10", "MaxParticipants: 12"),
    ("the description of an answer", LIST, "One page of rooms.", "A page of rooms."),
    ("an example of an answer", LIST, "examples/list-rooms-empty.json", "examples/list-rooms-completed.json"),
    ("the description of a schema", ROOM, "A video room.", "A room."),
    (
        "the description of a field beside a reference",
        ROOM,
        "The status of the room, which is in progress",
        "The status of the room, which is open",
    ),
    ("the description of a value", "\n    RoomStatus:\n", "The room has ended.", "The room is over."),
    ("a security scheme", "\n    basic:\n", "HTTP Basic authentication.", "Basic."),
];

/// What our generator takes no spec with.
const REFUSED: [Edit; 5] = [
    (
        "a parameter written in another way",
        "\n    PageToken:\n",
        "in: query\n",
        "in: query\n      style: pipeDelimited\n",
    ),
    ("a body of another kind", "operationId: update_room\n", "application/x-www-form-urlencoded", "application/json"),
    ("a new answer", LIST, "        4XX:\n", "        304:\n          description: Nothing is new.\n        4XX:\n"),
    ("an answer of another kind", "\n    ClientError:\n", "application/json:", "application/problem+json:"),
    (
        "a field that is JSON no more",
        "            encoding:\n",
        "              RecordingRules:\n                contentType: application/json\n",
        "",
    ),
];

/// What is hard to compare is told at least.
const PARTS: [Edit; 8] = [
    (
        "one of two schemas",
        "name: UniqueName\n",
        "            type: string\n",
        "            oneOf: [{ type: string }, { type: string, maxLength: 4 }]\n",
    ),
    (
        "another schema of many",
        "\n    RoomPage:\n",
        "      type: object\n",
        "      type: object\n      allOf: [{ type: object, maxProperties: 2 }, { type: object, minProperties: 1 }]\n",
    ),
    (
        "properties of any name",
        "\n    RoomLinks:\n",
        "      properties:\n",
        "      additionalProperties: { type: string }\n      properties:\n",
    ),
    (
        "a schema that nothing refers to",
        "\n  schemas:\n",
        "    CreateRoomRequest:\n",
        "    Unused: { type: string }\n    CreateRoomRequest:\n",
    ),
    ("an extension", ROOM, "      type: object\n", "      type: object\n      x-kind: room\n"),
    (
        "a link",
        LIST,
        "          description: One page of rooms.\n",
        "          description: One page of rooms.\n          links: { first: { operationId: fetch_room } }\n",
    ),
    (
        "a server of one path",
        "\npaths:\n",
        "  /v1/Rooms/{Sid}:\n",
        "  /v1/Rooms/{Sid}:\n    servers: [{ url: 'https://example.com' }]\n",
    ),
    ("another version of OpenAPI", "", "openapi: 3.0.3", "openapi: 3.0.2"),
];

#[test]
fn less_that_may_be_sent_breaks() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("requests_narrower", all_said(&REQUESTS_NARROWER)?);
    Ok(())
}

#[test]
fn operations_are_what_their_method_and_path_are() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("operations", all_said(&OPERATIONS)?);
    Ok(())
}

#[test]
fn more_that_may_be_sent_breaks_nothing_on_the_wire() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("requests_wider", all_said(&REQUESTS_WIDER)?);
    Ok(())
}

#[test]
fn more_that_is_answered_breaks() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("responses_wider", all_said(&RESPONSES_WIDER)?);
    Ok(())
}

#[test]
fn less_that_is_answered_breaks_nothing_on_the_wire() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("responses_narrower", all_said(&RESPONSES_NARROWER)?);
    Ok(())
}

#[test]
fn what_cannot_be_generated_is_compared_on_the_wire() -> Result<(), CouldNotRun> {
    let mut text = String::new();
    for edit in REFUSED {
        let root = parse(&edited(edit))?;
        text = format!("{text}{}\n", edit.0);
        text.extend(wire::changes(&base()?.document.root, &root).iter().map(|change| format!("  {}\n", line(change))));
    }
    insta::assert_snapshot!("refused", text);
    Ok(())
}

#[test]
fn headers_of_answers_are_part_of_them() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("headers", all_said(&HEADERS)?);
    Ok(())
}

#[test]
fn what_somebody_should_look_at_is_a_notice() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("notices", all_said(&NOTICES)?);
    Ok(())
}

#[test]
fn words_are_told_apart_from_the_rest() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("words", all_said(&WORDS)?);
    Ok(())
}

#[test]
fn what_is_hard_to_compare_is_told_at_least() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("parts", all_said(&PARTS)?);
    Ok(())
}

#[test]
fn a_change_is_at_its_key_and_what_is_gone_at_its_old_one() -> Result<(), CouldNotRun> {
    for (edit, expected) in [
        (REQUESTS_NARROWER[0], "maximum: 40"),
        (REQUESTS_NARROWER[7], "PageToken:"),
        (RESPONSES_WIDER[0], "audio_only:"),
        (HEADERS[0], "Retry-After:"),
        (NOTICES[11], "scheme: bearer"),
        (WORDS[13], "description: The status of the room, which is open"),
    ] {
        let text = edited(edit);
        let changes = changes(base()?, &side(&text)?);
        let line = |text: &str, byte: usize| text[byte..].lines().next().unwrap_or_default().to_owned();
        let lines: Vec<String> = changes
            .iter()
            .filter_map(|change| match change.at {
                At::Old(byte) => Some(line(ROOMS, byte)),
                At::New(byte) => Some(line(&text, byte)),
                At::Nowhere => None,
            })
            .collect();
        assert!(
            lines.iter().all(|line| line.starts_with(expected) || line.starts_with("name: PageToken")),
            "{lines:?}"
        );
        assert!(!lines.is_empty(), "{}", edit.0);
    }
    Ok(())
}
