//! Edits that break the YAML, or that change its meaning.

use super::Edits;

pub(super) const EDITS: &[Edits] = &[
    (
        "yaml-syntax",
        &[
            ("an unclosed quote", "example: DailyStandup\n", "example: 'DailyStandup\n"),
            ("an unclosed double quote", "title: Twilio", "title: \"Twilio"),
            ("a tab", "          in: query\n", "\t  in: query\n"),
            ("a line with one space too few", "          nullable: true\n", "         nullable: true\n"),
            ("a line with one space too many", "      operationId: create_room\n", "       operationId: create_room\n"),
            ("a second document", "components:\n  securitySchemes", "---\ncomponents:\n  securitySchemes"),
            ("a tag", "version: 1.0.0", "version: !v 1.0.0"),
            ("a colon in a text", "description: The room.\n", "description: The room: it.\n"),
            ("an unclosed bracket", "  - basic: []\n", "  - basic: [\n"),
        ],
    ),
    (
        "yaml-duplicate-key",
        &[
            (
                "a duplicate key",
                "      summary: List rooms\n",
                "      summary: List rooms\n      summary: List rooms\n",
            ),
            (
                "a duplicate property",
                "        audio_only:\n          type: boolean\n          nullable: true\n",
                "        sid:\n          type: string\n          description: The SID.\n        audio_only:\n          type: boolean\n          nullable: true\n",
            ),
        ],
    ),
    (
        "yaml-value",
        &[
            ("a version that is a number", "version: 1.0.0", "version: 1.0"),
            ("a summary that is a number", "summary: List rooms", "summary: 7"),
            ("a description that is null", "description: The room.\n", "description: null\n"),
            ("a name that is a boolean", "name: UniqueName\n", "name: true\n"),
        ],
    ),
    (
        "yaml-ambiguous",
        &[
            ("a value that is false in YAML 1.1", "        - H264\n      x", "        - H264\n        - no\n      x"),
            (
                "a status without quotes",
                "        4XX:\n          $ref",
                "        404:\n          $ref: '#/components/responses/ClientError'\n        4XX:\n          $ref",
            ),
            ("a date without quotes", "example: '2026-11-01'", "example: 2026-11-01"),
        ],
    ),
];
