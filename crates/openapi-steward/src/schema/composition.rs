//! A schema as a whole: its own keywords together with those of all parts of its `allOf`, however deep.

use std::collections::HashSet;

use super::discriminator::Discriminator;
use super::references::{References, id};
use crate::document::{Entry, Node, Value};

/// The direction of a message. It decides whether `readOnly` and `writeOnly` properties belong in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    Request,
    Response,
}

impl Direction {
    /// The keyword that keeps a property out of messages in this direction.
    pub(crate) const fn excluded_by(self) -> &'static str {
        match self {
            Self::Request => "readOnly",
            Self::Response => "writeOnly",
        }
    }
}

/// A schema together with all parts of its `allOf`. A value has to match each part.
#[derive(Debug, Clone)]
pub(crate) struct Composition<'a> {
    references: References<'a>,
    /// The schema itself and the parts, without references. Each is here once, also if they refer to each other in a circle.
    parts: Vec<&'a Node>,
    is_complete: bool,
}

/// The schemas of a `oneOf` or an `anyOf`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Alternatives<'a> {
    /// `oneOf` or `anyOf`.
    pub(crate) keyword: &'static str,
    /// The part that has the keyword.
    pub(crate) part: &'a Node,
    /// The alternatives as they are written. Some can be references.
    pub(crate) schemas: &'a [Node],
}

impl<'a> Composition<'a> {
    pub(crate) fn of(schema: &'a Node, references: References<'a>) -> Self {
        let (mut parts, mut visited, mut open) = (Vec::new(), HashSet::new(), vec![schema]);
        let mut is_complete = true;
        while let Some(node) = open.pop() {
            let Some(part) = references.resolve(node) else {
                is_complete = false;
                continue;
            };
            if visited.insert(id(part)) {
                parts.push(part);
                open.extend(part.items_of("allOf").iter().rev());
            }
        }
        Self { references, parts, is_complete }
    }

    /// Returns whether every reference leads to a schema.
    pub(crate) fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// The schema itself, and the parts of its `allOf`.
    pub(crate) fn parts(&self) -> &[&'a Node] {
        &self.parts
    }

    /// The properties of all parts. A name that several parts define appears once for each.
    pub(crate) fn properties(&self) -> impl Iterator<Item = &'a Entry> {
        self.parts.iter().flat_map(|part| part.entries_of("properties"))
    }

    /// The schemas of a property, one for each part that defines it.
    pub(crate) fn property(&self, name: &str) -> impl Iterator<Item = &'a Node> {
        self.parts.iter().filter_map(move |part| part.get("properties")?.get(name))
    }

    /// The names that messages in this direction must have, each with the part that requires it. A `readOnly` property is not
    /// required in a request, and a `writeOnly` one not in a response. Without a direction, all required names are returned.
    pub(crate) fn required(&self, direction: Option<Direction>) -> impl Iterator<Item = (&'a str, &'a Node)> {
        let names = self.parts.iter().flat_map(|part| part.items_of("required").iter().map(move |name| (name, *part)));
        names.filter_map(|(name, part)| Some((name.str()?, part))).filter(move |(name, _)| {
            direction.is_none_or(|direction| !self.has_property_with(name, direction.excluded_by()))
        })
    }

    /// Returns whether a part defines this property with a keyword such as `readOnly`.
    pub(crate) fn has_property_with(&self, name: &str, keyword: &str) -> bool {
        self.property(name).any(|property| has_keyword(property, keyword, self.references))
    }

    /// The alternatives of all parts.
    pub(crate) fn alternatives(&self) -> impl Iterator<Item = Alternatives<'a>> {
        self.parts.iter().flat_map(|part| Alternatives::of(part))
    }

    /// The discriminator of the first part that has one.
    pub(crate) fn discriminator(&self) -> Option<Discriminator<'a>> {
        self.parts.iter().find_map(|part| Discriminator::of(part, self.references))
    }

    /// Returns whether a part defines properties that it does not name, with `additionalProperties`.
    pub(crate) fn has_additional_properties(&self) -> bool {
        self.parts.iter().filter_map(|part| part.get("additionalProperties")).any(|node| match node.value {
            Value::Bool(allowed) => allowed,
            _ => true,
        })
    }
}

impl<'a> Alternatives<'a> {
    /// The alternatives of a schema without its parts.
    pub(crate) fn of(part: &'a Node) -> impl Iterator<Item = Self> {
        ["oneOf", "anyOf"].into_iter().filter_map(move |keyword| {
            let schemas = part.items_of(keyword);
            (!schemas.is_empty()).then_some(Self { keyword, part, schemas })
        })
    }
}

/// Returns whether a schema, or the target of its reference, has this keyword with the value `true`.
pub(crate) fn has_keyword<'a>(schema: &'a Node, keyword: &str, references: References<'a>) -> bool {
    schema.is_true(keyword) || references.resolve(schema).is_some_and(|target| target.is_true(keyword))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read_yaml;

    const DOCUMENT: &str = "\
components:
  schemas:
    Pet:
      allOf:
        - $ref: '#/components/schemas/Base'
        - required: [name]
          properties: { name: { type: string }, code: { $ref: '#/components/schemas/Code' } }
      required: [code]
      oneOf: [{ required: [a] }, { required: [b] }]
    Base:
      allOf: [{ $ref: '#/components/schemas/Pet' }, { $ref: '#/components/schemas/Gone' }]
      required: [id]
      properties: { id: { type: integer, readOnly: true } }
    Code: { type: string, writeOnly: true }
";

    fn with_pet(test: impl FnOnce(&Composition<'_>)) {
        let (root, _) = read_yaml(DOCUMENT).unwrap_or_else(|finding| panic!("{finding:?}"));
        let references = References::new(&root);
        let pet = references.component("Pet").unwrap_or(&root);
        test(&Composition::of(pet, references));
    }

    #[test]
    fn a_composition_has_the_properties_of_all_parts() {
        with_pet(|pet| {
            assert_eq!(pet.parts().len(), 3, "a circle and a reference that leads nowhere add nothing");
            let names: Vec<&str> = pet.properties().map(|entry| entry.key.as_str()).collect();
            assert_eq!(names, ["id", "name", "code"]);
            let alternatives: Vec<(&str, usize)> =
                pet.alternatives().map(|alternatives| (alternatives.keyword, alternatives.schemas.len())).collect();
            assert_eq!(alternatives, [("oneOf", 2)]);
        });
    }

    #[test]
    fn a_direction_decides_what_is_required() {
        with_pet(|pet| {
            let required = |direction| -> Vec<&str> { pet.required(direction).map(|(name, _)| name).collect() };
            assert_eq!(required(None), ["code", "id", "name"]);
            assert_eq!(required(Some(Direction::Request)), ["code", "name"]);
            assert_eq!(required(Some(Direction::Response)), ["id", "name"]);
        });
    }
}
