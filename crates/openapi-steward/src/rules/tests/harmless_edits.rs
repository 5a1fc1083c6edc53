//! Edits that keep the document valid.

use super::{Edit, edited, rules_and_messages};
use crate::document::Source;

const EDITS: &[Edit] = &[
    ("a comment", "paths:\n", "# A comment: 'with a quote.\npaths:\n"),
    ("an empty line", "components:\n", "\n\ncomponents:\n"),
    ("a list in brackets", "security:\n  - basic: []\n", "security: [{ basic: [] }]\n"),
    ("double quotes", "example: '2026-11-01'", "example: \"2026-11-01\""),
    ("a key in quotes", "        2XX:\n", "        '2XX':\n"),
    ("Windows line endings everywhere", "\n", "\r\n"),
    ("a folded string", "summary: List rooms\n", "summary: >-\n        List\n        rooms\n"),
    (
        "another order of keys",
        "          in: query\n          description: Returns only rooms with this status.",
        "          description: Returns only rooms with this status.",
    ),
    (
        "an anchor and an alias",
        "operationId: list_rooms\n",
        "operationId: list_rooms\n      x-one: &a 1\n      x-two: *a\n",
    ),
    ("a tag of the core schema", "operationId: list_rooms\n", "operationId: !!str list_rooms\n"),
    ("an extension", "operationId: list_rooms\n", "operationId: list_rooms\n      x-owner: us\n"),
    (
        "a new property",
        "        audio_only:\n",
        "        video_only:\n          type: boolean\n          nullable: true\n          description: Whether it is video only.\n        audio_only:\n",
    ),
    ("a new value", "        - failed\n", "        - failed\n        - on-hold\n"),
    (
        "a new parameter",
        "        - name: UniqueName\n",
        "        - name: Label\n          in: query\n          description: The label.\n          schema:\n            type: string\n        - name: UniqueName\n",
    ),
    ("a wider limit", "maximum: 1000\n", "maximum: 2000\n"),
    ("a removed default", "        default: 50\n", ""),
    (
        "a schema that contains itself",
        "        unused_room_timeout:\n",
        "        parent:\n          $ref: '#/components/schemas/Room'\n        unused_room_timeout:\n",
    ),
    ("another description", "description: One page of rooms.", "description: A page, with rooms (or none)."),
    ("a document marker", "openapi: 3.0.3", "---\nopenapi: 3.0.3"),
    ("an older patch version of OpenAPI", "openapi: 3.0.3", "openapi: 3.0.0"),
    (
        "a response for one status code",
        "        4XX:\n",
        "        '404':\n          $ref: '#/components/responses/ClientError'\n        4XX:\n",
    ),
    (
        "a deprecated parameter",
        "          example: completed\n",
        "          example: completed\n          deprecated: true\n",
    ),
    ("letters of other alphabets", "description: One page of rooms.", "description: Eine Seite — Räume, 部屋, 🚪."),
];

/// Applies an edit. The one that changes the order of keys moves a key, which takes a second replacement.
fn apply(edit: Edit) -> Source {
    let mut source = edited(edit);
    if edit.0 == "another order of keys" {
        source.text =
            source.text.replacen("        - name: Status\n", "        - in: query\n          name: Status\n", 1);
    }
    source
}

#[test]
fn harmless_edits_have_no_findings() {
    assert!(EDITS.len() >= 15);
    for edit in EDITS {
        assert_eq!(rules_and_messages(&apply(*edit)), [], "{}", edit.0);
    }
}
