//! Changes of the discriminator of a schema.

use std::collections::BTreeMap;

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison, SchemaPair, narrower};
use super::super::place::Place;
use super::super::view::View;
use super::kinds::quoted;
use crate::document::{Entry, Node};
use crate::schema;

impl<'a> SchemaPair<'a> {
    pub(super) fn discriminator(&self, comparison: &mut Comparison<'a>) {
        // A child has the discriminator of its parent, which is compared at the parent.
        let node = |view: &View<'a>| match view.layers.first() {
            Some(own) if view.name.is_some() => own.get("discriminator"),
            _ => view.entry("discriminator").map(|entry| &entry.node),
        };
        let (old, new) = (node(&self.old), node(&self.new));
        let place = self.place("discriminator");
        let name = |node: &'a Node| node.get_str("propertyName").unwrap_or_default();
        match (old, new) {
            (None, None) => {}
            (None, Some(new)) => {
                let how = format!("the discriminator `{}` was added", name(new));
                let (severity, kind) = (ChangeSeverity::Notice, "discriminator-added");
                let values = (None, Some(name(new).to_owned()));
                comparison.add_values(&place, severity, kind, &how, self.at("discriminator"), values);
            }
            (Some(old), None) => {
                let how = format!("the discriminator `{}` was removed", name(old));
                let (severity, kind) = (ChangeSeverity::Notice, "discriminator-removed");
                let values = (Some(name(old).to_owned()), None);
                comparison.add_values(&place, severity, kind, &how, self.at("discriminator"), values);
            }
            (Some(old), Some(new)) => {
                if name(old) != name(new) {
                    let how = format!("the property of the discriminator was `{}` and is `{}`", name(old), name(new));
                    let values = (Some(name(old).to_owned()), Some(name(new).to_owned()));
                    let (severity, kind) = (ChangeSeverity::Breaking, "discriminator-property-changed");
                    comparison.add_values(&place, severity, kind, &how, At::key("propertyName", old, new), values);
                }
                self.mapping(comparison, old, new);
                comparison.other_keys(&place, &["propertyName", "mapping"], (old, new));
            }
        }
    }

    /// Compares the values of the property, and the schemas that they stand for.
    fn mapping(&self, comparison: &mut Comparison<'a>, old: &'a Node, new: &'a Node) {
        let references = (comparison.old_references, comparison.new_references);
        let children =
            comparison.children.get_or_insert_with(|| [schema::children(references.0), schema::children(references.1)]);
        let was = kinds(&self.old, old, &children[0]);
        let is = kinds(&self.new, new, &children[1]);
        let place = self.place("discriminator");
        let at = At::key("mapping", old, new);
        let gone = was.keys().filter(|value| !is.contains_key(*value)).map(|value| (*value).to_owned()).collect();
        let more = is.keys().filter(|value| !was.contains_key(*value)).map(|value| (*value).to_owned()).collect();
        for (values, severity, kind, done) in [
            (gone, narrower(self.direction), "discriminator-value-removed", "no longer has"),
            (more, ChangeSeverity::Additive, "discriminator-value-added", "now has"),
        ] {
            let values: std::collections::BTreeSet<String> = values;
            if !values.is_empty() {
                let how = format!("the discriminator {done} {}", quoted(&values));
                let text = values.into_iter().collect::<Vec<_>>().join(", ");
                let both = if kind.ends_with("added") { (None, Some(text)) } else { (Some(text), None) };
                comparison.add_directed((&place, self.direction), severity, kind, &how, at, both);
            }
        }
        // A schema that only its value stands for is a part of messages too.
        for name in was.values().filter(|name| is.values().any(|other| other == *name)) {
            if let (Some(one), Some(other)) = (references.0.component(name), references.1.component(name)) {
                let component = Place::component("schemas", name);
                let views = (View::of(&[one], references.0).named(name), View::of(&[other], references.1).named(name));
                comparison.views(component, views.0, views.1, self.direction);
            }
        }
        for (value, target) in &was {
            if let Some(other) = is.get(value).filter(|other| *other != target) {
                if self.is_renamed(comparison, target, other) {
                    continue;
                }
                let how =
                    format!("the value `{value}` of the discriminator stood for `{target}` and stands for `{other}`");
                let values = (Some(format!("{value}: {target}")), Some(format!("{value}: {other}")));
                let (severity, kind) = (ChangeSeverity::Breaking, "discriminator-value-changed");
                comparison.add_values(&place, severity, kind, &how, at, values);
            }
        }
    }

    /// Returns whether a schema has another name, and compares it with that one. An alternative is compared as such.
    fn is_renamed(&self, comparison: &mut Comparison<'a>, old: &'a str, new: &'a str) -> bool {
        let (before, after) = (comparison.old_references, comparison.new_references);
        let (Some(one), Some(other)) = (before.component(old), after.component(new)) else { return false };
        let views = (View::of(&[one], before).named(old), View::of(&[other], after).named(new));
        if before.component(new).is_some() || after.component(old).is_some() {
            return comparison.old_fits_in_new(&views.0, &views.1) && comparison.new_fits_in_old(&views.1, &views.0);
        }
        comparison.views(Place::component("schemas", new), views.0, views.1, self.direction);
        true
    }
}

/// The values of a discriminator, each with the name of its schema. A schema that no value of the mapping stands for has its own
/// name as value: an alternative, or a child of a parent without alternatives.
fn kinds<'a>(
    view: &View<'a>,
    discriminator: &'a Node,
    children: &[(&'a Node, &'a Entry)],
) -> BTreeMap<&'a str, &'a str> {
    let last = |target: &'a str| target.rsplit('/').next().unwrap_or(target);
    let mapping = discriminator.entries_of("mapping").iter();
    let mut kinds: BTreeMap<&str, &str> =
        mapping.filter_map(|entry| Some((entry.key.as_str(), last(entry.node.str()?)))).collect();
    let alternatives = view.choices.iter().flat_map(|choice| &choice.schemas);
    let alternatives: Vec<&str> = alternatives.filter_map(|schema| schema::component_name(schema)).collect();
    let is_own = |parent: &Node| view.layers.iter().any(|layer| std::ptr::eq(*layer, parent));
    let children = children.iter().filter(|(parent, _)| view.choices.is_empty() && is_own(parent));
    for name in alternatives.into_iter().chain(children.map(|(_, child)| child.key.as_str())) {
        if !kinds.values().any(|target| *target == name) {
            kinds.entry(name).or_insert(name);
        }
    }
    kinds
}
