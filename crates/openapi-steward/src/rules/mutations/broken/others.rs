//! Edits of references, of examples, and of what is done here.

use super::Edits;

pub(super) const EDITS: &[Edits] = &[
    ("remote-reference", &[("another document", "'#/components/schemas/RoomPage'", "'page.yaml#/RoomPage'")]),
    (
        "dangling-reference",
        &[
            ("a misspelled reference", "schemas/RoomPage'", "schemas/RoomsPage'"),
            ("a schema of another name", "    RoomStatus:\n", "    RoomState:\n"),
            ("a response that is gone", "    ServerError:\n", "    Failure:\n"),
        ],
    ),
    ("reference-kind", &[("a schema that is a parameter", "schemas/RoomPage'", "parameters/PageSize'")]),
    (
        "reference-cycle",
        &[(
            "a schema that is itself",
            "    DateFilter:\n      type: string\n",
            "    DateFilter:\n      allOf:\n        - $ref: '#/components/schemas/DateFilter'\n",
        )],
    ),
    (
        "reference-sibling",
        &[(
            "a description beside a reference",
            "schemas/PageMeta'\n",
            "schemas/PageMeta'\n          description: Where it stands.\n",
        )],
    ),
    (
        "example-mismatch",
        &[
            ("a value that is none", "example: completed", "example: complete"),
            ("a number out of range", "example: 1000\n", "example: 1001\n"),
            (
                "a field of a body",
                "                  MaxParticipants: 10\n",
                "                  MaxParticipants: 100\n",
            ),
            ("a string that YAML takes for a number", "example: '1'", "example: 1"),
        ],
    ),
    (
        "example-file",
        &[
            ("a misspelled file", "examples/list-rooms-empty.json", "examples/list-room-empty.json"),
            (
                "a field of another type",
                "        audio_only:\n          type: boolean\n",
                "        audio_only:\n          type: string\n",
            ),
            (
                "a field that may not be null",
                "        end_time:\n          type: string\n          format: date-time\n          nullable: true\n",
                "        end_time:\n          type: string\n          format: date-time\n",
            ),
        ],
    ),
    (
        "unused-example-file",
        &[(
            "an example less",
            "                empty:\n                  summary: A listing without rooms\n                  externalValue: examples/list-rooms-empty.json\n",
            "",
        )],
    ),
    ("success-response", &[("one success only", "        2XX:\n", "        '200':\n")]),
    (
        "error-responses",
        &[("no failure", "        5XX:\n          $ref: '#/components/responses/ServerError'\n    post:", "    post:")],
    ),
    (
        "description",
        &[
            ("a field without words", "          description: The SID of the account that owns the room.\n", ""),
            ("a schema without words", "      description: One page of a listing of rooms.\n", ""),
            (
                "a parameter without words",
                "          description: Returns only rooms with this status. Without it, the service returns rooms in progress.\n",
                "",
            ),
            ("an operation without a summary", "      summary: List rooms\n", ""),
        ],
    ),
    ("operation-id-form", &[("another form of names", "operationId: list_rooms", "operationId: ListRooms")]),
    ("schema-name-form", &[("another form of types, everywhere", "DateFilter", "date_filter")]),
    (
        "unused-component",
        &[(
            "a schema that nothing uses",
            "    RoomLinks:\n",
            "    OldLinks:\n      type: object\n      description: Old.\n    RoomLinks:\n",
        )],
    ),
];
