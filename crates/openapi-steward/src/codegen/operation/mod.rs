//! The operations of a document: what each sends and receives.
//!
//! progenitor writes the builders with their setters. What they do with the values is the steward's: progenitor sends all
//! parameters in one style and one kind of body, and panics on a second type of an answer.

mod answer;
mod body;
mod call;
mod choose;
mod collect;
mod parameter;
mod send;
mod slots;

pub(super) use self::answer::{Answer, Arm, Kind};
pub(super) use self::body::BodyKind;
pub(super) use self::call::Call;
pub(super) use self::choose::{FORM, choose_media_types, is_form, is_multipart};
pub(super) use self::collect::collect;
pub(super) use self::parameter::{Place, Writing};
pub(super) use self::send::to_code;
pub(super) use self::slots::{Slot, fill};
