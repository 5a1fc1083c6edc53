//! The text is YAML, and means what its author meant.

pub(super) mod ambiguous;
pub(super) mod duplicate_key;
pub(super) mod syntax;
pub(super) mod value;
