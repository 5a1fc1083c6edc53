//! An operation as the generated code has it.

use super::answer::Answer;
use super::body::Body;
use super::parameter::Parameter;

/// An operation.
#[derive(Debug)]
pub(in crate::codegen) struct Call {
    /// The name of its function.
    pub(in crate::codegen) function: String,
    /// The name of its builder.
    pub(in crate::codegen) builder: String,
    /// Its method, in small letters.
    pub(in crate::codegen) method: String,
    pub(in crate::codegen) path: String,
    /// The base URLs of the document and of its own server, if they differ.
    pub(in crate::codegen) server: Option<[String; 2]>,
    pub(in crate::codegen) parameters: Vec<Parameter>,
    pub(in crate::codegen) body: Option<Body>,
    pub(in crate::codegen) success: Answer,
    pub(in crate::codegen) failure: Answer,
    /// The media types that it accepts.
    pub(in crate::codegen) accept: Option<String>,
    pub(in crate::codegen) deprecated: bool,
}

impl Call {
    /// Returns a name for a variable that no parameter has.
    pub(super) fn variable(&self, name: &str) -> proc_macro2::Ident {
        let is_taken = |name: &str| {
            self.parameters.iter().any(|parameter| parameter.ident == name)
                || self.body.as_ref().is_some_and(|body| body.ident == name)
        };
        let mut name = name.to_owned();
        while is_taken(&name) {
            name.insert(0, '_');
        }
        quote::format_ident!("{name}")
    }
}
