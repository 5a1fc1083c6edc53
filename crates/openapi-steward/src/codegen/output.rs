//! The result of the generator.

use super::forms::Form;
use super::multipart::Multipart;
use super::operation::Call;

/// The generated code, and what it is about.
#[derive(Debug)]
pub(crate) struct Generated {
    pub(crate) code: String,
    pub(super) calls: Vec<Call>,
    pub(super) forms: Vec<Form>,
    pub(super) multiparts: Vec<Multipart>,
}
