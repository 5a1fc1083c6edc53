//! Edits that break references.

use super::Edits;

pub(super) const EDITS: &[Edits] = &[
    (
        "remote-reference",
        &[
            ("a URL", "'#/components/schemas/RoomPage'", "'https://example.com/page.yaml#/RoomPage'"),
            ("a file above the folder", "'#/components/schemas/RoomPage'", "'../page.yaml#/RoomPage'"),
        ],
    ),
    (
        "dangling-reference",
        &[
            ("a misspelled reference", "schemas/RoomPage'", "schemas/RoomsPage'"),
            ("a renamed schema", "\n    RoomStatus:\n", "\n    RoomState:\n"),
            ("a path", "  /v1/Rooms:\n", "  /v1/Others:\n    $ref: '#/x-others'\n  /v1/Rooms:\n"),
            ("a renamed response", "\n    ServerError:\n", "\n    Failure:\n"),
        ],
    ),
    ("reference-kind", &[("a parameter instead of a schema", "schemas/RoomPage'", "parameters/PageSize'")]),
    (
        "reference-cycle",
        &[(
            "a schema that refers to itself",
            "    DateFilter:\n      type: string\n",
            "    DateFilter:\n      allOf:\n        - $ref: '#/components/schemas/DateFilter'\n",
        )],
    ),
    (
        "reference-sibling",
        &[(
            "a description next to a reference",
            "schemas/PageMeta'\n",
            "schemas/PageMeta'\n          description: Where it stands.\n",
        )],
    ),
];
