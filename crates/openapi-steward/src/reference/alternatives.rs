//! The alternatives of a schema, and what tells which of them applies.

use maud::{Markup, html};

use super::SchemaView;
use super::enumeration::constants;
use super::types::is_condition;
use crate::document::Node;
use crate::pages::markdown::block;
use crate::schema::{Discriminator, component_name};

impl<'a> SchemaView<'a> {
    /// The alternatives of a `oneOf` or an `anyOf`, each with the value of the discriminator.
    pub(super) fn alternatives(&self, part: &'a Node, depth: usize) -> Markup {
        let discriminator = Discriminator::of(part, self.references);
        if constants(part).is_some() {
            return Markup::default();
        }
        html! {
            @for keyword in ["oneOf", "anyOf"] {
                @let alternatives = part.items_of(keyword);
                @if !alternatives.is_empty() {
                    div .alternatives {
                        p .alternatives-label {
                            @if keyword == "oneOf" { "Exactly one of" } @else { "At least one of" }
                            @if let Some(discriminator) = discriminator {
                                ", which " code { (discriminator.property) } " tells"
                            }
                        }
                        ul .props { @for one in alternatives { (self.alternative(one, discriminator, depth)) } }
                    }
                }
            }
            @if let Some(discriminator) = discriminator.filter(|one| one.alternatives().next().is_none()) {
                div .alternatives {
                    p .alternatives-label { code { (discriminator.property) } " tells which schema applies" }
                    @if !discriminator.mapping().is_empty() {
                        dl .mapping {
                            @for entry in discriminator.mapping() {
                                div { dt { samp { (entry.key) } } dd { (self.mapped(entry.node.str())) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn mapped(&self, target: Option<&str>) -> Markup {
        let name = target.unwrap_or_default();
        self.link(name.strip_prefix("#/components/schemas/").unwrap_or(name))
    }

    fn alternative(&self, schema: &'a Node, discriminator: Option<Discriminator<'a>>, depth: usize) -> Markup {
        let target = schema.get_str("$ref");
        let is_target = |value: &str| Some(value) == target || Some(value) == component_name(schema);
        let mapping = discriminator.map(|discriminator| discriminator.mapping()).unwrap_or_default();
        let values = mapping.iter().filter(|entry| entry.node.str().is_some_and(is_target)).map(|entry| &entry.key);
        let required: Vec<&str> = schema.items_of("required").iter().filter_map(Node::str).collect();
        html! {
            li {
                div {
                    @for value in values { samp { (value) } }
                    @if let Some(title) = schema.get_str("title") { b { (title) } }
                    @if is_condition(schema) {
                        @for name in &required { b { (name) } } span .flag.required { "required" }
                    } @else { i { (self.type_label(schema)) } }
                }
                @if let Some(text) = self.description(schema) { (block(text, 5)) }
                (self.facts(schema))
                (self.nested(schema, depth + 1))
            }
        }
    }
}
