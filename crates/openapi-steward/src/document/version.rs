//! The versions of OpenAPI.

use super::node::Node;

/// A version of OpenAPI whose documents can be read. Versions that differ in their last number only are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Version {
    #[default]
    V3_0,
    V3_1,
    V3_2,
}

impl Version {
    pub(crate) const ALL: [Self; 3] = [Self::V3_0, Self::V3_1, Self::V3_2];

    /// The version of a document. A document that does not say it is read as one of 3.0.
    pub(crate) fn of(document: &Node) -> Self {
        let text = document.get_str("openapi").unwrap_or_default();
        let numbers = |version: &&Self| text.strip_prefix(version.numbers()).is_some_and(|rest| rest.starts_with('.'));
        Self::ALL.iter().find(numbers).copied().unwrap_or_default()
    }

    /// The first two numbers, such as `3.1`.
    pub(crate) const fn numbers(self) -> &'static str {
        match self {
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
            Self::V3_2 => "3.2",
        }
    }

    /// The name in messages, such as `OpenAPI 3.1`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::V3_0 => "OpenAPI 3.0",
            Self::V3_1 => "OpenAPI 3.1",
            Self::V3_2 => "OpenAPI 3.2",
        }
    }

    /// Returns whether schemas are those of JSON Schema 2020-12, and not those of the dialect of 3.0.
    pub(crate) fn has_json_schema(self) -> bool {
        self >= Self::V3_1
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_yaml;
    use super::*;

    #[test]
    fn the_version_is_that_of_the_first_two_numbers() {
        for (text, version) in
            [("3.0.4", "3.0"), ("3.1.0", "3.1"), ("3.1.2-rc1", "3.1"), ("3.2.0", "3.2"), ("3.20.0", "3.0")]
        {
            let document = read_yaml(&format!("openapi: {text}\n")).map(|(root, _)| Version::of(&root).numbers());
            assert_eq!(document.ok(), Some(version), "{text}");
        }
    }
}
