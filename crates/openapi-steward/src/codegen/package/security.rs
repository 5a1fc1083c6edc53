//! The credentials of a document's security schemes, as a file of a standalone crate.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Map, Value};

use super::Parts;
use crate::codegen::names::Names;
use crate::codegen::rust_passes;

/// A security scheme.
#[derive(Debug)]
pub(in crate::codegen) struct Scheme {
    /// Its name in the document.
    pub(in crate::codegen) name: String,
    /// The function that sets its secret.
    pub(in crate::codegen) setter: String,
    pub(in crate::codegen) place: Place,
    description: String,
}

/// The place of a credential in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::codegen) enum Place {
    Basic,
    Bearer,
    /// The whole `Authorization` header, of a scheme that this crate does not know.
    Authorization,
    Header(String),
    Query(String),
    Cookie(String),
    /// A client certificate.
    Certificate,
}

/// Returns the security schemes of a document, in its order.
pub(in crate::codegen) fn schemes(document: &Value) -> Vec<Scheme> {
    let mut names = Names::reserving(["new"]);
    let schemes = document.pointer("/components/securitySchemes").and_then(Value::as_object);
    schemes
        .into_iter()
        .flat_map(Map::iter)
        .filter_map(|(name, scheme)| {
            let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
            Some(Scheme {
                name: name.clone(),
                place: place(scheme)?,
                setter: names.field(name),
                description: text("description").trim().to_owned(),
            })
        })
        .collect()
}

fn place(scheme: &Value) -> Option<Place> {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    match (text("type"), text("scheme").to_ascii_lowercase().as_str(), text("in")) {
        ("http", "basic", _) => Some(Place::Basic),
        ("http", "bearer", _) | ("oauth2" | "openIdConnect", ..) => Some(Place::Bearer),
        ("http", ..) => Some(Place::Authorization),
        ("apiKey", _, "header") => Some(Place::Header(text("name").to_owned())),
        ("apiKey", _, "query") => Some(Place::Query(text("name").to_owned())),
        ("apiKey", _, "cookie") => Some(Place::Cookie(text("name").to_owned())),
        ("mutualTLS", ..) => Some(Place::Certificate),
        _ => None,
    }
}

/// Returns the alternatives of an operation: the positions of the schemes that each needs.
pub(in crate::codegen) fn alternatives(operation: &Value, document: &Value, schemes: &[Scheme]) -> Vec<Vec<usize>> {
    let security = operation.get("security").or_else(|| document.get("security")).and_then(Value::as_array);
    let position = |name: &String| schemes.iter().position(|scheme| scheme.name == *name);
    // An alternative with a scheme that is not described cannot be chosen.
    let alternative = |needed: &Value| needed.as_object()?.keys().map(position).collect::<Option<Vec<_>>>();
    security.into_iter().flatten().filter_map(alternative).collect()
}

impl Scheme {
    fn setter(&self, index: usize) -> Option<TokenStream> {
        let Self { name, setter, place, description } = self;
        let setter = format_ident!("{setter}");
        let sets = match place {
            Place::Basic => "the user name and the password".to_owned(),
            Place::Bearer => "the token".to_owned(),
            Place::Authorization => "the `Authorization` header".to_owned(),
            Place::Header(header) => format!("the key, which is sent in the header `{header}`"),
            Place::Query(parameter) => format!("the key, which is sent in the parameter `{parameter}` of the query"),
            Place::Cookie(cookie) => format!("the key, which is sent in the cookie `{cookie}`"),
            Place::Certificate => return None,
        };
        let doc = format!("Sets {sets}, of the scheme `{name}`.\n\n{description}");
        Some(if *place == Place::Basic {
            quote! {
                #[doc = #doc]
                #[must_use]
                pub fn #setter(mut self, user: impl AsRef<str>, password: impl AsRef<str>) -> Self {
                    self.0.set_basic(#index, user.as_ref(), password.as_ref());
                    self
                }
            }
        } else {
            quote! {
                #[doc = #doc]
                #[must_use]
                pub fn #setter(mut self, secret: impl Into<String>) -> Self {
                    self.0.set(#index, secret.into());
                    self
                }
            }
        })
    }

    fn placement(&self) -> TokenStream {
        match &self.place {
            Place::Basic => quote!(Placement::Authorization("Basic")),
            Place::Bearer => quote!(Placement::Authorization("Bearer")),
            Place::Authorization => quote!(Placement::Authorization("")),
            Place::Header(name) => quote!(Placement::Header(#name)),
            Place::Query(name) => quote!(Placement::Query(#name)),
            Place::Cookie(name) => quote!(Placement::Cookie(#name)),
            Place::Certificate => quote!(Placement::Elsewhere),
        }
    }
}

/// Returns the file with the credentials.
pub(super) fn file(parts: &Parts<'_>) -> String {
    let schemes = schemes(&parts.document);
    let placements = schemes.iter().map(Scheme::placement);
    let setters = schemes.iter().enumerate().filter_map(|(index, scheme)| scheme.setter(index));
    let operations: BTreeMap<&str, Vec<Vec<usize>>> = parts
        .operations()
        .map(|(call, operation)| (call.function.as_str(), alternatives(operation.value, &parts.document, &schemes)))
        .filter(|(_, alternatives)| alternatives.iter().any(|needed| !needed.is_empty()))
        .collect();
    let operations = operations.iter().map(|(name, alternatives)| {
        let alternatives = alternatives.iter().map(|needed| quote!(&[#(#needed),*]));
        quote!((#name, &[#(#alternatives),*]))
    });
    let base_url = parts.base_url.as_ref().map(|url| {
        quote! {
            /// The URL of the first server with a host in the document.
            pub const BASE_URL: &str = #url;
        }
    });
    let mut file: syn::File = syn::parse_quote! {
        use crate::{generated::Client, runtime::{Placement, Secrets, Security}};

        #base_url

        /// The credentials that a client sends. An operation gets those that the document asks for.
        ///
        /// Of several alternatives, an operation gets the first whose credentials are all set. If there is none, it is sent without.
        /// `Debug` shows no secret, and the values in headers are marked as sensitive.
        #[derive(Clone, Debug, Default)]
        pub struct Credentials(Secrets);

        impl Credentials {
            /// Creates a value without credentials.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }

            #(#setters)*
        }

        /// Returns a client that sends each request once, with these credentials.
        ///
        /// It has no timeouts, as [`reqwest::Client::new`] has none. [`connect_with`] takes another HTTP client, and
        /// [`Transport`](crate::Transport) a policy of your own, such as retries.
        #[must_use]
        pub fn connect(base_url: &str, credentials: Credentials) -> Client {
            connect_with(::reqwest::Client::new(), base_url, credentials)
        }

        /// Returns a client that sends each request once, with these credentials and this HTTP client.
        #[must_use]
        pub fn connect_with(http: ::reqwest::Client, base_url: &str, credentials: Credentials) -> Client {
            crate::runtime::with_credentials(http, base_url, credentials.0, SECURITY)
        }

        const SECURITY: Security = Security {
            schemes: &[#(#placements),*],
            operations: &[#(#operations),*],
        };
    };
    // A description can hold code, which is no test.
    rust_passes::tidy_all(&mut file);
    rust_passes::print(file)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_kind_of_scheme_has_a_place() {
        let document = json!({ "components": { "securitySchemes": {
            "basic auth": { "type": "http", "scheme": "Basic" },
            "token": { "type": "http", "scheme": "bearer", "description": "A token.\n\nOf a user." },
            "digest": { "type": "http", "scheme": "digest" },
            "oauth": { "type": "oauth2", "flows": {} },
            "oidc": { "type": "openIdConnect" },
            "key": { "type": "apiKey", "in": "header", "name": "X-Key" },
            "queryKey": { "type": "apiKey", "in": "query", "name": "key" },
            "session": { "type": "apiKey", "in": "cookie", "name": "sid" },
            "certificate": { "type": "mutualTLS" },
            "other": { "type": "other" },
        } } });
        let schemes = schemes(&document);
        let shown: Vec<String> = schemes.iter().map(|scheme| format!("{} {:?}", scheme.setter, scheme.place)).collect();
        insta::assert_snapshot!("places_of_credentials", shown.join("\n"));
        let setters: Vec<TokenStream> =
            schemes.iter().enumerate().filter_map(|(index, scheme)| scheme.setter(index)).take(3).collect();
        let mut file: syn::File = syn::parse_quote!(impl Credentials { #(#setters)* });
        rust_passes::tidy_all(&mut file);
        insta::assert_snapshot!("setters_of_credentials", prettyplease::unparse(&file));
    }

    #[test]
    fn an_operation_has_its_own_alternatives_or_those_of_the_document() {
        let document = json!({
            "security": [{ "a": [], "b": [] }],
            "components": { "securitySchemes": {
                "a": { "type": "http", "scheme": "basic" },
                "b": { "type": "http", "scheme": "bearer" },
            } },
        });
        let schemes = schemes(&document);
        let of = |operation: Value| alternatives(&operation, &document, &schemes);
        assert_eq!(of(json!({})), [[0, 1]]);
        assert_eq!(of(json!({ "security": [] })), Vec::<Vec<usize>>::new());
        assert_eq!(of(json!({ "security": [{ "unknown": [] }, { "b": [] }, {}] })), [vec![1], vec![]]);
    }
}
