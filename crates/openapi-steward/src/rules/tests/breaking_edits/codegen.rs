//! Edits that the generator does not support.

use super::Edits;

pub(super) const EDITS: &[Edits] = &[
    ("missing-operation-id", &[("an operation without an operationId", "      operationId: list_rooms\n", "")]),
    (
        "cookie-parameter",
        &[("a cookie parameter", "name: UniqueName\n          in: query", "name: UniqueName\n          in: cookie")],
    ),
    (
        "parameter-style",
        &[("an unsupported style", "name: UniqueName\n", "name: UniqueName\n          style: deepObject\n")],
    ),
    ("operation-name", &[("the same name in Rust", "operationId: fetch_room", "operationId: list__rooms")]),
    (
        "missing-schema",
        &[
            (
                "a parameter with content",
                "          schema:\n            type: string\n            maxLength: 128\n          example: DailyStandup\n",
                "          content:\n            text/plain:\n              schema:\n                type: string\n",
            ),
            (
                "a body without a schema",
                "            schema:\n              $ref: '#/components/schemas/UpdateRoomRequest'\n",
                "",
            ),
        ],
    ),
    (
        "request-body-type",
        &[("a multipart body", "          application/x-www-form-urlencoded:\n", "          multipart/form-data:\n")],
    ),
    (
        "response-types",
        &[
            (
                "a second success type",
                "        4XX:\n",
                "        '204':\n          description: Nothing.\n        4XX:\n",
            ),
            (
                "a second error type",
                "        5XX:\n          $ref: '#/components/responses/ServerError'",
                "        5XX:\n          description: Nothing.",
            ),
        ],
    ),
    (
        "name-collision",
        &[
            (
                "two fields with the same Rust name",
                "        recordings:\n",
                "        recording-rules:\n          type: string\n          description: The same.\n        recordings:\n",
            ),
            (
                "two variants with the same Rust name",
                "        - VP8\n        - H264\n      x",
                "        - VP8\n        - vp8\n        - H264\n      x",
            ),
            (
                "the variant of unknown values",
                "        - VP8\n        - H264\n      x",
                "        - VP8\n        - unknown\n        - H264\n      x",
            ),
        ],
    ),
    (
        "unknown-format",
        &[
            ("a misspelled custom format", "format: seconds", "format: secnds"),
            ("a misspelled standard format", "format: date-time", "format: datetime"),
            (
                "a format of an object",
                "    RoomLinks:\n      type: object\n",
                "    RoomLinks:\n      type: object\n      format: uri-map\n",
            ),
        ],
    ),
    (
        "generation-failure",
        &[(
            "a text body with an object",
            "      responses:\n        2XX:\n          description: One",
            "      requestBody:\n        description: Text.\n        content:\n          text/plain:\n            schema:\n              $ref: '#/components/schemas/RoomLinks'\n      responses:\n        2XX:\n          description: One",
        )],
    ),
];
