//! Small edits of the spec of this workspace, and the report on each.

use std::sync::OnceLock;

use super::edit_lists::{
    DOCUMENTATION, HEADERS, NOTICES, OPERATIONS, PARTS, REFUSED, REQUESTS_NARROWER, REQUESTS_WIDER, RESPONSES_NARROWER,
    RESPONSES_WIDER,
};
use super::*;

/// An edit: its name, a text before its place, the old text and the new text.
pub(super) type Edit = (&'static str, &'static str, &'static str, &'static str);

pub(super) use crate::tests::ROOMS;

/// Returns the spec without an edit, with which each edit is compared.
pub(super) fn base() -> Result<&'static DocumentVersion, CouldNotRun> {
    static BASE: OnceLock<Result<DocumentVersion, String>> = OnceLock::new();
    let base = BASE.get_or_init(|| version(ROOMS).map_err(|error| error.0));
    base.as_ref().map_err(|message| CouldNotRun(message.clone()))
}

/// Returns the text of the spec after an edit, which has to be possible.
pub(super) fn edited((name, after, from, to): Edit) -> String {
    let start = ROOMS.find(after).map(|at| at + after.len());
    let place = start.and_then(|start| ROOMS[start..].find(from).map(|at| start + at));
    assert!(place.is_some(), "{name}: there is no {from:?} after {after:?} in the spec");
    let place = place.unwrap_or_default();
    format!("{}{to}{}", &ROOMS[..place], &ROOMS[place + from.len()..])
}

fn line(change: &Change) -> String {
    format!("{} {} {} {}", change.severity, change.surface.name(), change.item, change.predicate)
}

/// Returns the changes after an edit.
pub(super) fn report_on(edit: Edit) -> Result<Vec<String>, CouldNotRun> {
    let text = edited(edit);
    let new = version(&text).map_err(|error| CouldNotRun(format!("{}: {}", edit.0, error.0)))?;
    Ok(changes(base()?, &new).iter().map(line).collect())
}

/// Returns the changes after each edit alone.
fn report_on_each(edits: &[Edit]) -> Result<String, CouldNotRun> {
    let mut text = String::new();
    for edit in edits {
        let report = report_on(*edit)?;
        assert!(!report.is_empty(), "{}: no change is reported", edit.0);
        text = format!("{text}{}\n", edit.0);
        text.extend(without_other_operations(&report).map(|line| format!("  {line}\n")));
    }
    Ok(text)
}

/// Returns the lines without those of operations below a room, which share most changes with the rooms.
fn without_other_operations(report: &[String]) -> impl Iterator<Item = &String> {
    let others = ["{RoomSid}", "Participant", "Track", "Recordings", "Transcriptions", "SubscribeRules"];
    report.iter().filter(move |line| !others.iter().any(|other| line.contains(other)) || report.len() <= 3)
}

#[test]
fn a_narrower_request_breaks() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("requests_narrower", report_on_each(&REQUESTS_NARROWER)?);
    Ok(())
}

#[test]
fn operations_are_identified_by_method_and_path() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("operations", report_on_each(&OPERATIONS)?);
    Ok(())
}

#[test]
fn a_wider_request_breaks_nothing_on_the_wire() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("requests_wider", report_on_each(&REQUESTS_WIDER)?);
    Ok(())
}

#[test]
fn a_wider_response_breaks() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("responses_wider", report_on_each(&RESPONSES_WIDER)?);
    Ok(())
}

#[test]
fn a_narrower_response_breaks_nothing_on_the_wire() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("responses_narrower", report_on_each(&RESPONSES_NARROWER)?);
    Ok(())
}

#[test]
fn an_edit_that_the_generator_refuses_is_compared_on_the_wire() -> Result<(), CouldNotRun> {
    let mut text = String::new();
    for edit in REFUSED {
        let root = parse(&edited(edit))?;
        text = format!("{text}{}\n", edit.0);
        text.extend(wire_changes(&base()?.document.root, &root).iter().map(|change| format!("  {}\n", line(change))));
    }
    insta::assert_snapshot!("refused", text);
    Ok(())
}

#[test]
fn headers_are_part_of_a_response() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("headers", report_on_each(&HEADERS)?);
    Ok(())
}

#[test]
fn a_change_that_has_to_be_deliberate_is_a_notice() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("notices", report_on_each(&NOTICES)?);
    Ok(())
}

#[test]
fn documentation_has_its_own_weight() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("documentation", report_on_each(&DOCUMENTATION)?);
    Ok(())
}

#[test]
fn parts_that_are_not_understood_are_reported() -> Result<(), CouldNotRun> {
    insta::assert_snapshot!("parts", report_on_each(&PARTS)?);
    Ok(())
}

#[test]
fn a_change_is_at_its_key_and_a_removal_at_its_old_key() -> Result<(), CouldNotRun> {
    for (edit, expected) in [
        (REQUESTS_NARROWER[0], "maximum: 40"),
        (REQUESTS_NARROWER[7], "$ref: '#/components/parameters/PageToken'"),
        (RESPONSES_WIDER[0], "audio_only:"),
        (HEADERS[0], "Retry-After:"),
        (REQUESTS_NARROWER[15], "scheme: bearer"),
        (DOCUMENTATION[13], "description: The status of the room, which is open"),
    ] {
        let text = edited(edit);
        let changes = changes(base()?, &version(&text)?);
        let line = |text: &str, byte: usize| text[byte..].lines().next().unwrap_or_default().to_owned();
        let lines: Vec<String> = changes
            .iter()
            .filter(|change| change.surface == Surface::Wire)
            .filter_map(|change| {
                let is_old = change.kind.ends_with("-removed");
                let old = change.old.filter(|_| is_old).map(|byte| line(ROOMS, byte));
                old.or_else(|| change.new.map(|byte| line(&text, byte)))
            })
            .collect();
        assert!(
            lines.iter().all(|line| line.starts_with(expected) || line.starts_with("name: PageToken")),
            "{lines:?}"
        );
        assert!(!lines.is_empty(), "{}", edit.0);
    }
    Ok(())
}
