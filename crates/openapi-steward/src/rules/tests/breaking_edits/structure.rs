//! Edits that break the structure of OpenAPI.

use super::Edits;

pub(super) const EDITS: &[Edits] = &[
    ("openapi-version", &[("another version", "openapi: 3.0.3", "openapi: 4.0.0")]),
    (
        "openapi-3.1",
        &[
            ("a constant", "        minLength: 1\n      example: PARM", "        const: a\n      example: PARM"),
            (
                "a list of types",
                "          type: boolean\n          nullable: true\n",
                "          type: [boolean, 'null']\n",
            ),
            ("webhooks", "paths:\n", "webhooks: {}\npaths:\n"),
            (
                "an exclusive limit as a number",
                "        minimum: 1\n        maximum: 1000\n",
                "        exclusiveMinimum: 0\n        maximum: 1000\n",
            ),
        ],
    ),
    (
        "unknown-key",
        &[
            (
                "a misspelled description",
                "          description: One page of rooms.",
                "          desciption: One page of rooms.",
            ),
            ("a misspelled required of a body", "        required: true\n", "        requierd: true\n"),
            (
                "a misspelled required of a schema",
                "      required:\n        - sid\n",
                "      requierd:\n        - sid\n",
            ),
            ("a misspelled nullable", "          nullable: true\n", "          nulable: true\n"),
            ("a misspelled format", "          format: seconds\n", "          fromat: seconds\n"),
            ("a misspelled operationId", "      operationId: list_rooms", "      operationID: list_rooms"),
            (
                "a misspelled responses",
                "      responses:\n        2XX:\n          description: The room, completed.",
                "      respones:\n        2XX:\n          description: The room, completed.",
            ),
            (
                "a misspelled $ref",
                "            $ref: '#/components/schemas/VideoCodec'",
                "            ref: '#/components/schemas/VideoCodec'",
            ),
            (
                "a key that no object has",
                "      summary: List rooms\n",
                "      summary: List rooms\n      colour: blue\n",
            ),
            (
                "a key with too little indentation",
                "            maxLength: 128\n          example",
                "          maxLength: 128\n          example",
            ),
            ("a misspelled section", "  responses:\n    ClientError", "  response:\n    ClientError"),
            (
                "a response with too little indentation",
                "        5XX:\n          $ref: '#/components/responses/ServerError'\n    post:",
                "      5XX:\n        $ref: '#/components/responses/ServerError'\n    post:",
            ),
        ],
    ),
    (
        "missing-key",
        &[
            ("a parameter without a location", "          in: query\n", ""),
            (
                "an operation without responses",
                "      responses:\n        2XX:\n          description: One",
                "      x-responses:\n        2XX:\n          description: One",
            ),
            ("info without a version", "  version: 1.0.0\n", ""),
            ("a response without a description", "          description: The room.\n", ""),
        ],
    ),
    (
        "wrong-type",
        &[
            ("a number in quotes", "maxLength: 128", "maxLength: '128'"),
            ("a boolean in quotes", "        required: true\n", "        required: 'true'\n"),
            ("a string for a list", "      required:\n        - sid\n", "      required: sid\n"),
            ("a key without a value", "      tags:\n        - Rooms\n", "      tags:\n"),
            ("a negative limit", "maxLength: 128", "maxLength: -128"),
        ],
    ),
    (
        "unknown-value",
        &[
            (
                "a misspelled type",
                "          type: boolean\n          nullable",
                "          type: bool\n          nullable",
            ),
            ("a misspelled location", "          in: query\n", "          in: qery\n"),
            ("an unknown type of security scheme", "      type: http\n", "      type: https\n"),
        ],
    ),
    (
        "component-name",
        &[("a name with a space", "    RoomLinks:\n", "    Old Links:\n      type: object\n    RoomLinks:\n")],
    ),
    ("meta-schema", &[("an invalid email address", "  contact:\n", "  contact:\n    email: nobody\n")]),
];
