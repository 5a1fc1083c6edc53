//! Validates arbitrary bytes as a document: each ends in findings.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|document: &[u8]| {
    let _ = openapi_steward::fuzzing::validate(document);
});
