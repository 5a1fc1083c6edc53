//! The generator as a whole: what it makes of our spec, and of broken ones.

use super::generate;
use crate::spec::{Source, Spec};

const SPEC: &str = include_str!("../../../spec/rooms.yaml");
const FIXTURE: &str = include_str!("../../fixtures/rooms.yaml");

fn source(text: String) -> Source {
    Source { path: "rooms.yaml".to_owned(), text }
}

/// A spec with one thing changed.
fn changed(spec: &str, from: &str, to: &str) -> String {
    assert!(spec.contains(from), "the spec does not hold {from:?}");
    spec.replacen(from, to, 1)
}

fn code(text: String) -> Result<String, String> {
    let source = source(text);
    Spec::parse(&source).and_then(|spec| generate(&spec)).map_err(|findings| source.render_plain(&findings))
}

/// What is said of a broken spec.
fn finding(text: String) -> String {
    code(text).err().unwrap_or_else(|| "nothing is wrong with it".to_owned())
}

macro_rules! broken {
    ($($name:ident: $from:literal => $to:literal;)*) => { $(
        #[test]
        fn $name() {
            insta::assert_snapshot!(stringify!($name), finding(changed(FIXTURE, $from, $to)));
        }
    )* };
}

broken! {
    a_quote_that_is_not_closed: "example: DailyStandup" => "example: 'DailyStandup";
    a_tab: "          in: query\n" => "\t  in: query\n";
    a_key_that_is_there_twice: "      summary: List rooms\n" => "      summary: List rooms\n      summary: List rooms\n";
    an_indentation_that_slipped: "          nullable: true\n" => "         nullable: true\n";
    a_misspelled_key: "      description: One page of" => "      desciption: One page of";
    a_key_that_openapi_does_not_have: "      summary: List rooms\n" => "      colour: blue\n";
    a_reference_that_leads_nowhere: "schemas/RoomPage'" => "schemas/RoomsPage'";
    a_reference_to_another_document: "'#/components/schemas/RoomPage'" => "'page.yaml#/RoomPage'";
    a_reference_that_leads_back: "    ClientError:\n" => "    ClientError:\n      $ref: '#/components/responses/ClientError'\n    Other:\n";
    a_key_beside_a_reference: "schemas/PageMeta'\n" => "schemas/PageMeta'\n          description: Where it stands.\n";
    a_key_that_is_missing: "      responses:\n        2XX" => "      x-responses:\n        2XX";
    a_value_of_another_type: "      summary: List rooms" => "      summary: 7";
    a_version_that_is_not_3_0: "openapi: 3.0.3" => "openapi: 3.1.0";
    a_second_document: "components:\n" => "---\ncomponents:\n";
    an_unknown_type: "          type: boolean" => "          type: bool";
    an_unknown_format: "format: room-sid" => "format: roomsid";
    a_format_of_an_object: "    RoomLinks:\n      type: object" => "    RoomLinks:\n      type: object\n      format: uri-map";
    an_array_without_items: "          items:\n            $ref: '#/components/schemas/VideoCodec'\n" => "";
    an_enum_without_values: "      enum:\n        - VP8\n        - H264\n" => "      enum: []\n";
    an_enum_of_strings_with_a_number: "        - VP8\n" => "        - VP8\n        - 8\n";
    values_that_would_be_the_same_variant: "        - VP8\n" => "        - VP8\n        - vp-8\n        - vp8\n";
    properties_that_would_be_the_same_field: "        recordings:\n" => "        recording-rules:\n          type: string\n        recordings:\n";
    an_operation_without_a_name: "      operationId: list_rooms\n" => "";
    a_parameter_in_a_cookie: "name: UniqueName\n          in: query" => "name: UniqueName\n          in: cookie";
    a_style_that_is_not_supported: "name: UniqueName\n" => "name: UniqueName\n          style: deepObject\n";
    a_path_without_its_parameter: "  /v1/Rooms:" => "  /v1/Rooms/{Sid}:";
    braces_that_do_not_match: "  /v1/Rooms:" => "  /v1/Rooms/{Sid:";
    two_types_of_success: "        4XX:" => "        '204':\n          description: Nothing.\n        4XX:";
    two_types_of_errors: "        5XX:\n          $ref: '#/components/responses/ServerError'" => "        5XX:\n          description: Nothing.";
    a_status_that_is_none: "        4XX:" => "        4xx:";
    json_without_a_schema: "              schema:\n                $ref: '#/components/schemas/RoomPage'\n" => "";
    what_only_progenitor_refuses: "      responses:\n        2XX" => "      requestBody:\n        content:\n          text/plain:\n            schema:\n              $ref: '#/components/schemas/RoomLinks'\n      responses:\n        2XX";
}

#[test]
fn an_empty_file_a_list_and_bytes_are_no_spec() {
    let findings = ["", "- a\n", "\u{1}", "hello"].map(|text| finding(text.to_owned()));
    insta::assert_snapshot!("what_is_no_spec", findings.join("\n\n"));
}

#[test]
fn two_operations_cannot_be_the_same_function() {
    let operation = "\n  /v1/Others:\n    get:\n      operationId: listRooms\n      responses:\n        2XX:\n          description: Fine.\ncomponents:\n";
    insta::assert_snapshot!("two_operations_of_one_name", finding(changed(FIXTURE, "\ncomponents:\n", operation)));
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let text = changed(FIXTURE, "format: room-sid", "format: roomsid").replacen("type: boolean", "type: bool", 1);
    assert_eq!(finding(text).matches("error:").count(), 2);
}

#[test]
fn the_same_spec_gives_the_same_bytes_and_they_are_those_that_are_checked_in() -> Result<(), String> {
    let code = code(SPEC.to_owned())?;
    assert_eq!(self::code(SPEC.to_owned())?, code);
    assert!(code.starts_with("// @generated by `cargo xtask generate`"));
    assert_eq!(code, include_str!("../../../crates/twilio-rooms-api/src/generated.rs"));
    Ok(())
}

#[test]
fn a_value_a_field_and_a_parameter_are_taken_in_without_another_edit() -> Result<(), String> {
    let text = changed(SPEC, "        - failed\n", "        - failed\n        - on-hold\n")
        .replacen("        audio_only:\n", "        video_only:\n          type: boolean\n          nullable: true\n        audio_only:\n", 1)
        .replacen("        - name: UniqueName\n", "        - name: Label\n          in: query\n          schema:\n            type: string\n        - name: UniqueName\n", 1);
    let code = code(text)?;
    for line in ["OnHold,", "pub video_only: ::std::option::Option<bool>,", "pub fn label<V>(mut self, value: V)"] {
        assert!(code.contains(line), "{line}");
    }
    Ok(())
}

#[test]
fn an_enum_inside_a_property_of_a_response_is_open_too() -> Result<(), String> {
    let code = code(changed(
        SPEC,
        "        media_region:\n          type: string\n",
        "        media_region:\n          type: string\n          enum: [us1, ie1]\n",
    ))?;
    assert!(code.contains("pub media_region: ::std::option::Option<crate::types::RoomMediaRegion>,"));
    assert!(code.contains("crate::open_enum!(RoomMediaRegion);"));
    Ok(())
}

#[test]
fn no_text_makes_the_generator_panic() {
    let cut = (0..SPEC.len()).step_by(211).filter_map(|end| SPEC.get(..end)).map(str::to_owned);
    let lines: Vec<&str> = SPEC.lines().collect();
    let without_a_line = (0..lines.len()).step_by(5).map(|out| [&lines[..out], &lines[out + 1..]].concat().join("\n"));
    for text in cut.chain(without_a_line) {
        if let Err(finding) = code(text) {
            assert!(finding.contains("error") && finding.contains("rooms.yaml:"), "{finding}");
        }
    }
}
