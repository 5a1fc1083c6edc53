//! The place of a change in the words of a reader.

use std::rc::Rc;

use crate::document::Node;

/// The place of a part of the document: below an operation, or below a component.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The operation, such as `GET /v1/Rooms`, or `the path /v1/Rooms`. Missing for a component and for the document itself.
    pub(super) operation: Option<Rc<str>>,
    /// The status of the response that the item is a part of.
    pub(super) status: Option<Rc<str>>,
    /// The part of the operation or of its response, or the whole name of a component and its part.
    pub(super) item: String,
    /// The section and the name of the component.
    pub(super) component: Option<(&'static str, Rc<str>)>,
}

impl Place {
    /// A part of the document that belongs to no operation.
    pub(super) fn document(item: impl Into<String>) -> Self {
        Self { operation: None, status: None, item: item.into(), component: None }
    }

    pub(super) fn operation(name: &str) -> Self {
        Self { operation: Some(name.into()), status: None, item: String::new(), component: None }
    }

    /// The place of a component that both versions refer to.
    pub(super) fn shared(section: &'static str, old: &Node, new: &Node) -> Option<Self> {
        let target = new.get_str("$ref").filter(|target| old.get_str("$ref") == Some(target))?;
        Some(Self::component(section, target.rsplit('/').next().unwrap_or_default()))
    }

    /// A path, without one of its operations.
    pub(super) fn path(path: &str) -> Self {
        Self::operation(&format!("the path {path}"))
    }

    pub(super) fn component(section: &'static str, name: &str) -> Self {
        let item = match section {
            "parameters" => format!("the parameter `{name}`"),
            "responses" => format!("the response `{name}`"),
            "headers" => format!("the header `{name}`"),
            "requestBodies" => format!("the request body `{name}`"),
            _ => name.to_owned(),
        };
        Self { operation: None, status: None, item, component: Some((section, name.into())) }
    }

    /// The response of the operation with this status.
    pub(super) fn response(&self, status: &str) -> Self {
        if !self.item.is_empty() {
            return self.part(&format!("the response {status}"));
        }
        Self { status: Some(status.into()), ..self.clone() }
    }

    /// A part with a name of its own: `GET /v1/Rooms, query parameter …`.
    pub(super) fn part(&self, part: &str) -> Self {
        let item = if self.item.is_empty() { part.to_owned() } else { format!("{}, {part}", self.item) };
        Self { item, ..self.clone() }
    }

    /// A part that is written without a space: `Room` and `.sid`.
    pub(super) fn suffix(&self, suffix: &str) -> Self {
        Self { item: format!("{}{suffix}", self.item), ..self.clone() }
    }
}
