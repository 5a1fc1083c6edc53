//! Edits of the spec of this workspace that change nothing, and unreadable versions of it.

use super::edits::{Edit, ROOMS, base, report_on};
use super::*;

const HARMLESS: [Edit; 20] = [
    ("a comment", "", "\npaths:\n", "\n# The paths.\npaths:\n"),
    ("a comment at the end of a line", "", "openapi: 3.0.3", "openapi: 3.0.3 # Not 3.1."),
    ("an empty line", "", "\npaths:\n", "\n\npaths:\n"),
    ("space at the end of a line", "", "\npaths:\n", "\npaths:  \n"),
    ("the beginning of a document", "", "openapi: 3.0.3", "---\nopenapi: 3.0.3"),
    (
        "the order of values",
        "\n    RoomStatus:\n",
        "        - in-progress\n        - completed\n",
        "        - completed\n        - in-progress\n",
    ),
    (
        "the order of required fields",
        "\n    RoomPage:\n",
        "        - meta\n        - rooms\n",
        "        - rooms\n        - meta\n",
    ),
    (
        "the order of parameters",
        "operationId: list_rooms\n",
        "        - $ref: '#/components/parameters/Page'\n        - $ref: '#/components/parameters/PageToken'\n",
        "        - $ref: '#/components/parameters/PageToken'\n        - $ref: '#/components/parameters/Page'\n",
    ),
    (
        "the order of answers",
        "operationId: list_rooms\n",
        "        4XX:\n          $ref: '#/components/responses/ClientError'\n        5XX:\n          $ref: '#/components/responses/ServerError'\n",
        "        5XX:\n          $ref: '#/components/responses/ServerError'\n        4XX:\n          $ref: '#/components/responses/ClientError'\n",
    ),
    (
        "the order of headers",
        "\n    ClientError:\n",
        "        Twilio-Request-Id:\n          $ref: '#/components/headers/Twilio-Request-Id'\n        Retry-After:\n          $ref: '#/components/headers/Retry-After'\n",
        "        Retry-After:\n          $ref: '#/components/headers/Retry-After'\n        Twilio-Request-Id:\n          $ref: '#/components/headers/Twilio-Request-Id'\n",
    ),
    (
        "the order of keys",
        "",
        "      operationId: list_rooms\n      summary: List rooms\n",
        "      summary: List rooms\n      operationId: list_rooms\n",
    ),
    (
        "the order of descriptions of values",
        "\n    RuleType:\n",
        "        include: The tracks are included.\n        exclude: The tracks are left out.\n",
        "        exclude: The tracks are left out.\n        include: The tracks are included.\n",
    ),
    ("a string in quotes", "", "operationId: list_rooms", "operationId: \"list_rooms\""),
    ("other quotes", "", "'#/components/schemas/RoomStatus'", "\"#/components/schemas/RoomStatus\""),
    ("a key in quotes", "operationId: list_rooms\n", "        2XX:\n", "        '2XX':\n"),
    ("a list in one line", "operationId: list_rooms\n", "      tags:\n        - Rooms\n", "      tags: [Rooms]\n"),
    (
        "a map in one line",
        "\n    basic:\n",
        "      type: http\n      scheme: basic\n",
        "      \"type\": 'http'\n      scheme: 'basic'\n",
    ),
    (
        "a schema in one line",
        "name: UniqueName\n",
        "          schema:\n            type: string\n            maxLength: 128\n",
        "          schema: { maxLength: 128, type: string }\n",
    ),
    (
        "a text as a block",
        "operationId: list_rooms\n",
        "description: One page of rooms.\n",
        "description: |-\n            One page of rooms.\n",
    ),
    (
        "a reference in an `allOf` of its own",
        "name: DateCreatedAfter\n",
        "            $ref: '#/components/schemas/DateFilter'\n",
        "            allOf: [{ $ref: '#/components/schemas/DateFilter' }]\n",
    ),
];

#[test]
fn a_harmless_edit_is_not_reported() -> Result<(), CouldNotRun> {
    for edit in HARMLESS {
        assert_eq!(report_on(edit)?, [""; 0], "{}", edit.0);
    }
    Ok(())
}

#[test]
fn the_order_of_paths_and_schemas_has_no_meaning() -> Result<(), CouldNotRun> {
    let block = |text: &str, from: &str, to: &str| {
        let start = text.find(from).unwrap_or_default();
        let end = text.get(start..).and_then(|rest| rest.find(to)).map_or(start, |length| start + length);
        assert!(end > start, "there is no {from:?} before {to:?}");
        (text[..start].to_owned(), text[start..end].to_owned(), text[end..].to_owned())
    };
    let (before, rooms, rest) = block(ROOMS, "  /v1/Rooms:\n", "  /v1/Rooms/{Sid}:\n");
    let (_, room, rest) = block(&rest, "  /v1/Rooms/{Sid}:\n", "components:\n");
    let paths = format!("{before}{room}{rooms}{rest}");
    let (before, request, rest) = block(ROOMS, "    CreateRoomRequest:\n", "    DateFilter:\n");
    let schemas = format!("{before}{rest}{request}");
    let (before, first, rest) = block(ROOMS, "        account_sid:\n", "        audio_only:\n");
    let (_, second, rest) = block(&rest, "        audio_only:\n", "        date_created:\n");
    let properties = format!("{before}{second}{first}{rest}");
    let ends = ROOMS.replace('\n', "\r\n");
    for (name, text) in [("paths", paths), ("schemas", schemas), ("properties", properties), ("ends of lines", ends)] {
        let changes = changes(base()?, &version(&text)?);
        assert_eq!(changes, [], "{name}");
    }
    Ok(())
}

#[test]
fn a_truncated_spec_is_compared_or_refused() {
    let lines: Vec<&str> = ROOMS.split_inclusive('\n').collect();
    let without = |skipped: usize| -> String {
        lines.iter().enumerate().filter(|(at, _)| *at != skipped).map(|(_, line)| *line).collect()
    };
    let cut = |at: usize| lines.iter().take(at).copied().collect::<String>();
    // All lines would take too long; the step is a prime so that every kind of line is met.
    let texts = (0..lines.len()).step_by(59).flat_map(|at| [without(at), cut(at)]);
    let compared = texts.filter(|text| {
        let new = version(text);
        new.is_ok_and(|new| base().is_ok_and(|base| !changes(base, &new).is_empty()))
    });
    assert!(compared.count() > 10);
}

#[test]
fn a_document_without_generated_code_is_compared_on_the_wire() -> Result<(), CouldNotRun> {
    let base = base()?;
    for text in
        ["{}", "[]", "a: 1", "paths: []", "paths: { /a: { get: 1 } }", "openapi: 3.0.3\ncomponents: { schemas: [1] }"]
    {
        let other = parse(text)?;
        assert!(!wire_changes(&base.document.root, &other).is_empty(), "{text}");
        assert!(!wire_changes(&other, &base.document.root).is_empty(), "{text}");
        assert!(wire_changes(&other, &other).is_empty(), "{text}");
    }
    Ok(())
}
