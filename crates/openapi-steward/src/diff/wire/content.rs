//! Changes of the media types of a body or a parameter.

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison};
use super::super::notation::Notation;
use super::super::place::Place;
use super::super::view::View;
use super::media_type::{covers, essence, is_raw, normalized};
use crate::document::{Entry, Node};
use crate::schema::Direction;

/// The part of a message that has media types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MediaTypes {
    Body,
    Parameter,
}

fn has(entries: &[Entry], name: &str) -> bool {
    entries.iter().any(|entry| entry.key == name)
}

impl<'a> Comparison<'a> {
    /// Compares the media types of two bodies.
    pub(super) fn content(
        &mut self,
        place: &Place,
        old: &'a Node,
        new: &'a Node,
        direction: Direction,
        part: MediaTypes,
    ) {
        let (before, after) = (old.entries_of("content"), new.entries_of("content"));
        let (mut gone, mut used) = (Vec::new(), Vec::new());
        for one in before {
            // Each entry has one counterpart, and that of the same name if there is one.
            let is_free = |name: &str| !used.contains(&name) && (name == one.key || !has(before, name));
            let find = |is_same: &dyn Fn(&str) -> bool| after.iter().find(|other| is_same(&other.key));
            let other = find(&|name| name == one.key)
                .or_else(|| find(&|name| is_free(name) && normalized(name) == normalized(&one.key)))
                .or_else(|| find(&|name| is_free(name) && essence(name) == essence(&one.key)))
                .or_else(|| find(&|name| is_free(name) && covers(name, &one.key)))
                .or_else(|| find(&|name| is_free(name) && covers(&one.key, name)));
            let is_told = find(&|name| normalized(name) == normalized(&one.key)).is_some();
            if other.is_none() && is_told {
                continue;
            }
            let Some(other) = other else {
                gone.push(one);
                continue;
            };
            used.push(other.key.as_str());
            // OpenAPI 3.2 has components for media types.
            let both = (one.node.resolve(self.old), other.node.resolve(self.new));
            self.media_type(place, (one, other), both, direction);
            let has_several = before.len() > 1 && part == MediaTypes::Body;
            let place = if has_several { place.part(&format!("`{}`", essence(&other.key))) } else { place.clone() };
            let notation = Notation::of_media_type(&essence(&other.key));
            let schemas = (both.0.get("schema"), both.1.get("schema"));
            if !(is_raw(&other.key) && self.is_binary(schemas)) {
                self.schema(&place, schemas, direction, notation);
            }
            // The items of a stream, in OpenAPI 3.2.
            let items = (both.0.get("itemSchema"), both.1.get("itemSchema"));
            if items.0.is_some() || items.1.is_some() {
                self.schema(&place.suffix("[]"), items, direction, notation);
            }
        }
        for one in gone {
            let how = format!("the media type `{}` was removed", one.key);
            let values = (Some(one.key.clone()), None);
            let at =
                At(Some(one.key_span.start), Some(new.get("content").map_or(new.span.start, |node| node.span.start)));
            let severity = ChangeSeverity::Breaking;
            self.add_directed((place, direction), severity, "media-type-removed", &how, at, values);
        }
        let is_told = |name: &str| before.iter().any(|one| normalized(&one.key) == normalized(name));
        for one in after.iter().filter(|one| !used.contains(&one.key.as_str()) && !is_told(&one.key)) {
            let how = format!("the media type `{}` was added", one.key);
            let values = (None, Some(one.key.clone()));
            let at =
                At(Some(old.get("content").map_or(old.span.start, |node| node.span.start)), Some(one.key_span.start));
            let severity = ChangeSeverity::Additive;
            self.add_directed((place, direction), severity, "media-type-added", &how, at, values);
        }
    }

    /// Returns whether both schemas describe bytes. Later versions of OpenAPI have no schema for them.
    fn is_binary(&self, (old, new): (Option<&'a Node>, Option<&'a Node>)) -> bool {
        let is_binary = |schema: Option<&'a Node>, references| {
            schema.is_none_or(|schema| View::of(&[schema], references).is_binary())
        };
        is_binary(old, self.old_references) && is_binary(new, self.new_references)
    }

    fn media_type(
        &mut self,
        place: &Place,
        (one, other): (&'a Entry, &'a Entry),
        both: (&'a Node, &'a Node),
        direction: Direction,
    ) {
        if normalized(&one.key) != normalized(&other.key) {
            let is_range = covers(&one.key, &other.key) || covers(&other.key, &one.key);
            let is_narrower = covers(&one.key, &other.key) && essence(&one.key) != essence(&other.key);
            let severity = match direction {
                Direction::Request if is_range && is_narrower => ChangeSeverity::Breaking,
                Direction::Request if is_range => ChangeSeverity::Additive,
                _ => ChangeSeverity::Notice,
            };
            let how = format!("the media type was `{}` and is `{}`", one.key, other.key);
            let values = (Some(one.key.clone()), Some(other.key.clone()));
            let at = At::entries(Some(one), Some(other));
            self.add_directed((place, direction), severity, "media-type-rewritten", &how, at, values);
        } else if one.key != other.key {
            let how = format!("the media type `{}` is written `{}`", one.key, other.key);
            let at = At::entries(Some(one), Some(other));
            self.add(place, ChangeSeverity::Documentation, "media-type-rewritten", &how, at);
        }
        self.encodings(place, (&one.key, &other.key), both, direction);
        self.documentation(place, &["example", "examples"], both);
        self.other_keys(place, &["schema", "itemSchema", "encoding", "example", "examples", "$ref"], both);
    }
}
