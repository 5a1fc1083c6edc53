//! Passes over the Rust that progenitor has written, so that bodies are read by our own code, which is faster.

use syn::visit_mut::{self, VisitMut};
use syn::{File, Item, parse_quote};

use super::rust::text;

const INSTANT: &str = ":: std :: option :: Option < :: chrono :: DateTime < :: chrono :: offset :: Utc > >";

/// Lets bodies be read by `crate::decode`.
pub(super) fn read_bodies_ourselves(file: &mut File) {
    struct Replacer;
    impl VisitMut for Replacer {
        fn visit_expr_call_mut(&mut self, call: &mut syn::ExprCall) {
            visit_mut::visit_expr_call_mut(self, call);
            if text(&call.func) == "ResponseValue :: from_response" {
                *call.func = parse_quote!(crate::decode::read_body);
            }
        }
    }
    Replacer.visit_file_mut(file);
}

/// Lets instants that can be missing be read by `crate::decode`.
pub(super) fn read_instants_ourselves(items: &mut [Item]) {
    for item in items {
        let Item::Struct(item) = item else { continue };
        for field in item.fields.iter_mut().filter(|field| text(&field.ty) == INSTANT) {
            field.attrs.push(parse_quote!(#[serde(default, deserialize_with = "crate::decode::instant")]));
        }
    }
}
