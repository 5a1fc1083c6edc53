//! Edits that cannot be generated, or not as they are meant.

use super::Edits;

pub(super) const EDITS: &[Edits] = &[
    ("missing-operation-id", &[("an operation without a name", "      operationId: list_rooms\n", "")]),
    (
        "path-reference",
        &[(
            "a path elsewhere",
            "components:\n  securitySchemes",
            "  /v1/Others:\n    $ref: '#/x-others'\ncomponents:\n  securitySchemes",
        )],
    ),
    (
        "cookie-parameter",
        &[("a cookie", "name: UniqueName\n          in: query", "name: UniqueName\n          in: cookie")],
    ),
    (
        "parameter-style",
        &[("a style of another kind", "name: UniqueName\n", "name: UniqueName\n          style: deepObject\n")],
    ),
    (
        "missing-schema",
        &[
            (
                "a parameter without a schema",
                "          schema:\n            type: string\n            maxLength: 128\n",
                "",
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
        &[("a body in parts", "          application/x-www-form-urlencoded:\n", "          multipart/form-data:\n")],
    ),
    (
        "response-types",
        &[
            (
                "nothing as another success",
                "        4XX:\n",
                "        '204':\n          description: Nothing.\n        4XX:\n",
            ),
            (
                "another type of errors",
                "        5XX:\n          $ref: '#/components/responses/ServerError'",
                "        5XX:\n          description: Nothing.",
            ),
        ],
    ),
    (
        "name-collision",
        &[
            (
                "two fields",
                "        recordings:\n",
                "        recording-rules:\n          type: string\n          description: The same.\n        recordings:\n",
            ),
            (
                "two variants",
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
            ("a misspelled format of ours", "format: seconds", "format: secnds"),
            ("a misspelled format of everybody", "format: date-time", "format: datetime"),
            (
                "a format of an object",
                "    RoomLinks:\n      type: object\n",
                "    RoomLinks:\n      type: object\n      format: uri-map\n",
            ),
        ],
    ),
    (
        "generator",
        &[(
            "a text that is an object",
            "      responses:\n        2XX:\n          description: One",
            "      requestBody:\n        description: Text.\n        content:\n          text/plain:\n            schema:\n              $ref: '#/components/schemas/RoomLinks'\n      responses:\n        2XX:\n          description: One",
        )],
    ),
];
