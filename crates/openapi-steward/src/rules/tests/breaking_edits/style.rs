//! Edits that break a convention.

use super::Edits;

pub(super) const EDITS: &[Edits] = &[
    ("success-response", &[("one success code", "        2XX:\n", "        '200':\n")]),
    (
        "error-responses",
        &[(
            "no response for server errors",
            "        5XX:\n          $ref: '#/components/responses/ServerError'\n    post:",
            "    post:",
        )],
    ),
    (
        "description",
        &[
            (
                "a field without a description",
                "          description: The SID of the account that owns the room.\n",
                "",
            ),
            ("a schema without a description", "      description: One page of a listing of rooms.\n", ""),
            (
                "a parameter without a description",
                "          description: Returns only rooms with this status. Without it, the service returns rooms in progress.\n",
                "",
            ),
            ("an operation without a summary", "      summary: List rooms\n", ""),
        ],
    ),
    ("operation-id-form", &[("an operationId in PascalCase", "operationId: list_rooms", "operationId: ListRooms")]),
    ("schema-name-form", &[("a schema name in snake_case, everywhere", "DateFilter", "date_filter")]),
    (
        "unused-component",
        &[(
            "an unused schema",
            "    RoomLinks:\n",
            "    OldLinks:\n      type: object\n      description: Old.\n    RoomLinks:\n",
        )],
    ),
];
