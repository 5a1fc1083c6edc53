//! The conformance test of a crate: each operation is called, and answered with each response that the document describes.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Map, Value};

use super::Parts;
use super::call::{CONTENT, SampleCall, sampler};
use super::expectation::{request, secret};
use super::marker::marker;
use super::sample::{Direction, Sampler};
use super::security::{Place, Scheme, schemes};
use super::values::Values;
use crate::codegen::document_visitor::Operation;
use crate::codegen::operation::{Answer, Arm, Call, Kind};
use crate::codegen::rust_passes;
use crate::document::is_json;

/// The files of the test that are the same in each crate.
const FILES: [(&str, &str); 2] = [
    ("tests/conformance/decoded.rs", include_str!("../../conformance/decoded.rs")),
    ("tests/conformance/server.rs", include_str!("../../conformance/server.rs")),
];

/// Reads a value of a type from JSON.
fn decode(rust: &TokenStream, json: &str) -> TokenStream {
    quote!(value::<#rust>(#json))
}

/// Returns the files of the test.
pub(super) fn files(parts: &Parts<'_>) -> Vec<(String, String)> {
    let shared = FILES.map(|(name, text)| (name.to_owned(), format!("{}\n{text}", marker("//"))));
    shared.into_iter().chain([("tests/conformance/main.rs".to_owned(), tests(parts))]).collect()
}

/// Returns the file with a test for each operation.
fn tests(parts: &Parts<'_>) -> String {
    let krate = parts.krate();
    let schemes = schemes(&parts.document);
    let tests: Vec<(String, Option<TokenStream>)> = parts
        .operations()
        .map(|(call, operation)| (call.function.clone(), test(parts, call, &operation, &schemes, &krate)))
        .collect();
    let left_out: Vec<&str> =
        tests.iter().filter(|(_, test)| test.is_none()).map(|(function, _)| function.as_str()).collect();
    let left_out = if left_out.is_empty() {
        String::new()
    } else {
        format!("//!\n//! Left out, since no value matches what they send: {}.\n", left_out.join(", "))
    };
    let tests = tests.into_iter().filter_map(|(_, test)| test);
    let setters = schemes.iter().enumerate().filter_map(|(index, scheme)| {
        let (setter, secret) = (format_ident!("{}", scheme.setter), secret(index));
        match scheme.place {
            Place::Certificate => None,
            Place::Basic => Some(quote!(.#setter("user", "password"))),
            _ => Some(quote!(.#setter(#secret))),
        }
    });
    let krate = format_ident!("{krate}");
    let file = syn::parse_quote! {
        mod decoded;
        mod server;
        use decoded::{Decoded, bytes, json, value};
        use #krate::{Client, Credentials, Error, connect_with};
        use server::Server;

        /// Returns a client of the server, with credentials of each kind.
        fn client(server: &Server) -> Client {
            let http = ::reqwest::Client::builder().no_proxy().build().expect("reqwest needs nothing");
            connect_with(http, &server.url(), Credentials::new()#(#setters)*)
        }

        #(#tests)*
    };
    let code = rust_passes::print(file);
    format!(
        "{}\n//! Calls each operation, compares the request with the document, and answers with each response that it describes.\n\
         {left_out}\n#![allow(\n    clippy::all,\n    clippy::pedantic,\n    deprecated,\n    unused,\n    \
         reason = \"generated code is not styled by hand\"\n)]\n\n{code}",
        marker("//")
    )
}

fn test(
    parts: &Parts<'_>,
    call: &Call,
    operation: &Operation<'_>,
    schemes: &[Scheme],
    krate: &str,
) -> Option<TokenStream> {
    let values = Values { sampler: sampler(&parts.document, true), krate, decode };
    let sample = SampleCall::new(parts, values, call, operation)?;
    let expected = request(parts, call, operation, &sample, schemes)?.to_string();
    let described = operation.value.get("responses").and_then(Value::as_object)?;
    let replies = |answer: &Answer, is_success: bool| {
        let (_, arms) = answer.responses();
        let replies = arms.into_iter().filter_map(|arm| reply(parts, described, &arm, is_success));
        replies.collect::<Vec<_>>()
    };
    let replies: Vec<TokenStream> = [replies(&call.success, true), replies(&call.failure, false)].concat();
    if replies.is_empty() {
        return None;
    }
    let name = format_ident!("calls_{}", call.function.trim_end_matches('_'));
    let SampleCall { statements, builder, .. } = sample;
    let (success, failure) = (decoded(&call.success, krate), decoded(&call.failure, krate));
    Some(quote! {
        #[tokio::test]
        async fn #name() {
            let request = #expected;
            let replies: &[(u16, bool, &str, &str)] = &[#(#replies),*];
            for &(status, is_success, media, body) in replies {
                let server = Server::start(status, media, body);
                let client = client(&server);
                let result = {
                    #(#statements)*
                    #builder.send().await
                };
                if let Err(Error::InvalidRequest(error)) = &result {
                    panic!("the request cannot be sent: {error}");
                }
                server.check(request);
                let decoded = match result {
                    Ok(response) => {
                        assert!(is_success, "{status} is an error");
                        #success
                    }
                    Err(Error::ErrorResponse(response)) => {
                        assert!(!is_success, "{status} is no error");
                        #failure
                    }
                    Err(error) => panic!("{status}: {error}"),
                };
                decoded.check(status, body);
            }
        }
    })
}

/// Returns the code that takes the value out of a response.
fn decoded(answer: &Answer, krate: &str) -> TokenStream {
    let take = |kind: Kind| match kind {
        Kind::Json => quote!(json(&value)),
        Kind::Empty => quote!(Decoded::Empty),
        Kind::Bytes => quote!(bytes(value).await),
    };
    let (name, arms) = answer.responses();
    let Some(name) = name else {
        let kind = arms.first().map_or(Kind::Empty, |arm| arm.kind);
        let taken = take(kind);
        return if kind == Kind::Empty {
            quote!({ drop(response); #taken })
        } else {
            quote!({ let value = response.into_inner(); #taken })
        };
    };
    let (krate, name) = (format_ident!("{krate}"), format_ident!("{name}"));
    let arms = arms.iter().map(|arm| {
        let (variant, taken) = (format_ident!("{}", arm.variant), take(arm.kind));
        let pattern = if arm.kind == Kind::Empty { quote!() } else { quote!((value)) };
        quote!(#krate::types::#name::#variant #pattern => #taken)
    });
    quote!(match response.into_inner() {
        #(#arms,)*
        _ => panic!("{status} is of another type"),
    })
}

/// Returns what the server answers: a status, whether it is a success, a media type and a body. None if no value can be found.
fn reply(parts: &Parts<'_>, described: &Map<String, Value>, arm: &Arm, is_success: bool) -> Option<TokenStream> {
    let response =
        described.iter().find(|(key, _)| key.eq_ignore_ascii_case(&arm.key)).map(|(_, response)| response)?;
    let status = status(described, &arm.key, is_success)?;
    let content = response.get("content").and_then(Value::as_object).filter(|content| !content.is_empty());
    let (media, body) = match arm.kind {
        Kind::Empty => (String::new(), String::new()),
        Kind::Bytes => {
            let media = content.and_then(|content| content.keys().next()).map_or("", String::as_str);
            let is_range = media.contains('*') || media.is_empty();
            (if is_range { "application/octet-stream" } else { media }.to_owned(), CONTENT.to_owned())
        }
        Kind::Json => {
            let plain = content?
                .iter()
                .find(|(media, _)| media.split(';').next().unwrap_or_default().trim() == "application/json");
            let (media, described) = plain.or_else(|| content?.iter().find(|(media, _)| is_json(media)))?;
            let sampler =
                Sampler { document: &parts.document, direction: Direction::Response, complete: true, budget: None };
            let value = match described.get("schema") {
                Some(schema) => sampler.sample(schema)?,
                None => Value::from("text"),
            };
            (media.clone(), value.to_string())
        }
    };
    Some(quote!((#status, #is_success, #media, #body)))
}

/// Returns a status that a response of the document is for, and no other.
fn status(described: &Map<String, Value>, key: &str, is_success: bool) -> Option<u16> {
    if let Ok(status) = key.parse::<u16>() {
        return (status >= 200).then_some(status);
    }
    let has = |key: &str| described.keys().any(|other| other.eq_ignore_ascii_case(key));
    let is_free = |status: &u16| !has(&status.to_string()) && ![204, 205, 304].contains(status);
    let of_class = |class: u16| (class * 100..class * 100 + 100).find(is_free);
    let class = key.get(..1).and_then(|class| class.parse::<u16>().ok());
    match class {
        Some(class) => (class >= 2).then(|| of_class(class))?,
        None if is_success => (!has("2XX")).then(|| of_class(2))?,
        None => [5, 4].into_iter().find(|class| !has(&format!("{class}XX"))).and_then(of_class),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_tried_with_a_status_that_no_other_is_for() {
        let described = |keys: &[&str]| keys.iter().map(|key| ((*key).to_owned(), Value::Null)).collect::<Map<_, _>>();
        for (keys, key, is_success, expected) in [
            (&["200", "default"][..], "200", true, Some(200)),
            (&["200", "default"], "default", false, Some(500)),
            (&["5XX", "default"], "default", false, Some(400)),
            (&["4xx", "5xx", "default"], "default", false, None),
            (&["default"], "default", true, Some(200)),
            (&["200", "2XX"], "2XX", true, Some(201)),
            (&["100"], "100", true, None),
            (&["404", "4XX"], "4XX", false, Some(400)),
        ] {
            assert_eq!(status(&described(keys), key, is_success), expected, "{keys:?} {key}");
        }
    }
}
