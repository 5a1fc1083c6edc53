//! Edits that the generator does not support.

use super::Edits;

pub(super) const EDITS: &[Edits] = &[
    ("missing-operation-id", &[("an operation without an operationId", "      operationId: list_rooms\n", "")]),
    (
        "missing-schema",
        &[(
            "a body without a schema",
            "            schema:\n              $ref: '#/components/schemas/UpdateRoomRequest'\n",
            "",
        )],
    ),
    (
        "request-body-type",
        &[(
            "a second media type",
            "          application/x-www-form-urlencoded:\n",
            "          application/xml:\n            schema:\n              type: object\n          application/x-www-form-urlencoded:\n",
        )],
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
            "a form that is a string",
            "      responses:\n        2XX:\n          description: One",
            "      requestBody:\n        description: Text.\n        content:\n          application/x-www-form-urlencoded:\n            schema:\n              type: string\n      responses:\n        2XX:\n          description: One",
        )],
    ),
];
