//! Compares arbitrary bytes as two documents: each pair ends in changes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|pair: &[u8]| {
    let _ = openapi_steward::fuzzing::compare(pair);
});
