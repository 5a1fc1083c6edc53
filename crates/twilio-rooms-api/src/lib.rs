//! The generated client of Twilio Video's `/v1/Rooms`, behind a fence.
//!
//! This crate has no policy: no authentication, no timeouts, no limits, no paging. It turns a call into a request, hands
//! that to a [`Transport`], and the response into a value. Depend on `twilio-rooms`, which supplies the transport.

#[allow(dead_code, reason = "which of it is used depends on the document")]
mod decode;
#[allow(dead_code, reason = "which of it is used depends on the forms of the document")]
mod form;
mod open_enum;
mod operation;
mod path;
mod sid;
mod transport;
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

use self::form::form;
use self::open_enum::open_enum;
use self::path::encode_path;

pub use self::form::{Count, Form, OutOfRange, Pairs};
pub use self::generated::{Client, Error, OPERATIONS, ResponseValue, builder, types};
pub use self::open_enum::OpenEnum;
pub use self::operation::Operation;
pub use self::sid::{AccountSid, CallSid, ParticipantSid, RecordingSid, RoomSid, TrackSid, TranscriptionId};
pub use self::transport::{Aborted, Execute, Execution, Transport};
pub use self::units::{ByteSize, Milliseconds, Minutes, Seconds, TryFromDurationError};
