//! Edits after which parts of the document contradict each other.

use super::Edits;

pub(super) const EDITS: &[Edits] = &[
    (
        "path-form",
        &[
            ("a path without a leading slash", "  /v1/Rooms:\n", "  v1/Rooms:\n"),
            ("braces that do not match", "  /v1/Rooms/{Sid}:\n", "  /v1/Rooms/{Sid:\n"),
            ("a path with a query", "  /v1/Rooms:\n", "  /v1/Rooms?Status=all:\n"),
        ],
    ),
    (
        "path-parameter",
        &[
            ("a path with another name of a parameter", "  /v1/Rooms/{Sid}:\n", "  /v1/Rooms/{RoomSid}:\n"),
            ("a parameter that is not in the path", "  /v1/Rooms/{Sid}:\n", "  /v1/Rooms/Sid:\n"),
            (
                "a path without its parameter",
                "    parameters:\n      - $ref: '#/components/parameters/RoomSidOrName'\n",
                "    parameters: []\n",
            ),
            (
                "an optional path parameter",
                "      in: path\n      required: true\n",
                "      in: path\n      required: false\n",
            ),
        ],
    ),
    (
        "duplicate-parameter",
        &[
            ("a duplicate name", "        - name: UniqueName\n          in", "        - name: Status\n          in"),
            (
                "a duplicate reference",
                "        - $ref: '#/components/parameters/PageSize'\n",
                "        - $ref: '#/components/parameters/PageSize'\n        - $ref: '#/components/parameters/PageSize'\n",
            ),
        ],
    ),
    (
        "ambiguous-path",
        &[(
            "the same path with another parameter name",
            "components:\n  securitySchemes",
            "  /v1/Rooms/{Name}: {}\ncomponents:\n  securitySchemes",
        )],
    ),
    (
        "duplicate-operation-id",
        &[
            ("the same name", "operationId: fetch_room", "operationId: list_rooms"),
            ("the same name in Rust", "operationId: fetch_room", "operationId: listRooms"),
        ],
    ),
    (
        "status-code",
        &[
            ("a class in lowercase", "        4XX:\n", "        4xx:\n"),
            (
                "a letter instead of a digit",
                "        4XX:\n          $ref",
                "        '4O4':\n          $ref: '#/components/responses/ClientError'\n        4XX:\n          $ref",
            ),
        ],
    ),
    ("undefined-security-scheme", &[("a misspelled scheme", "  - basic: []", "  - basc: []")]),
    ("undefined-tag", &[("a misspelled tag", "        - Rooms\n", "        - Room\n")]),
    (
        "server-variable",
        &[
            ("a misspelled variable", "video.{region}.twilio", "video.{regoin}.twilio"),
            ("a variable that is not in the URL", "https://video.{edge}.{region}", "https://video.{region}"),
        ],
    ),
    (
        "required-without-property",
        &[
            ("a misspelled property", "        - sid\n", "        - sId\n"),
            ("an unknown property", "        - Status\n      properties", "        - State\n      properties"),
        ],
    ),
    (
        "enum-values",
        &[
            (
                "a duplicate value",
                "        - VP8\n        - H264\n      x",
                "        - VP8\n        - H264\n        - VP8\n      x",
            ),
            ("a number among strings", "        - H264\n      x", "        - H264\n        - 265\n      x"),
            ("null among strings", "        - H264\n      x", "        - H264\n        - null\n      x"),
            (
                "an empty enum",
                "      enum:\n        - audio\n        - video\n        - data\n      x-enumDescriptions:\n        audio: Audio.\n        video: Video.\n        data: Data messages.\n",
                "      enum: []\n",
            ),
        ],
    ),
    (
        "enum-descriptions",
        &[("a description of an unknown value", "        failed: The room could", "        failled: The room could")],
    ),
    (
        "empty-range",
        &[
            (
                "swapped limits",
                "        minimum: 1\n        maximum: 1000\n",
                "        minimum: 1000\n        maximum: 1\n",
            ),
            (
                "swapped limits of a length",
                "          minLength: 1\n          maxLength: 128\n",
                "          minLength: 129\n          maxLength: 128\n",
            ),
        ],
    ),
    ("invalid-pattern", &[("an unclosed group", "(T\\d{2}:\\d{2}:\\d{2}Z)?$", "(T\\d{2}:\\d{2}:\\d{2}Z?$")]),
    (
        "array-without-items",
        &[(
            "an array without items",
            "          type: array\n          items:\n            $ref: '#/components/schemas/RecordingRule'\n",
            "          type: array\n",
        )],
    ),
    (
        "nullable-without-type",
        &[(
            "nullable without a type",
            "          type: string\n          nullable: true\n          allOf:\n",
            "          nullable: true\n          allOf:\n",
        )],
    ),
    (
        "keyword-without-effect",
        &[("a limit of numbers for a string", "            maxLength: 128\n", "            maximum: 128\n")],
    ),
    (
        "encoding-without-property",
        &[(
            "a misspelled field",
            "              RecordingRules:\n                contentType",
            "              RecordingRule:\n                contentType",
        )],
    ),
    (
        "default-mismatch",
        &[
            ("a default out of range", "        default: 50\n", "        default: 5000\n"),
            (
                "a default that is not in the enum",
                "            default: in-progress\n",
                "            default: in_progress\n",
            ),
            ("a default of another type", "          default: false\n", "          default: 'false'\n"),
        ],
    ),
];
