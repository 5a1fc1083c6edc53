//! The schemas of a document: what they have as a whole, the values that match them, and their form as JSON Schema.

mod canonical;
mod composition;
mod convert;
mod discriminator;
mod pattern;
mod property_names;
mod references;
mod validator;

pub(crate) use self::canonical::{canonical, integer};
pub(crate) use self::composition::{Composition, Direction};
pub(crate) use self::convert::Schemas;
pub(crate) use self::discriminator::{Discriminator, children};
pub(crate) use self::pattern::{Strings, is_ecmascript};
pub(crate) use self::property_names::{CompositionUsers, PropertyNames};
pub(crate) use self::references::{References, component_name};
pub(crate) use self::validator::{Mismatch, MismatchKind, Options, ValueValidator, has_type};
