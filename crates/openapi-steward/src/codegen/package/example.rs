//! The first call of a client: an example, and the README.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::call::{SampleCall, sampler};
use super::licence::Licence;
use super::marker::{MARKER, marker};
use super::security::{Place, alternatives, schemes};
use super::values::Values;
use super::{Parts, manifest, runtime};
use crate::codegen::operation::Call;

/// Reads a value of a type from JSON.
fn decode(rust: &TokenStream, json: &str) -> TokenStream {
    quote!(::serde_json::from_str::<#rust>(#json)?)
}

/// Returns the example of the first operation for which values can be found.
pub(super) fn example(parts: &Parts<'_>) -> Option<String> {
    let (call, body) = first_call(parts)?;
    let krate = parts.krate();
    let krate_ident = format_ident!("{krate}");
    let mut imports = vec![quote!(Credentials), quote!(connect)];
    if parts.base_url.is_some() {
        imports.insert(0, quote!(BASE_URL));
    }
    let file = syn::parse_quote! {
        use #krate_ident::{#(#imports),*};

        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            #body
            Ok(())
        }
    };
    let code = plain(&crate::codegen::rust_passes::print(file));
    Some(format!("{}\n//! Calls `{}`, the first operation of the document.\n\n{code}", marker("//"), call.function))
}

/// Returns the first operation, and the statements that call it.
fn first_call<'a>(parts: &'a Parts<'_>) -> Option<(&'a Call, TokenStream)> {
    let krate = parts.krate();
    let values = Values { sampler: sampler(&parts.document, false), krate: &krate, decode };
    // A call of a deprecated one is a warning.
    let calls = || parts.operations().filter(|(call, _)| !call.deprecated).chain(parts.operations());
    let mut calls = calls().filter_map(|(call, operation)| {
        let sample = SampleCall::new(parts, values, call, &operation)?;
        Some((call, operation, sample))
    });
    let (call, operation, SampleCall { statements, builder, .. }) = calls.next()?;
    let schemes = schemes(&parts.document);
    let needed = alternatives(operation.value, &parts.document, &schemes);
    let setters = needed.into_iter().next().unwrap_or_default().into_iter().filter_map(|index| {
        let scheme = schemes.get(index)?;
        let (setter, variable) =
            (format_ident!("{}", scheme.setter), scheme.setter.trim_end_matches('_').to_uppercase());
        match scheme.place {
            Place::Certificate => None,
            Place::Basic => {
                let (user, password) = (format!("{variable}_USER"), format!("{variable}_PASSWORD"));
                Some(quote!(.#setter(std::env::var(#user)?, std::env::var(#password)?)))
            }
            _ => Some(quote!(.#setter(std::env::var(#variable)?))),
        }
    });
    let base_url = if parts.base_url.is_some() { quote!(BASE_URL) } else { quote!("https://api.example.com") };
    let shown = if call.success.is_shown() {
        quote!(println!("{:?}", response.into_inner());)
    } else {
        quote!(println!("{}", response.status());)
    };
    Some((
        call,
        quote! {
            let credentials = Credentials::new()#(#setters)*;
            let client = connect(#base_url, credentials);
            #(#statements)*
            let response = #builder.send().await?;
            #shown
        },
    ))
}

/// Paths of dependencies without the colons in front, as people write them.
fn plain(code: &str) -> String {
    code.replace(" ::", " ").replace("(::", "(").replace("<::", "<")
}

/// Returns the README.
pub(super) fn readme(parts: &Parts<'_>) -> String {
    let info = |key: &str| parts.root.get("info").and_then(|info| info.get_str(key)).unwrap_or_default();
    let title: String = info("title").split_whitespace().collect::<Vec<_>>().join(" ");
    let is_client = runtime::is_client(&parts.generated.code);
    let kind = if is_client { "A client" } else { "The types" };
    let mut text = format!(
        "<!-- {} -->\n\n# {}\n\n{kind} of {title}, version {}, generated from `{}` by openapi-steward.\n",
        MARKER,
        parts.name,
        info("version"),
        parts.document_name
    );
    if is_client {
        if let Some(example) = example(parts) {
            let code = example.split_once("\n\n").map_or(example.as_str(), |(_, code)| code);
            text.extend(["\n```rust,no_run\n", code.trim_end(), "\n```\n"]);
        }
        text.push_str(
            "\nThe base URL can be that of another server, such as one for tests. `Credentials` has a function for each security \
             scheme of the\ndocument. A client of `connect` sends each request once. Retries, timeouts and limits are the work of a \
             `Transport`, which takes\nyour implementation of `Execute`, or of the `reqwest::Client` that `connect_with` takes.\n",
        );
    }
    text.push_str("\n## Features\n\n| feature | contents |\n| --- | --- |\n");
    if is_client {
        text.push_str(
            "| `rustls` (default) | TLS by rustls |\n| `native-tls` | TLS by the system; without both there is only `http` |\n",
        );
    }
    text.push_str("| `schemars` | JSON Schemas of the types |\n");
    text.push_str(
        "\n## Changes\n\nEach file that begins with a line with `@generated` is written again when the document changes. To keep a file \
         as you have edited\nit, remove this line. `src/generated.rs` and `src/runtime` belong together, and stay as they are.\n",
    );
    match Licence::of(parts.root) {
        Licence::Spdx(expression) => text.extend(["\n## Licence\n\n", &expression, "\n"]),
        Licence::Other(_) | Licence::None => {}
    }
    text
}

/// Returns the manifest.
pub(super) fn cargo_toml(parts: &Parts<'_>) -> String {
    manifest::manifest(parts.name, parts.root, &Licence::of(parts.root), &parts.all_code())
}
