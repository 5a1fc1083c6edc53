//! The resources that can be listed.

use super::listable::Listable;

/// A resource that can be listed, such as [`Room`](crate::Room); the item type of a [`List`](crate::List).
///
/// This trait is sealed: only types of this crate implement it.
pub trait Resource: Listable {}
