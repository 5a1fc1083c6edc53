//! The credentials of a sample request.

use crate::document::Node;
use crate::reference::model::{Model, Operation};

/// The credentials of a request, which name a variable of the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Credentials {
    Basic,
    Bearer,
    /// Another scheme of the header `Authorization`.
    Http(String),
    Header(String),
    Query(String),
    Cookie(String),
}

impl Credentials {
    /// Those of the first requirement of an operation.
    pub(super) fn of(operation: &Operation<'_>, model: &Model<'_>) -> Option<Self> {
        let requirements = model.security(operation.node)?;
        let first = requirements.iter().find(|requirement| !requirement.entries().is_empty())?;
        let name = &first.entries().first()?.key;
        let scheme = model.schemes.iter().find(|scheme| scheme.name == name)?;
        Self::of_scheme(scheme.node)
    }

    fn of_scheme(scheme: &Node) -> Option<Self> {
        let name = || scheme.get_str("name").unwrap_or_default().to_owned();
        match scheme.get_str("type")? {
            "http" => match scheme.get_str("scheme").unwrap_or_default().to_ascii_lowercase().as_str() {
                "basic" => Some(Self::Basic),
                "bearer" => Some(Self::Bearer),
                _ => Some(Self::Http(scheme.get_str("scheme").unwrap_or_default().to_owned())),
            },
            "oauth2" | "openIdConnect" => Some(Self::Bearer),
            "apiKey" => match scheme.get_str("in")? {
                "query" => Some(Self::Query(name())),
                "cookie" => Some(Self::Cookie(name())),
                _ => Some(Self::Header(name())),
            },
            _ => None,
        }
    }
}
