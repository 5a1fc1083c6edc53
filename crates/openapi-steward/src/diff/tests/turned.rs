//! Webhooks and callbacks, whose requests the service sends: what breaks a request of a client is harmless there, and the other way
//! round.

use super::schemas::kinds;
use super::*;

/// An operation that the service calls, and the edits of it with the changes that they are.
const OPERATION: &str = "{ parameters: [{ name: X-Sig, in: header, required: true, schema: { type: string } }], \
     requestBody: { content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: string, maxLength: 9 }, at: { type: string } } } } } }, \
     responses: { '200': { description: d, content: { application/json: { schema: { type: object, properties: { ok: { type: boolean } } } } } } } }";

const EDITS: [(&str, &str, &str); 21] = [
    ("maxLength: 9", "maxLength: 5", "additive max-length-lowered"),
    ("maxLength: 9", "maxLength: 12", "breaking max-length-raised"),
    ("at: { type: string }", "at: { type: string }, by: { type: string }", "additive property-added"),
    (", at: { type: string }", "", "breaking property-removed"),
    ("required: [id]", "required: [id, at]", "additive property-now-required"),
    ("required: [id], ", "", "breaking property-now-optional"),
    ("requestBody: { content", "requestBody: { required: true, content", "additive request-body-now-required"),
    ("required: true, schema", "schema", "breaking parameter-now-optional"),
    ("name: X-Sig", "name: x-sig", ""),
    (
        "parameters: [",
        "parameters: [{ name: X-New, in: header, required: true, schema: { type: string } }, ",
        "additive required-parameter-added",
    ),
    ("{ name: X-Sig, in: header, required: true, schema: { type: string } }", "", "breaking parameter-removed"),
    ("type: boolean", "type: boolean, enum: [true]", "breaking enum-added"),
    ("properties: { ok", "required: [ok], properties: { ok", "breaking property-now-required"),
    ("{ ok: { type: boolean } }", "{ ok: { type: boolean }, why: { type: string } }", "additive property-added"),
    (
        "description: d, content",
        "description: d, headers: { X-A: { required: true, schema: { type: string } } }, content",
        "breaking header-added",
    ),
    (
        "description: d, content",
        "description: d, headers: { X-A: { schema: { type: string } } }, content",
        "additive header-added",
    ),
    ("'200'", "'202'", "breaking success-response-removed; additive response-added"),
    (
        "application/json: { schema: { type: object, required",
        "application/xml: { schema: { type: object, required",
        "breaking media-type-removed; additive media-type-added",
    ),
    ("{ parameters", "{ summary: S, parameters", "documentation documentation-changed"),
    ("{ parameters", "{ deprecated: true, parameters", "notice deprecated"),
    ("{ parameters", "{ security: [{ a: [] }], parameters", ""),
];

fn webhook(operation: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\nwebhooks:\n  done:\n    post: {operation}\n")
}

fn callback(operation: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    post:\n      responses: {{ '200': {{ description: d }} }}\n      \
         callbacks:\n        done:\n          '{{$request.body#/url}}':\n            post: {operation}\n"
    )
}

#[test]
fn a_request_that_the_service_sends_is_judged_as_its_reader_sees_it() -> Result<(), CouldNotRun> {
    let mut wrong = Vec::new();
    for (from, to, expected) in EDITS {
        assert!(OPERATION.contains(from), "{from:?} is not in the operation");
        let new = OPERATION.replacen(from, to, 1);
        for (name, document) in [("webhook", webhook as fn(&str) -> String), ("callback", callback)] {
            let found = kinds(&document(OPERATION), &document(&new))?;
            if found != expected {
                wrong.push(format!("{from} => {to} in a {name}: {found}, and not {expected}"));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    Ok(())
}

/// The lines of a report on two documents.
fn lines(old: &str, new: &str) -> Result<Vec<String>, CouldNotRun> {
    let changes = wire_changes(&parse(old)?, &parse(new)?);
    Ok(changes.iter().map(|change| format!("{} {} {}", change.severity, change.item, change.predicate)).collect())
}

#[test]
fn a_webhook_and_a_callback_can_come_and_go() -> Result<(), CouldNotRun> {
    let (hook, call) = (webhook(OPERATION), callback(OPERATION));
    let renamed = hook.replace("  done:", "  finished:");
    assert_eq!(
        lines(&hook, &renamed)?,
        ["breaking the webhook `done` (POST) was removed", "additive the webhook `finished` (POST) was added"]
    );
    let announced =
        hook.replacen("post: { parameters", "post: { deprecated: true, x-sunset: '2030-01-01', parameters", 1);
    assert!(lines(&announced, &renamed)?[0].starts_with("notice the webhook `done` (POST) was removed, as its"));
    assert_eq!(
        lines(&call, &call.replace("        done:", "        finished:"))?,
        ["breaking POST /a, the callback `done` was removed", "additive POST /a, the callback `finished` was added"]
    );
    assert_eq!(
        lines(&call, &call.replace("#/url", "#/callback"))?,
        [
            "breaking POST /a, the callback `done` is sent to `{$request.body#/callback}` and was sent to `{$request.body#/url}`"
        ]
    );
    assert_eq!(
        lines(&call, &call.replace("maxLength: 9", "maxLength: 12"))?,
        ["breaking POST /a, the callback `done`, the request body.id the maxLength was 9 and is 12"]
    );
    Ok(())
}

#[test]
fn a_schema_of_both_senders_is_judged_for_each() -> Result<(), CouldNotRun> {
    let document = |limit: u8| {
        format!(
            "openapi: 3.1.0\npaths:\n  /a:\n    post:\n      requestBody: {{ $ref: '#/components/requestBodies/B' }}\n      responses: {{ '200': {{ description: d }} }}\n\
             webhooks:\n  done:\n    post:\n      requestBody: {{ $ref: '#/components/requestBodies/B' }}\n      responses: {{ '200': {{ description: d }} }}\n\
             components:\n  requestBodies:\n    B: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Event' }} }} }} }}\n  \
             schemas:\n    Event: {{ type: object, properties: {{ at: {{ type: string, maxLength: {limit} }} }} }}\n"
        )
    };
    assert_eq!(kinds(&document(4), &document(5))?, "breaking max-length-raised; additive max-length-raised");
    let changes = wire_changes(&parse(&document(4))?, &parse(&document(5))?);
    let users: Vec<&[String]> = changes.iter().map(|change| change.used_by.as_slice()).collect();
    assert_eq!(users, [["POST /a", "the webhook `done` (POST)"]; 2]);
    Ok(())
}
