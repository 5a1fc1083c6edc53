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
    ("duplicate-path-name", &[("a name twice in a path", "  /v1/Rooms/{Sid}:\n", "  /v1/Rooms/{Sid}/{Sid}:\n")]),
    (
        "parameter-schema",
        &[
            (
                "a parameter without a schema",
                "          schema:\n            type: string\n            maxLength: 128\n",
                "",
            ),
            (
                "a schema and a content",
                "          example: DailyStandup\n",
                "          content: { text/plain: { schema: { type: string } } }\n",
            ),
        ],
    ),
    (
        "style-location",
        &[("a style of paths in a query", "          example: DailyStandup\n", "          style: simple\n")],
    ),
    (
        "ignored-header",
        &[(
            "a parameter for the credentials",
            "        - name: DateCreatedAfter\n",
            "        - name: Authorization\n          in: header\n          description: The credentials.\n          schema:\n            type: string\n        - name: DateCreatedAfter\n",
        )],
    ),
    (
        "duplicate-path",
        &[(
            "the same path with another parameter name",
            "components:\n  securitySchemes",
            "  /v1/Rooms/{Name}: {}\ncomponents:\n  securitySchemes",
        )],
    ),
    (
        "ambiguous-path",
        &[(
            "a path of which each is more specific in one segment",
            "components:\n  securitySchemes",
            "  /v1/{Kind}/latest: {}\ncomponents:\n  securitySchemes",
        )],
    ),
    ("duplicate-operation-id", &[("the same name", "operationId: fetch_room", "operationId: list_rooms")]),
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
    (
        "empty-responses",
        &[(
            "an operation without responses",
            "      responses:\n        2XX:\n          description: One page of rooms.\n",
            "      responses: {}\n      x-responses:\n        2XX:\n          description: One page of rooms.\n",
        )],
    ),
    (
        "security-scheme",
        &[(
            "an API key without its place",
            "      type: http\n      scheme: basic\n",
            "      type: apiKey\n      name: key\n",
        )],
    ),
    ("security-scopes", &[("a scope for a password", "  - basic: []", "  - basic: [admin]")]),
    (
        "duplicate-tag",
        &[(
            "a tag twice",
            "  - name: Participants\n",
            "  - name: Rooms\n    description: All rooms.\n  - name: Participants\n",
        )],
    ),
    (
        "invalid-url",
        &[
            ("a URL with a space", "rooms-resource#read-multiple-room-resources", "rooms resource"),
            (
                "a server with an unfinished escape",
                "url: https://video.twilio.com\n",
                "url: https://video.twilio.com/%7\n",
            ),
        ],
    ),
    (
        "link-operation",
        &[
            (
                "a link to no operation",
                "          headers:\n            Twilio-Request-Id:",
                "          links: { next: { operationId: next_page } }\n          headers:\n            Twilio-Request-Id:",
            ),
            (
                "a link to a place that is no operation",
                "          headers:\n            Twilio-Request-Id:",
                "          links: { next: { operationRef: '#/paths/~1v1~1Rooms' } }\n          headers:\n            Twilio-Request-Id:",
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
            (
                "a misspelled property",
                "        audio_only:\n",
                "        settings:
          type: object
          description: Settings.
          required: [kidn]
          properties:
            kind: { type: string, description: A kind. }
        audio_only:\n",
            ),
            (
                "a required property of an object without properties",
                "        audio_only:\n",
                "        settings:
          type: object
          description: Settings.
          required: [kind]
        audio_only:\n",
            ),
        ],
    ),
    ("duplicate-required", &[("a property twice", "        - sid\n", "        - sid\n        - sid\n")]),
    (
        "read-write-only",
        &[(
            "a property for nobody",
            "        audio_only:\n          type: boolean\n",
            "        audio_only:\n          readOnly: true\n          writeOnly: true\n          type: boolean\n",
        )],
    ),
    (
        "discriminator-property",
        &[(
            "a discriminator without alternatives",
            "        audio_only:\n          type: boolean\n",
            "        audio_only:\n          discriminator: { propertyName: type }\n          type: boolean\n",
        )],
    ),
    (
        "discriminator-mapping",
        &[(
            "a mapping to no schema",
            "    RoomPage:\n      type: object\n",
            "    RoomPage:\n      type: object\n      discriminator: { propertyName: meta, mapping: { a: Pge } }\n",
        )],
    ),
    (
        "xml-object",
        &[(
            "a list of one value",
            "        audio_only:\n          type: boolean\n",
            "        audio_only:\n          xml: { wrapped: true }\n          type: boolean\n",
        )],
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
        "empty-composition",
        &[(
            "no alternatives",
            "    RoomType:\n      type: string\n",
            "    RoomType:\n      type: string\n      oneOf: []\n",
        )],
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
