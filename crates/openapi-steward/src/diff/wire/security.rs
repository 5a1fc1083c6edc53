//! Changes of the credentials that operations require.

use std::collections::{BTreeMap, BTreeSet};

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison};
use super::super::place::Place;
use super::operations::Operation;
use super::schemes::identity;
use crate::document::{Entry, Node};

/// Credentials that are enough: the security schemes, each with the scopes that it needs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Credentials(BTreeMap<String, BTreeSet<String>>);

impl Credentials {
    /// Returns whether a client with these credentials has the others too.
    fn include(&self, other: &Self) -> bool {
        other.0.iter().all(|(scheme, scopes)| self.0.get(scheme).is_some_and(|own| scopes.is_subset(own)))
    }

    /// Names them for a message: `` `basic` and `key` ``.
    fn label(&self) -> String {
        let name = |(scheme, scopes): (&String, &BTreeSet<String>)| {
            let scopes: Vec<String> = scopes.iter().map(|scope| format!("`{scope}`")).collect();
            let with = match scopes.len() {
                0 => String::new(),
                1 => format!(" with the scope {}", scopes.join("")),
                _ => format!(" with the scopes {}", scopes.join(", ")),
            };
            format!("`{scheme}`{with}")
        };
        self.0.iter().map(name).collect::<Vec<_>>().join(" and ")
    }
}

impl<'a> Comparison<'a> {
    /// Compares the credentials that an operation requires.
    pub(super) fn security(&mut self, place: &Place, old: &Operation<'a>, new: &Operation<'a>) {
        let entry = |operation: &Operation<'a>, root: &'a Node| -> Option<&'a Entry> {
            operation.entry.node.entry("security").or_else(|| root.entry("security"))
        };
        let (before, after) = (entry(old, self.old), entry(new, self.new));
        let aliases = self.scheme_aliases();
        let was = alternatives(before, &aliases);
        let is = alternatives(after, &BTreeMap::new());
        if was == is {
            return;
        }
        let at = At(
            Some(before.map_or(old.entry.key_span.start, |entry| entry.key_span.start)),
            Some(after.map_or(new.entry.key_span.start, |entry| entry.key_span.start)),
        );
        let refused: Vec<&Credentials> = was.iter().filter(|old| !is.iter().any(|new| old.include(new))).collect();
        let accepted: Vec<&Credentials> = is.iter().filter(|new| !was.iter().any(|old| new.include(old))).collect();
        let list = |all: &[&Credentials]| all.iter().map(|one| one.label()).collect::<Vec<_>>().join(" or ");
        let all = |set: &BTreeSet<Credentials>| list(&set.iter().collect::<Vec<_>>());
        let is_open = |set: &BTreeSet<Credentials>| set.iter().any(|one| one.0.is_empty());
        let values = (Some(all(&was)), Some(all(&is)));
        match (is_open(&was), is_open(&is)) {
            (true, false) => {
                let how = format!("now requires credentials: {}", all(&is));
                self.add_values(place, ChangeSeverity::Breaking, "credentials-required", &how, at, values);
            }
            // Requiring less has to be deliberate here.
            (false, true) => {
                let how = format!("no longer requires credentials; they were {}", all(&was));
                self.add_values(place, ChangeSeverity::Notice, "credentials-not-required", &how, at, values);
            }
            _ => {
                if !refused.is_empty() {
                    let how = format!("no longer accepts {}; the credentials are {}", list(&refused), all(&is));
                    let kind = "credentials-refused";
                    self.add_values(place, ChangeSeverity::Breaking, kind, &how, at, values.clone());
                }
                if !accepted.is_empty() {
                    let how = format!("now accepts {}; the credentials were {}", list(&accepted), all(&was));
                    let kind = "credentials-accepted";
                    self.add_values(place, ChangeSeverity::Additive, kind, &how, at, values.clone());
                }
                if refused.is_empty() && accepted.is_empty() {
                    let how = format!("the credentials were {} and are {}", all(&was), all(&is));
                    let kind = "credentials-accepted";
                    self.add_values(place, ChangeSeverity::Documentation, kind, &how, at, values);
                }
            }
        }
    }

    /// The new names of security schemes that are the same under another name.
    fn scheme_aliases(&self) -> BTreeMap<String, String> {
        let schemes =
            |root: &'a Node| root.get("components").map(|node| node.entries_of("securitySchemes")).unwrap_or_default();
        let (old, new) = (schemes(self.old), schemes(self.new));
        let renamed = old.iter().filter(|one| !new.iter().any(|other| other.key == one.key)).filter_map(|one| {
            let is_same = |other: &&Entry| {
                !old.iter().any(|one| one.key == other.key)
                    && identity(one.node.resolve(self.old)) == identity(other.node.resolve(self.new))
            };
            Some((one.key.clone(), new.iter().find(is_same)?.key.clone()))
        });
        renamed.collect()
    }
}

/// Returns the credentials of which one is enough. A document without any requires none.
fn alternatives(entry: Option<&Entry>, aliases: &BTreeMap<String, String>) -> BTreeSet<Credentials> {
    let items = entry.map(|entry| entry.node.items()).unwrap_or_default();
    let name = |name: &String| aliases.get(name).unwrap_or(name).clone();
    let scopes = |node: &Node| node.items().iter().filter_map(Node::str).map(str::to_owned).collect();
    let credentials =
        |node: &Node| Credentials(node.entries().iter().map(|entry| (name(&entry.key), scopes(&entry.node))).collect());
    let mut all: BTreeSet<Credentials> = items.iter().map(credentials).collect();
    if all.is_empty() {
        all.insert(Credentials(BTreeMap::new()));
    }
    all
}
