//! The edits, by their effect.

use super::edits::Edit;

const CREATE: &str = "\n    CreateRoomRequest:\n";
const ROOM: &str = "\n    Room:\n";
const PAGE: &str = "\n    RoomPage:\n";
const LIST: &str = "operationId: list_rooms\n";
const TYPE: &str = "\n    RoomType:\n";

/// Edits after which a request can have fewer values.
pub(super) const REQUESTS_NARROWER: [Edit; 18] = [
    ("a smaller maximum", CREATE, "maximum: 50\n", "maximum: 40\n"),
    ("a larger minimum", CREATE, "minimum: 1\n", "minimum: 2\n"),
    ("a shorter name", CREATE, "maxLength: 128", "maxLength: 64"),
    ("a minimum length", LIST, "maxLength: 128", "minLength: 1\n            maxLength: 128"),
    (
        "a field that becomes required",
        CREATE,
        "      properties:\n",
        "      required: [UniqueName]\n      properties:\n",
    ),
    (
        "a new required field",
        CREATE,
        "      properties:\n",
        "      required: [Label]\n      properties:\n        Label: { type: string }\n",
    ),
    ("a parameter that becomes required", "name: UniqueName\n", "in: query\n", "in: query\n          required: true\n"),
    ("a parameter that was removed", LIST, "        - $ref: '#/components/parameters/PageToken'\n", ""),
    ("a parameter of another name", "\n    PageToken:\n", "name: PageToken", "name: Token"),
    ("another pattern", "\n    DateFilter:\n", r"pattern: ^\d{4}", r"pattern: ^\d{2}"),
    (
        "a field of another type",
        CREATE,
        "AudioOnly:\n          type: boolean\n          default: false",
        "AudioOnly:\n          type: string",
    ),
    ("a field of another unit", CREATE, "format: minutes", "format: seconds"),
    ("only some values", "\n    PageToken:\n", "type: string\n", "type: string\n        enum: [one, two]\n"),
    (
        "no fields but those that are listed",
        CREATE,
        "      properties:\n",
        "      additionalProperties: false\n      properties:\n",
    ),
    (
        "another type of security scheme",
        "\n    basic:\n",
        "      type: http\n      scheme: basic\n",
        "      type: apiKey\n      in: header\n      name: X-Key\n",
    ),
    ("another security scheme", "\n    basic:\n", "scheme: basic", "scheme: bearer"),
    ("items that are not repeated", CREATE, "type: array\n", "type: array\n          uniqueItems: true\n"),
    ("an exclusive limit", CREATE, "maximum: 50\n", "maximum: 50\n          exclusiveMaximum: true\n"),
];

pub(super) const OPERATIONS: [Edit; 6] = [
    ("a path of another name", "\npaths:\n", "  /v1/Rooms:\n", "  /v2/Rooms:\n"),
    ("another method", "/v1/Rooms/{Sid}:\n", "    get:\n", "    put:\n"),
    ("another name of an operation", "", "operationId: fetch_room", "operationId: read_room"),
    (
        "a new operation",
        "\npaths:\n",
        "  /v1/Rooms/{Sid}:\n",
        "  /v1/Count:\n    get:\n      operationId: count_rooms\n      responses:\n        2XX:\n          description: The count.\n  /v1/Rooms/{Sid}:\n",
    ),
    (
        "a body that can be left out",
        "operationId: create_room\n",
        "        required: true\n",
        "        required: false\n",
    ),
    (
        "a parameter of the path that is written out",
        "",
        "  /v1/Rooms/{Sid}:\n    parameters:\n      - $ref: '#/components/parameters/RoomSidOrName'\n",
        "  /v1/Rooms/{Sid}:\n    parameters:\n      - { name: Sid, in: path, required: true, schema: { type: string, minLength: 1 } }\n",
    ),
];

/// Edits after which a request can have more values.
pub(super) const REQUESTS_WIDER: [Edit; 10] = [
    ("a larger maximum", CREATE, "maximum: 50\n", "maximum: 60\n"),
    ("no maximum", CREATE, "          maximum: 50\n", ""),
    ("a longer name", CREATE, "maxLength: 128", "maxLength: 256"),
    ("no least length", "\n    PageToken:\n", "        minLength: 1\n", ""),
    ("no pattern", "\n    DateFilter:\n", "      pattern: ^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}Z)?$\n", ""),
    ("a new field", CREATE, "      properties:\n", "      properties:\n        Label: { type: string }\n"),
    ("a field that may be null", CREATE, "AudioOnly:\n", "AudioOnly:\n          nullable: true\n"),
    (
        "a new parameter",
        LIST,
        "      parameters:\n",
        "      parameters:\n        - { name: Label, in: query, schema: { type: string } }\n",
    ),
    ("a field that can be left out", "\n    UpdateRoomRequest:\n", "      required:\n        - Status\n", ""),
    (
        "a parameter of its own",
        "operationId: fetch_room\n",
        "      responses:\n",
        "      parameters:\n        - { name: Label, in: header, schema: { type: string } }\n      responses:\n",
    ),
];

/// Edits after which a response can have more values.
pub(super) const RESPONSES_WIDER: [Edit; 10] = [
    (
        "a field that was removed",
        ROOM,
        "        audio_only:\n          type: boolean\n          nullable: true\n          description: '`true` if participants can publish audio only; video tracks are then not allowed.'\n",
        "",
    ),
    ("a field that may be null", ROOM, "format: room-sid\n", "format: room-sid\n          nullable: true\n"),
    ("a field that may be missing", ROOM, "      required:\n        - sid\n", ""),
    ("a page that may have no rooms", PAGE, "        - rooms\n", ""),
    ("a field of another type", ROOM, "enable_turn:\n          type: boolean", "enable_turn:\n          type: string"),
    ("a field of another unit", ROOM, "format: seconds", "format: minutes"),
    ("a field of no format", ROOM, "          format: account-sid\n", ""),
    ("items of another kind", ROOM, "$ref: '#/components/schemas/VideoCodec'", "type: string"),
    ("one more value", TYPE, "        - go\n", "        - go\n        - huge\n"),
    (
        "links to something else",
        ROOM,
        "$ref: '#/components/schemas/RoomLinks'",
        "$ref: '#/components/schemas/PageMeta'",
    ),
];

/// Edits after which a response can have fewer values.
pub(super) const RESPONSES_NARROWER: [Edit; 8] = [
    (
        "a new field",
        ROOM,
        "      properties:\n",
        "      properties:\n        label: { type: string, nullable: true }\n",
    ),
    (
        "a new field that is always present",
        ROOM,
        "        - sid\n      properties:\n",
        "        - sid\n        - label\n      properties:\n        label: { type: string }\n",
    ),
    ("a field that is never null", ROOM, "          nullable: true\n", ""),
    ("a field that is always present", ROOM, "        - sid\n", "        - sid\n        - status\n"),
    ("one value fewer", TYPE, "        - go\n", ""),
    (
        "a format",
        ROOM,
        "media_region:\n          type: string\n",
        "media_region:\n          type: string\n          format: uri\n",
    ),
    (
        "no fields but those that are listed",
        "\n    RoomLinks:\n",
        "      properties:\n",
        "      additionalProperties: false\n      properties:\n",
    ),
    ("a limit", "\n    PageMeta:\n", "format: uint32\n", "format: uint32\n          maximum: 1000\n"),
];

pub(super) const HEADERS: [Edit; 6] = [
    (
        "a header that was removed",
        "\n    ClientError:\n",
        "        Retry-After:\n          $ref: '#/components/headers/Retry-After'\n",
        "",
    ),
    (
        "a header that all responses lose",
        LIST,
        "          headers:\n            Twilio-Request-Id:\n              $ref: '#/components/headers/Twilio-Request-Id'\n",
        "",
    ),
    (
        "a new header",
        "\n    ClientError:\n",
        "      headers:\n",
        "      headers:\n        X-Rate: { schema: { type: integer } }\n",
    ),
    ("a header of another type", "\n    Retry-After:\n", "type: string", "type: integer"),
    ("a header with another description", "\n    Retry-After:\n", "The delay", "The time"),
    (
        "a header that is always present",
        "\n    Twilio-Request-Id:\n",
        "      schema:\n",
        "      required: true\n      schema:\n",
    ),
];

/// Edits that break nothing and have to be deliberate.
pub(super) const NOTICES: [Edit; 12] = [
    ("another default", CREATE, "default: 5\n", "default: 6\n"),
    ("no default", LIST, "            default: in-progress\n", ""),
    ("an operation that is deprecated", LIST, "      summary", "      deprecated: true\n      summary"),
    ("a field that is deprecated", ROOM, "enable_turn:\n", "enable_turn:\n          deprecated: true\n"),
    ("a field that is no longer deprecated", CREATE, "          deprecated: true\n", ""),
    ("a parameter that is deprecated", "\n    Page:\n", "in: query\n", "in: query\n      deprecated: true\n"),
    ("no credentials", "\nsecurity:\n", "  - basic: []\n", "  []\n"),
    ("credentials of choice", "\nsecurity:\n", "  - basic: []\n", "  - basic: []\n  - {}\n"),
    ("no mention of credentials", "", "security:\n  - basic: []\n", ""),
    ("an operation without credentials", LIST, "      summary", "      security: []\n      summary"),
    ("another server", "\nservers:\n", "https://video.twilio.com", "https://rooms.twilio.com"),
    ("a response that was removed", LIST, "        5XX:\n          $ref: '#/components/responses/ServerError'\n", ""),
];

pub(super) const DOCUMENTATION: [Edit; 17] = [
    ("the title", "\ninfo:\n", "title: Twilio", "title: The"),
    ("the page of documentation", "\nexternalDocs:\n", "https://", "http://"),
    ("a tag", "\ntags:\n", "The rooms of an account", "All rooms of an account"),
    ("the summary of an operation", LIST, "List rooms", "List all rooms"),
    ("the description of an operation", LIST, "Lists the rooms", "Reads the rooms"),
    ("the tags of an operation", LIST, "        - Rooms\n", "        - Room\n"),
    ("the description of a parameter", "name: UniqueName\n", "Returns only", "Lists only"),
    ("the example of a parameter", "name: UniqueName\n", "example: DailyStandup", "example: Standup"),
    ("the description of a body", "operationId: create_room\n", "The settings of the room. ", ""),
    ("an example of a body", "operationId: create_room\n", "MaxParticipants: 10", "MaxParticipants: 12"),
    ("the description of a response", LIST, "One page of rooms.", "A page of rooms."),
    ("an example of a response", LIST, "examples/list-rooms-empty.json", "examples/list-rooms-completed.json"),
    ("the description of a schema", ROOM, "A video room.", "A room."),
    (
        "the description of a field beside a reference",
        ROOM,
        "The status of the room, which is in progress",
        "The status of the room, which is open",
    ),
    ("the description of a value", "\n    RoomStatus:\n", "The room has ended.", "The room is over."),
    ("a security scheme", "\n    basic:\n", "HTTP Basic authentication.", "Basic."),
    (
        "a field that is only in responses",
        ROOM,
        "          format: room-sid\n",
        "          format: room-sid\n          readOnly: true\n",
    ),
];

/// Edits that the generator refuses.
pub(super) const REFUSED: [Edit; 5] = [
    ("a parameter with another style", "\n    PageToken:\n", "in: query\n", "in: query\n      style: pipeDelimited\n"),
    ("a body of another kind", "operationId: update_room\n", "application/x-www-form-urlencoded", "application/json"),
    ("a new response", LIST, "        4XX:\n", "        304:\n          description: Nothing is new.\n        4XX:\n"),
    ("a response of another kind", "\n    ClientError:\n", "application/json:", "application/problem+json:"),
    (
        "a field that is no longer JSON",
        "            encoding:\n",
        "              RecordingRules:\n                contentType: application/json\n",
        "",
    ),
];

/// Edits of parts that are only reported as changed.
pub(super) const PARTS: [Edit; 8] = [
    (
        "one of two schemas",
        "name: UniqueName\n",
        "            type: string\n",
        "            oneOf: [{ type: string }, { type: string, maxLength: 4 }]\n",
    ),
    (
        "another schema of many",
        "\n    RoomPage:\n",
        "      type: object\n",
        "      type: object\n      allOf: [{ type: object, maxProperties: 2 }, { type: object, minProperties: 1 }]\n",
    ),
    (
        "properties of any name",
        "\n    RoomLinks:\n",
        "      properties:\n",
        "      additionalProperties: { type: string }\n      properties:\n",
    ),
    (
        "a schema that nothing refers to",
        "\n  schemas:\n",
        "    CreateRoomRequest:\n",
        "    Unused: { type: string }\n    CreateRoomRequest:\n",
    ),
    ("an extension", ROOM, "      type: object\n", "      type: object\n      x-kind: room\n"),
    (
        "a link",
        LIST,
        "          description: One page of rooms.\n",
        "          description: One page of rooms.\n          links: { first: { operationId: fetch_room } }\n",
    ),
    (
        "a server of one path",
        "\npaths:\n",
        "  /v1/Rooms/{Sid}:\n",
        "  /v1/Rooms/{Sid}:\n    servers: [{ url: 'https://example.com' }]\n",
    ),
    ("another version of OpenAPI", "", "openapi: 3.0.3", "openapi: 3.0.2"),
];
