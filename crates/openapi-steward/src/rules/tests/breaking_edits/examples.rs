//! Edits after which examples do not match.

use super::Edits;

pub(super) const EDITS: &[Edits] = &[
    (
        "example-mismatch",
        &[
            ("a value that is not in the enum", "example: completed", "example: complete"),
            ("a number out of range", "example: 1000\n", "example: 1001\n"),
            (
                "a field of a body out of range",
                "                  MaxParticipants: 10\n",
                "                  MaxParticipants: 100\n",
            ),
            ("a string that YAML reads as a number", "example: '1'", "example: 1"),
        ],
    ),
    (
        "example-value",
        &[
            (
                "a value beside a file",
                "                  externalValue: examples/list-rooms-empty.json\n",
                "                  value: { meta: {}, rooms: [] }\n                  externalValue: examples/list-rooms-empty.json\n",
            ),
            (
                "both example and examples",
                "          example: DailyStandup\n",
                "          example: DailyStandup\n          examples:\n            one:\n              value: One\n",
            ),
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
                "a field that cannot be null",
                "        end_time:\n          type: string\n          format: date-time\n          nullable: true\n",
                "        end_time:\n          type: string\n          format: date-time\n",
            ),
        ],
    ),
    (
        "unused-example-file",
        &[(
            "a removed example",
            "                empty:\n                  summary: A listing without rooms\n                  externalValue: examples/list-rooms-empty.json\n",
            "",
        )],
    ),
];
