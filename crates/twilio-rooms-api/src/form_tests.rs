//! Forms of the generated client, as pairs.

use serde_json::json;

use crate::Form;
use crate::types::{
    CreateRoomRequest, RoomStatus, RuleType, SubscribeRule, TranscriptionStatus, UpdateRoomRequest,
    UpdateSubscribeRulesRequest, UpdateTranscriptionRequest, VideoCodec,
};

fn pairs(form: &impl Form) -> serde_json::Value {
    serde_json::to_value(form.pairs()).unwrap_or_default()
}

#[test]
fn a_list_repeats_its_key_and_an_unset_field_is_left_out() {
    let form = CreateRoomRequest {
        unique_name: Some("a b&c".to_owned()),
        audio_only: Some(false),
        video_codecs: Some(vec![VideoCodec::Vp8, VideoCodec::H264]),
        recording_rules: Some(Vec::new()),
        ..CreateRoomRequest::default()
    };
    let expected = json!([
        ["AudioOnly", "false"],
        ["RecordingRules", "[]"],
        ["UniqueName", "a b&c"],
        ["VideoCodecs", "VP8"],
        ["VideoCodecs", "H264"],
    ]);
    assert_eq!(pairs(&form), expected);
    assert_eq!(pairs(&CreateRoomRequest::default()), json!([]));
    assert_eq!(pairs(&UpdateRoomRequest::new(RoomStatus::Completed)), json!([["Status", "completed"]]));
}

#[test]
fn a_rule_in_a_form_is_json_without_unset_fields() {
    let mut rule = SubscribeRule::new(RuleType::Exclude);
    rule.publisher = Some("interpreter".to_owned());
    let json = r#"[{"publisher":"interpreter","type":"exclude"}]"#;
    assert_eq!(pairs(&UpdateSubscribeRulesRequest::new(vec![rule])), json!([["Rules", json]]));
    let mut form = UpdateTranscriptionRequest::default();
    assert_eq!(pairs(&form), json!([]));
    form.status = Some(TranscriptionStatus::Stopped);
    assert_eq!(pairs(&form), json!([["Status", "stopped"]]));
}
