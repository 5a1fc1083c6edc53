//! Compares a document with the vendor's own document of the same service. Pure: two documents in, differences out.

mod compare;
mod resolved_schema;

pub(crate) use self::compare::{Difference, documents as compare};

#[cfg(test)]
mod tests;
