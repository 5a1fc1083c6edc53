//! The generated client of Twilio Video's `/v1/Rooms`, behind a fence.
//!
//! This crate has no policy: no authentication, no timeouts, no limits, no paging. It turns a call into a request, hands
//! that to a [`Transport`], and the response into a value. Depend on `twilio-rooms`, which supplies the transport.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod sid;
mod units;

#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::allow_attributes_without_reason,
    missing_docs,
    rustdoc::all,
    unreachable_pub,
    unused,
    reason = "the generated code is not ours to style: what matters is that the spec and the generator are right"
)]
#[rustfmt::skip]
mod generated;
#[allow(dead_code, unused_imports, reason = "a document uses only some parts of the runtime")]
mod runtime;

pub use self::generated::{Client, Error, OPERATIONS, ResponseValue, builder, types};
pub use self::runtime::{Aborted, Count, Execute, Execution, Form, OpenEnum, Operation, OutOfRange, Pairs, Transport};
pub use self::sid::{AccountSid, CallSid, ParticipantSid, RecordingSid, RoomSid, TrackSid, TranscriptionId};
pub use self::units::{ByteSize, Milliseconds, Minutes, Seconds, TryFromDurationError};

#[cfg(test)]
mod form_tests;
