//! The pass that makes the code decode bodies with the functions of the runtime, which are faster than progenitor's.

use syn::visit_mut::{self, VisitMut};
use syn::{ExprCall, File, parse_quote};

use super::error::{UnexpectedCode, expect_count};
use super::matchers::is_path;

/// Makes the code decode JSON bodies with `crate::runtime::read_body`.
pub(super) fn replace_body_decoding(file: &mut File, json_responses: usize) -> Result<(), UnexpectedCode> {
    let mut replacer = Replacer(0);
    replacer.visit_file_mut(file);
    expect_count("replace_body_decoding", "calls of `ResponseValue::from_response`", replacer.0, json_responses)
}

/// Replaces the calls, and counts them.
struct Replacer(usize);

impl VisitMut for Replacer {
    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        visit_mut::visit_expr_call_mut(self, call);
        if is_path(&call.func, &["ResponseValue", "from_response"]) {
            *call.func = parse_quote!(crate::runtime::read_body);
            self.0 += 1;
        }
    }
}
