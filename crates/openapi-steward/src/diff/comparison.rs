//! A comparison of two versions of a document: both of them, and the changes found so far.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;

use serde_json::Value;

use super::change::{Change, ChangeSeverity, MessageDirection, Surface};
use super::notation::Notation;
use super::place::Place;
use super::view::View;
use crate::document::{Entry, Node, Span, Version};
use crate::formats::Formats;
use crate::schema::{Direction, References};

/// Returns the severity of a change after which more values are allowed.
pub(super) const fn wider(direction: Direction) -> ChangeSeverity {
    match direction {
        Direction::Request => ChangeSeverity::Additive,
        Direction::Response => ChangeSeverity::Breaking,
    }
}

/// Returns the severity of a change after which fewer values are allowed.
pub(super) const fn narrower(direction: Direction) -> ChangeSeverity {
    match direction {
        Direction::Request => ChangeSeverity::Breaking,
        Direction::Response => ChangeSeverity::Additive,
    }
}

/// Settings of a comparison.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings<'a> {
    pub(crate) formats: &'a Formats,
    /// The date of the comparison as `2030-01-31`, which `x-sunset` is compared with.
    pub(crate) today: &'a str,
}

/// A pair of schemas that remains to be compared.
pub(super) struct SchemaPair<'a> {
    pub(super) place: Place,
    pub(super) old: View<'a>,
    pub(super) new: View<'a>,
    pub(super) direction: Direction,
}

/// Two versions of a document, and the changes found so far.
pub(super) struct Comparison<'a> {
    pub(super) old: &'a Node,
    pub(super) new: &'a Node,
    pub(super) old_references: References<'a>,
    pub(super) new_references: References<'a>,
    pub(super) settings: Settings<'a>,
    /// The schemas that remain to be compared. A queue, since documents can nest them deeper than the stack.
    pub(super) queue: VecDeque<SchemaPair<'a>>,
    /// The number of times that each pair of schemas has been compared.
    pub(super) visits: HashMap<(Vec<usize>, Vec<usize>, Direction, Notation), u8>,
    /// The pairs of shared parameters, responses and bodies that have been compared, each for one sender of the request.
    pub(super) compared: HashSet<(usize, usize, bool)>,
    /// `true` while an operation of a callback or a webhook is compared, whose request the service sends.
    pub(super) is_turned: bool,
    /// The children of the parents with a discriminator in both versions, once they are needed.
    pub(super) children: Option<[Vec<(&'a Node, &'a Entry)>; 2]>,
    /// The positions of the keys beside references, which have no effect, that differ.
    pub(super) beside_references: BTreeSet<(Option<usize>, Option<usize>)>,
    /// `true` if there were too many schemas to compare all of them.
    pub(super) gave_up: bool,
    /// The number of trials in this comparison and those that it is nested in.
    pub(super) trials: Rc<Cell<usize>>,
    /// The nesting of this comparison in others, which try whether one schema fits in another.
    pub(super) depth: u8,
    /// The changes. One that is met several times is reported once.
    pub(super) changes: BTreeSet<Change>,
}

/// The positions of a change.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct At(pub(super) Option<usize>, pub(super) Option<usize>);

impl At {
    pub(super) fn both(old: &Span, new: &Span) -> Self {
        Self(Some(old.start), Some(new.start))
    }

    /// The entries of a key, or the objects that have none.
    pub(super) fn key(key: &str, old: &Node, new: &Node) -> Self {
        let start = |node: &Node| node.entry(key).map_or(node.span.start, |entry| entry.key_span.start);
        Self(Some(start(old)), Some(start(new)))
    }

    pub(super) fn entries(old: Option<&Entry>, new: Option<&Entry>) -> Self {
        Self(old.map(|entry| entry.key_span.start), new.map(|entry| entry.key_span.start))
    }
}

impl<'a> Comparison<'a> {
    pub(super) fn new(old: &'a Node, new: &'a Node, settings: Settings<'a>) -> Self {
        Self {
            old,
            new,
            old_references: References::new(old),
            new_references: References::new(new),
            settings,
            queue: VecDeque::new(),
            visits: HashMap::new(),
            compared: HashSet::new(),
            is_turned: false,
            children: None,
            beside_references: BTreeSet::new(),
            gave_up: false,
            trials: Rc::default(),
            depth: 0,
            changes: BTreeSet::new(),
        }
    }

    /// The direction of the request of the operation that is compared: towards the service, or from it.
    pub(super) const fn request_direction(&self) -> Direction {
        if self.is_turned { Direction::Response } else { Direction::Request }
    }

    /// The direction of the responses.
    pub(super) const fn response_direction(&self) -> Direction {
        if self.is_turned { Direction::Request } else { Direction::Response }
    }

    /// Returns whether both documents are written in the same version of OpenAPI.
    pub(super) fn has_one_version(&self) -> bool {
        Version::of(self.old) == Version::of(self.new)
    }

    /// Returns whether two objects of both versions have not been compared yet for this sender.
    pub(super) fn is_first(&mut self, old: &Node, new: &Node) -> bool {
        self.compared.insert((address(old), address(new), self.is_turned))
    }

    /// Adds a change.
    pub(super) fn add(&mut self, place: &Place, severity: ChangeSeverity, kind: &'static str, how: &str, at: At) {
        self.add_values(place, severity, kind, how, at, (None, None));
    }

    /// Adds a change from one value to another.
    pub(super) fn add_values(
        &mut self,
        place: &Place,
        severity: ChangeSeverity,
        kind: &'static str,
        how: &str,
        at: At,
        (before, after): (Option<String>, Option<String>),
    ) {
        self.insert(place, severity, kind, how, at, (before, after), None);
    }

    /// Adds a change that counts in one direction.
    pub(super) fn add_directed(
        &mut self,
        (place, direction): (&Place, Direction),
        severity: ChangeSeverity,
        kind: &'static str,
        how: &str,
        at: At,
        values: (Option<String>, Option<String>),
    ) {
        let direction = match direction {
            Direction::Request => MessageDirection::Request,
            Direction::Response => MessageDirection::Response,
        };
        self.insert(place, severity, kind, how, at, values, Some(direction));
    }

    #[expect(clippy::too_many_arguments, reason = "they are the parts of a change")]
    fn insert(
        &mut self,
        place: &Place,
        severity: ChangeSeverity,
        kind: &'static str,
        how: &str,
        At(old, new): At,
        (before, after): (Option<String>, Option<String>),
        direction: Option<MessageDirection>,
    ) {
        debug_assert!(super::kinds::is_kind(kind), "{kind} is not listed");
        let mut change = Change::new(Surface::Wire, severity, kind, place.item.clone(), how);
        (change.old, change.new, change.before, change.after) = (old, new, before, after);
        (change.direction, change.operation) = (direction, place.operation.as_deref().map(str::to_owned));
        change.status = place.status.as_deref().map(str::to_owned);
        change.component = place.component.as_ref().map(|(section, name)| (*section, name.to_string()));
        self.changes.insert(change);
    }

    /// Adds a change if a key has another value than before.
    pub(super) fn compare_key(
        &mut self,
        place: &Place,
        key: &str,
        (severity, kind): (ChangeSeverity, &'static str),
        how: &str,
        (old, new): (&Node, &Node),
    ) {
        let is_off = |value: &Value| value.is_null() || value == false || value.as_array().is_some_and(Vec::is_empty);
        let (before, after) = (json(old, key), json(new, key));
        if before != after && !(is_off(&before) && is_off(&after)) {
            let values = if kind == "documentation-changed" { (None, None) } else { (shown(&before), shown(&after)) };
            self.add_values(place, severity, kind, how, At::key(key, old, new), values);
        }
    }

    /// Adds the changes of texts and examples.
    pub(super) fn documentation(&mut self, place: &Place, keys: &[&str], both: (&Node, &Node)) {
        for key in keys {
            let kind = (ChangeSeverity::Documentation, "documentation-changed");
            self.compare_key(place, key, kind, &key_was_changed(key), both);
        }
    }

    /// Adds the changes of keys that no other comparison knows: extensions, and keys of other versions of OpenAPI.
    pub(super) fn other_keys(&mut self, place: &Place, known: &[&str], (old, new): (&Node, &Node)) {
        let keys = old.entries().iter().chain(new.entries().iter().filter(|entry| old.entry(&entry.key).is_none()));
        for entry in keys.filter(|entry| !known.contains(&entry.key.as_str())) {
            let key = entry.key.as_str();
            let (before, after) = (json(old, key), json(new, key));
            if before == after {
                continue;
            }
            let how = match (before.is_null(), after.is_null()) {
                (true, false) => format!("`{key}` was added"),
                (false, true) => format!("`{key}` was removed"),
                _ if before.is_object() || before.is_array() => format!("`{key}` was changed"),
                _ => format!("`{key}` was {} and is {}", display(&before), display(&after)),
            };
            let (severity, kind) = if key.starts_with("x-") {
                (ChangeSeverity::Documentation, "extension-changed")
            } else {
                (ChangeSeverity::Notice, "keyword-changed")
            };
            self.add_values(place, severity, kind, &how, At::key(key, old, new), (Some(key.to_owned()), None));
        }
    }
}

/// The identity of a node.
fn address(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}

/// Returns the value of a key as JSON, or null.
pub(super) fn json(node: &Node, key: &str) -> Value {
    node.get(key).map(Node::to_json).unwrap_or_default()
}

/// Returns the message for a key whose value is too long to show.
pub(super) fn key_was_changed(key: &str) -> String {
    if key.ends_with('s') { format!("the {key} were changed") } else { format!("the {key} was changed") }
}

/// Returns a value for a message.
pub(super) fn display(value: &Value) -> String {
    if value.is_null() { "none".to_owned() } else { value.to_string() }
}

/// Returns a value for a report, without the quotes of a string.
pub(super) fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        value => Some(value.to_string()),
    }
}
