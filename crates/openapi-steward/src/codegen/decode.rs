//! Passes over the Rust that progenitor has written, so that bodies are read by our own code, which is faster.

use syn::visit_mut::{self, VisitMut};
use syn::{Field, File, ItemStruct, parse_quote};

use super::rust::text;

const INSTANT: &str = ":: std :: option :: Option < :: chrono :: DateTime < :: chrono :: offset :: Utc > >";

/// Lets bodies be read by `crate::decode`.
pub(super) fn read_bodies_ourselves(file: &mut File) {
    struct Replacer;
    impl VisitMut for Replacer {
        fn visit_expr_call_mut(&mut self, call: &mut syn::ExprCall) {
            visit_mut::visit_expr_call_mut(self, call);
            if text(&call.func) == "ResponseValue :: from_response" {
                *call.func = parse_quote!(crate::runtime::read_body);
            }
        }
    }
    Replacer.visit_file_mut(file);
}

/// Lets instants that can be missing be read by `crate::decode`.
pub(super) fn read_instants_ourselves(file: &mut File) {
    struct Marker;
    impl VisitMut for Marker {
        fn visit_field_mut(&mut self, field: &mut Field) {
            if text(&field.ty) == INSTANT {
                field.attrs.push(parse_quote!(#[serde(default, deserialize_with = "crate::runtime::instant")]));
            }
        }
    }
    struct InStructs;
    impl VisitMut for InStructs {
        fn visit_item_struct_mut(&mut self, item: &mut ItemStruct) {
            if item.attrs.iter().any(|attr| text(attr).contains("Deserialize")) {
                visit_mut::visit_item_struct_mut(&mut Marker, item);
            }
        }
    }
    InStructs.visit_file_mut(file);
}
