//! Changes of the body of a request.

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison, narrower, wider};
use super::super::place::Place;
use super::content::MediaTypes;
use crate::document::Node;

impl<'a> Comparison<'a> {
    pub(super) fn request_body(&mut self, operation: &Place, old: &'a Node, new: &'a Node) {
        let place = operation.part("the request body");
        match (old.get("requestBody"), new.get("requestBody")) {
            (None, None) => {}
            (None, Some(body)) => {
                let (severity, kind, how) = if body.resolve(self.new).is_true("required") {
                    (narrower(self.request_direction()), "required-request-body-added", "was added and is required")
                } else {
                    (ChangeSeverity::Additive, "request-body-added", "was added")
                };
                self.add(&place, severity, kind, how, At::both(&old.span, &body.span));
            }
            (Some(body), None) => {
                let at = At::both(&body.span, &new.span);
                self.add(&place, ChangeSeverity::Breaking, "request-body-removed", "was removed", at);
            }
            (Some(before), Some(after)) => {
                let place = Place::shared("requestBodies", before, after).unwrap_or(place);
                self.beside_reference(&place, before, after);
                let (old, new) = (before.resolve(self.old), after.resolve(self.new));
                if self.is_first(old, new) || place.component.is_none() {
                    self.both_request_bodies(&place, old, new);
                }
            }
        }
    }

    fn both_request_bodies(&mut self, place: &Place, old: &'a Node, new: &'a Node) {
        let at = At::key("required", old, new);
        match (old.is_true("required"), new.is_true("required")) {
            (false, true) => {
                self.add(place, narrower(self.request_direction()), "request-body-now-required", "is now required", at);
            }
            (true, false) => {
                self.add(
                    place,
                    wider(self.request_direction()),
                    "request-body-now-optional",
                    "is no longer required",
                    at,
                );
            }
            _ => {}
        }
        self.documentation(place, &["description"], (old, new));
        self.other_keys(place, &["required", "description", "content", "$ref"], (old, new));
        self.content(place, old, new, self.request_direction(), MediaTypes::Body);
    }
}
