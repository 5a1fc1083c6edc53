//! Tests of the whole generator, with the spec of this workspace.

use super::{Refusal, Scope, Settings};
use crate::tests::{ROOMS as SPEC, formats, source};
use crate::{codegen, report, rules};

/// Returns a spec with one change.
fn changed(spec: &str, from: &str, to: &str) -> String {
    assert!(spec.contains(from), "the spec does not hold {from:?}");
    spec.replacen(from, to, 1)
}

fn code(text: String) -> Result<String, String> {
    let source = source(text);
    let code = rules::parse(&source).and_then(|document| {
        let settings = Settings { formats: &formats(), names: &[], scope: Scope::Client };
        codegen::generate(&document.root, settings).map_err(|refusal| match refusal {
            Refusal::Document(finding) => vec![finding],
            Refusal::Name(problem) => panic!("{problem:?}"),
        })
    });
    let code = code.map(|generated| generated.code);
    code.map_err(|findings| report::human(&findings, &source, false))
}

#[test]
fn the_same_document_gives_the_same_code() -> Result<(), String> {
    assert_eq!(code(SPEC.to_owned())?, code(SPEC.to_owned())?);
    Ok(())
}

#[test]
fn a_new_value_field_and_parameter_need_no_other_edit() -> Result<(), String> {
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
fn an_enum_in_a_property_of_a_response_is_open() -> Result<(), String> {
    let code = code(changed(
        SPEC,
        "        media_region:\n          type: string\n",
        "        media_region:\n          type: string\n          enum: [us1, ie1]\n",
    ))?;
    assert!(code.contains("pub media_region: ::std::option::Option<crate::types::RoomMediaRegion>,"));
    assert!(code.contains("crate::runtime::open_enum!(RoomMediaRegion);"));
    Ok(())
}

#[test]
fn an_optional_header_parameter_keeps_the_map_of_headers() -> Result<(), String> {
    let header = "        - name: X-Label\n          in: header\n          schema:\n            type: string\n";
    let code = code(changed(SPEC, "        - name: UniqueName\n", &format!("{header}        - name: UniqueName\n")))?;
    assert_eq!(code.matches("let mut header_map").count(), 1);
    assert_eq!(code.matches(".headers(header_map)").count(), 1);
    Ok(())
}

#[test]
fn an_enum_with_an_acronym_in_its_name_is_open() -> Result<(), String> {
    let code = code(SPEC.replace("RoomStatus", "HTTPStatus"))?;
    assert!(code.contains("crate::runtime::open_enum!(HttpStatus);"));
    assert_eq!(code.matches("pub enum HttpStatus").count(), 1);
    Ok(())
}
