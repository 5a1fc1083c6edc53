//! The operations of a document: what each sends and receives.
//!
//! progenitor writes the builders with their setters. What they do with the values is the steward's: progenitor sends all
//! parameters in one style and one kind of body, and panics on a second type of an answer.

mod answer;
mod body;
mod choose;
mod collect;
mod parameter;
mod send;
mod slots;

use proc_macro2::TokenStream;

pub(super) use self::answer::{Answer, Arm, Kind};
pub(super) use self::body::{Body, BodyKind};
pub(super) use self::choose::{FORM, choose_media_types, is_multipart};
pub(super) use self::collect::collect;
pub(super) use self::parameter::{Parameter, Place, Writing};
pub(super) use self::slots::{Slot, fill};

/// An operation.
#[derive(Debug)]
pub(super) struct Call {
    /// The name of its function.
    pub(super) function: String,
    /// The name of its builder.
    pub(super) builder: String,
    /// Its method, in small letters.
    pub(super) method: String,
    pub(super) path: String,
    /// The base URLs of the document and of its own server, if they differ.
    pub(super) server: Option<[String; 2]>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Body>,
    pub(super) success: Answer,
    pub(super) failure: Answer,
    /// The media types that it accepts.
    pub(super) accept: Option<String>,
    pub(super) deprecated: bool,
}

impl Call {
    /// Returns a name for a variable that no parameter has.
    fn variable(&self, name: &str) -> proc_macro2::Ident {
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

    /// Returns the statements of `send` after its parameters are known, and the type that it returns.
    pub(super) fn to_code(&self) -> (Vec<syn::Stmt>, TokenStream) {
        (send::statements(self), send::output(self))
    }
}
