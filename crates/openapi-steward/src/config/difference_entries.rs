//! The entries of `steward.toml` about differences from other documents and from Rust types.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::entries::{MissingType, RustDifference, RustReplacement, VendorDifference};
use super::reason::Reason;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VendorEntry {
    /// Empty for a difference that the comparison does not detect.
    #[serde(default)]
    differences: Vec<Spanned<String>>,
    #[expect(dead_code, reason = "only readers of the file need it")]
    document: String,
    #[expect(dead_code, reason = "only readers of the file need it")]
    vendor: String,
    #[expect(dead_code, reason = "only readers of the file need it")]
    reason: Reason,
}

impl VendorEntry {
    pub(super) fn into_config(self) -> VendorDifference {
        let differences = self.differences.into_iter().map(|name| {
            let span = name.span();
            (name.into_inner(), span)
        });
        VendorDifference { differences: differences.collect() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RustEntry {
    path: String,
    keyword: String,
    document: String,
    rust: String,
    #[expect(dead_code, reason = "only readers of the file need it")]
    reason: Reason,
}

impl RustEntry {
    pub(super) fn into_difference(self, span: Range<usize>) -> RustDifference {
        let Self { path, keyword, document, rust, reason: _ } = self;
        RustDifference { path, keyword, document, rust, span }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ComponentEntry {
    component: String,
    #[expect(dead_code, reason = "only readers of the file need it")]
    reason: Reason,
}

impl ComponentEntry {
    pub(super) fn into_replacement(self, span: Range<usize>) -> RustReplacement {
        RustReplacement { component: self.component, span }
    }

    pub(super) fn into_missing_type(self, span: Range<usize>) -> MissingType {
        MissingType { component: self.component, span }
    }
}
