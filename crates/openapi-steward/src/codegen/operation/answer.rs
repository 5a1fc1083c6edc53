//! The answers of an operation: what a response with a status is read as.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Map, Value};

use crate::codegen::rust_type::RustTypes;
use crate::document::is_json;

/// The statuses that a response is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    Code(u16),
    Range(u16),
    Default,
}

impl Status {
    fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            b"default" => Some(Self::Default),
            [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(Self::Range(u16::from(digit - b'0'))),
            _ => text.parse().ok().map(Self::Code),
        }
    }

    const fn class(self) -> Option<u16> {
        match self {
            Self::Code(code) => Some(code / 100),
            Self::Range(class) => Some(class),
            Self::Default => None,
        }
    }

    /// Returns whether no response of this status has a body (RFC 9110, sections 6.4.1 and 15).
    const fn has_no_body(self) -> bool {
        matches!(self, Self::Code(100..=199 | 204 | 205 | 304))
    }

    fn pattern(self, is_success: bool) -> TokenStream {
        match self {
            Self::Code(code) => quote!(#code),
            Self::Range(2) => quote!(200..=299),
            Self::Range(class) => {
                let (first, last) = (class * 100, class * 100 + 99);
                quote!(#first..=#last)
            }
            Self::Default if is_success => quote!(200..=299),
            Self::Default => quote!(_),
        }
    }

    fn variant(self) -> String {
        match self {
            Self::Code(code) => format!("Status{code}"),
            Self::Range(class) => format!("Status{class}xx"),
            Self::Default => "Default".to_owned(),
        }
    }
}

/// The form that a response is read in.
#[derive(Debug, Clone)]
enum Reading {
    Json(String),
    Empty,
    Bytes,
}

impl Reading {
    fn ty(&self) -> TokenStream {
        match self {
            Self::Json(ty) => ty.parse().unwrap_or_default(),
            Self::Empty => quote!(()),
            Self::Bytes => quote!(ByteStream),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Json(one), Self::Json(two)) => one == two,
            (one, two) => std::mem::discriminant(one) == std::mem::discriminant(two),
        }
    }
}

/// The answers of an operation that are successes, or those that are errors.
#[derive(Debug, Clone)]
pub(in crate::codegen) struct Answer {
    arms: Vec<(Status, Reading, String)>,
    /// The enum of several types.
    name: Option<String>,
    is_success: bool,
}

/// An enum of the types of an answer.
#[derive(Debug, Clone)]
pub(in crate::codegen) struct AnswerEnum<'a> {
    pub(in crate::codegen) name: &'a str,
    answer: &'a Answer,
}

/// Returns the successes and the errors of an operation.
pub(super) fn answers(operation: &Value, method: &str, types: RustTypes<'_>) -> [Answer; 2] {
    // Its responses have no bodies, whatever is described.
    let is_head = method == "head";
    let responses = operation.get("responses").and_then(Value::as_object);
    let mut all: Vec<(Status, Reading, String)> = responses
        .into_iter()
        .flat_map(Map::iter)
        .filter_map(|(status, response)| {
            let description = response.get("description").and_then(Value::as_str).unwrap_or_default();
            let status = Status::parse(status)?;
            let reading = if status.has_no_body() || is_head { Reading::Empty } else { reading(response, types) };
            Some((status, reading, description.to_owned()))
        })
        .collect();
    all.sort_by_key(|(status, ..)| *status);
    let has_class = |class: u16| all.iter().any(|(status, ..)| status.class() == Some(class));
    // An operation that only redirects, or only upgrades, succeeds with that.
    let success_class = [2, 3, 1].into_iter().find(|class| has_class(*class)).unwrap_or(2);
    let has_success = has_class(success_class);
    let is_success = |status: Status| match status.class() {
        Some(class) => class == success_class || class == 2,
        None => !has_success,
    };
    let is_failure = |status: Status| status.class().is_none_or(|class| class >= 4);
    let success = all.iter().filter(|(status, ..)| is_success(*status)).cloned().collect();
    let failure = all.iter().filter(|(status, ..)| is_failure(*status)).cloned().collect();
    let mut success = Answer { arms: success, name: None, is_success: true };
    if success.arms.is_empty() {
        success.arms.push((Status::Range(2), Reading::Bytes, String::new()));
    }
    [success, Answer { arms: failure, name: None, is_success: false }]
}

fn reading(response: &Value, types: RustTypes<'_>) -> Reading {
    let content = response.get("content").and_then(Value::as_object).and_then(|content| content.iter().next());
    match content {
        Some((media, value)) if is_json(media) => {
            let schema = value.get("schema").unwrap_or(&Value::Null);
            Reading::Json(types.of(schema).to_string().replace("crate :: types", "types"))
        }
        Some(_) => Reading::Bytes,
        None => Reading::Empty,
    }
}

/// The kind of the value of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::codegen) enum Kind {
    Json,
    Empty,
    Bytes,
}

/// One response of an answer.
#[derive(Debug)]
pub(in crate::codegen) struct Arm {
    /// Its key in the document.
    pub(in crate::codegen) key: String,
    /// Its variant, if the answer is an enum.
    pub(in crate::codegen) variant: String,
    pub(in crate::codegen) kind: Kind,
}

impl Answer {
    /// Returns its responses, and the name of the enum if it is one.
    pub(in crate::codegen) fn responses(&self) -> (Option<&str>, Vec<Arm>) {
        let arms = self.arms.iter().map(|(status, reading, _)| Arm {
            key: match status {
                Status::Code(code) => code.to_string(),
                Status::Range(class) => format!("{class}XX"),
                Status::Default => "default".to_owned(),
            },
            variant: status.variant(),
            kind: match reading {
                Reading::Json(_) => Kind::Json,
                Reading::Empty => Kind::Empty,
                Reading::Bytes => Kind::Bytes,
            },
        });
        (self.name.as_deref(), arms.collect())
    }

    /// Gives the answer a name if it is of several types.
    pub(super) fn name_with(&mut self, name: impl FnOnce() -> String) {
        if self.arms.iter().any(|(_, reading, _)| !reading.is_same(&self.arms[0].1)) {
            self.name = Some(name());
        }
    }

    /// Returns whether its value can be shown: it is an enum, or read from JSON.
    pub(in crate::codegen) fn is_shown(&self) -> bool {
        self.name.is_some() || matches!(self.arms.first(), Some((_, Reading::Json(_), _)))
    }

    /// Returns whether a response of any status that no other arm is for is one of these.
    pub(super) fn has_default(&self) -> bool {
        self.arms.iter().any(|(status, ..)| *status == Status::Default)
    }

    pub(super) fn ty(&self) -> TokenStream {
        match (&self.name, self.arms.first()) {
            (Some(name), _) => {
                let name = format_ident!("{name}");
                quote!(types::#name)
            }
            (None, Some((_, reading, _))) => reading.ty(),
            (None, None) => quote!(()),
        }
    }

    /// Returns the arms of the match of the status.
    pub(super) fn arms(&self, response: &syn::Ident) -> Vec<TokenStream> {
        let arms = self.arms.iter().map(|(status, reading, _)| {
            let pattern = status.pattern(self.is_success);
            let variant = self.name.as_ref().map(|name| {
                let (name, variant) = (format_ident!("{name}"), format_ident!("{}", status.variant()));
                quote!(types::#name::#variant)
            });
            let read = if self.is_success { quote!(read_body) } else { quote!(read_failure) };
            let value = match (reading, variant) {
                (Reading::Json(_), None) => quote!(crate::runtime::#read(#response).await),
                (Reading::Json(_), Some(variant)) => {
                    let ty = reading.ty();
                    quote!(crate::runtime::#read::<#ty, _>(#response).await?.map::<_, _, Error<_>>(#variant))
                }
                (Reading::Empty, None) => quote!(Ok(ResponseValue::empty(#response))),
                (Reading::Empty, Some(variant)) => {
                    quote!(ResponseValue::empty(#response).map::<_, _, Error<_>>(|()| #variant))
                }
                (Reading::Bytes, None) => quote!(Ok(ResponseValue::stream(#response))),
                (Reading::Bytes, Some(variant)) => {
                    quote!(ResponseValue::stream(#response).map::<_, _, Error<_>>(#variant))
                }
            };
            match (self.is_success, reading) {
                (true, _) => quote!(#pattern => #value),
                (false, Reading::Empty) if self.name.is_none() => {
                    quote!(#pattern => Err(Error::ErrorResponse(ResponseValue::empty(#response))))
                }
                (false, Reading::Bytes) if self.name.is_none() => {
                    quote!(#pattern => Err(Error::ErrorResponse(ResponseValue::stream(#response))))
                }
                (false, _) => quote!(#pattern => Err(Error::ErrorResponse(#value?))),
            }
        });
        arms.collect()
    }

    /// Returns the enum of the types, if there are several.
    pub(in crate::codegen) fn as_enum(&self) -> Option<AnswerEnum<'_>> {
        Some(AnswerEnum { name: self.name.as_deref()?, answer: self })
    }
}

impl AnswerEnum<'_> {
    /// Returns the items of the enum: the type, and its `Debug`, since a stream has none.
    pub(in crate::codegen) fn to_items(&self, function: &str) -> [syn::Item; 2] {
        let name = format_ident!("{}", self.name);
        let kind = if self.answer.is_success { "responses" } else { "error responses" };
        let doc = format!("The {kind} of `{function}`, by their status.");
        let variants = self.answer.arms.iter().map(|(status, reading, description)| {
            let variant = format_ident!("{}", status.variant());
            let value = match reading {
                Reading::Json(ty) => {
                    let ty: TokenStream = ty.replace("types ::", "crate :: types ::").parse().unwrap_or_default();
                    quote!((#ty))
                }
                Reading::Empty => quote!(),
                Reading::Bytes => quote!((::progenitor_client::ByteStream)),
            };
            quote!(#[doc = #description] #variant #value)
        });
        let shown = self.answer.arms.iter().map(|(status, reading, _)| {
            let (variant, text) = (format_ident!("{}", status.variant()), status.variant());
            match reading {
                Reading::Json(_) => quote!(Self::#variant(value) => f.debug_tuple(#text).field(value).finish()),
                Reading::Empty => quote!(Self::#variant => f.write_str(#text)),
                Reading::Bytes => quote!(Self::#variant(_) => f.debug_tuple(#text).finish_non_exhaustive()),
            }
        });
        [
            syn::parse_quote! {
                #[doc = #doc]
                #[non_exhaustive]
                pub enum #name { #(#variants,)* }
            },
            syn::parse_quote! {
                impl ::std::fmt::Debug for #name {
                    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        match self { #(#shown,)* }
                    }
                }
            },
        ]
    }
}
