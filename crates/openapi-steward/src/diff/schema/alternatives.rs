//! Changes of the alternatives of a schema.

use std::collections::{BTreeSet, HashSet};

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison, SchemaPair, narrower, wider};
use super::super::view::{Choice, View};
use super::pairing::{is_of_alternatives, pairs};
use crate::document::Node;

impl<'a> SchemaPair<'a> {
    /// Compares the alternatives. Returns whether nothing else of the schemas can be compared.
    pub(super) fn choices(&self, comparison: &mut Comparison<'a>) -> bool {
        self.discriminator(comparison);
        match (self.old.choices.as_slice(), self.new.choices.as_slice()) {
            ([], []) => false,
            ([one], [other]) => {
                let is_moved = self.has_moved_properties(one, other);
                self.alternatives(comparison, one, other, is_moved);
                is_moved
            }
            ([], [choice]) => {
                let views: Vec<View<'a>> =
                    choice.schemas.iter().map(|schema| self.new.with_alternative(schema)).collect();
                let fitting = views.iter().filter(|view| comparison.old_fits_in_new(&self.old, view)).count();
                let is_narrower = !choice.accepts(fitting);
                let is_wider = views.iter().any(|view| !comparison.new_fits_in_old(view, &self.old));
                self.choice_added_or_removed(comparison, choice, true, (is_narrower, is_wider));
                is_trivial(&self.new)
            }
            ([choice], []) => {
                let views: Vec<View<'a>> =
                    choice.schemas.iter().map(|schema| self.old.with_alternative(schema)).collect();
                let is_narrower = views.iter().any(|view| !comparison.old_fits_in_new(view, &self.new));
                let fitting = views.iter().filter(|view| comparison.new_fits_in_old(&self.new, view)).count();
                let is_wider = !choice.accepts(fitting);
                self.choice_added_or_removed(comparison, choice, false, (is_narrower, is_wider));
                is_trivial(&self.old)
            }
            (old, new) => {
                let pairs = pairs_of_choices(old, new);
                for (one, other) in &pairs {
                    self.alternatives(comparison, &old[*one], &new[*other], false);
                }
                let (paired_old, paired_new): (HashSet<usize>, HashSet<usize>) = pairs.into_iter().unzip();
                for (_, choice) in new.iter().enumerate().filter(|(at, _)| !paired_new.contains(at)) {
                    self.choice_added_or_removed(comparison, choice, true, (true, false));
                }
                for (_, choice) in old.iter().enumerate().filter(|(at, _)| !paired_old.contains(at)) {
                    self.choice_added_or_removed(comparison, choice, false, (false, true));
                }
                false
            }
        }
    }

    fn choice_added_or_removed(
        &self,
        comparison: &mut Comparison<'a>,
        choice: &Choice<'a>,
        is_added: bool,
        (is_narrower, is_wider): (bool, bool),
    ) {
        let keyword = choice.keyword;
        let labels = labels(&choice.schemas, &choice.schemas);
        let done = if is_added { "was added" } else { "was removed" };
        let kind = if is_added { "alternatives-added" } else { "alternatives-removed" };
        let how = format!("the {keyword} of {labels} {done}");
        let values = if is_added { (None, Some(labels)) } else { (Some(labels), None) };
        let severity = match (is_narrower, is_wider) {
            (false, false) => return,
            (true, true) => ChangeSeverity::Breaking,
            (true, false) => narrower(self.direction),
            (false, true) => wider(self.direction),
        };
        let place = self.place(keyword);
        comparison.add_directed((&place, self.direction), severity, kind, &how, self.at(keyword), values);
    }

    /// Returns whether a property was moved between the alternatives and the schema around them. It belongs to the same values.
    fn has_moved_properties(&self, old: &Choice<'a>, new: &Choice<'a>) -> bool {
        let has_moved = |(from, choice): (&View<'a>, &Choice<'a>), (to, others): (&View<'a>, &Choice<'a>)| {
            let is_in_each = |view: &View<'a>, choice: &Choice<'a>, name: &str| {
                choice.schemas.iter().take(64).all(|schema| !view.alternative(schema).property(name).is_empty())
            };
            let names =
                from.layers.iter().flat_map(|layer| layer.entries_of("properties")).map(|entry| entry.key.as_str());
            names.into_iter().any(|name| {
                to.property(name).is_empty() && is_in_each(to, others, name) && !is_in_each(from, choice, name)
            })
        };
        has_moved((&self.old, old), (&self.new, new)) || has_moved((&self.new, new), (&self.old, old))
    }

    /// Compares the alternatives of both versions, together with the schema around them if properties were moved. Their order has no
    /// meaning.
    fn alternatives(&self, comparison: &mut Comparison<'a>, old: &Choice<'a>, new: &Choice<'a>, is_moved: bool) {
        let whole = |view: &View<'a>, schema: &'a Node| {
            if is_moved { view.with_alternative(schema) } else { view.alternative(schema) }
        };
        let place = self.place(new.keyword);
        if old.keyword != new.keyword && !(are_apart(&self.old, old) && are_apart(&self.new, new)) {
            let how = format!("the {} is now {}", old.keyword, with_article(new.keyword));
            let at = At(self.old.position(old.keyword), self.new.position(new.keyword));
            comparison.add(&place, ChangeSeverity::Notice, "alternatives-changed", &how, at);
        }
        let views = |view: &View<'a>, schemas: &[&'a Node]| -> Vec<View<'a>> {
            schemas.iter().map(|schema| view.alternative(schema)).collect()
        };
        let pairs = pairs(&views(&self.old, &old.schemas), &views(&self.new, &new.schemas));
        for (one, other) in &pairs {
            let (one, other) = (old.schemas[*one], new.schemas[*other]);
            let part = format!("{} {}", new.keyword, label(other, &new.schemas));
            let (one, other) = (whole(&self.old, one), whole(&self.new, other));
            comparison.views(place.part(&part), one, other, self.direction);
        }
        let (paired_old, paired_new): (HashSet<usize>, HashSet<usize>) = pairs.into_iter().unzip();
        let rest = |schemas: &[&'a Node], paired: &HashSet<usize>| -> Vec<&'a Node> {
            let unpaired = schemas.iter().enumerate().filter(|(at, _)| !paired.contains(at));
            unpaired.map(|(_, schema)| *schema).collect()
        };
        let removed = rest(&old.schemas, &paired_old);
        let added = rest(&new.schemas, &paired_new);
        if !removed.is_empty() {
            let covered = removed.iter().all(|one| {
                let one = whole(&self.old, one);
                let mut others = new.schemas.iter().take(64).map(|other| whole(&self.new, other));
                others.any(|other| comparison.old_fits_in_new(&one, &other))
            });
            let severity = if covered { ChangeSeverity::Documentation } else { narrower(self.direction) };
            let (labels, were) = (labels(&removed, &old.schemas), if removed.len() == 1 { "was" } else { "were" });
            let how = format!("{labels} {were} removed from the {}", old.keyword);
            let at = At(removed.first().map(|node| node.span.start), self.new.position(new.keyword));
            let values = (Some(labels), None);
            comparison.add_directed((&place, self.direction), severity, "alternatives-removed", &how, at, values);
        }
        if !added.is_empty() {
            let covered = added.iter().all(|one| {
                let one = whole(&self.new, one);
                let mut others = old.schemas.iter().take(64).map(|other| whole(&self.old, other));
                others.any(|other| comparison.new_fits_in_old(&one, &other))
            });
            let severity = if covered { ChangeSeverity::Documentation } else { wider(self.direction) };
            let (labels, were) = (labels(&added, &new.schemas), if added.len() == 1 { "was" } else { "were" });
            let how = format!("{labels} {were} added to the {}", new.keyword);
            let at = At(self.old.position(old.keyword), added.first().map(|node| node.span.start));
            let values = (None, Some(labels));
            comparison.add_directed((&place, self.direction), severity, "alternatives-added", &how, at, values);
        }
    }
}

/// The largest number of choices that are paired by their alternatives. More are paired in their order.
const MAX_CHOICES: usize = 32;

/// Returns which of several choices belong together: those with the most equal alternatives, and the others in their order.
fn pairs_of_choices(old: &[Choice<'_>], new: &[Choice<'_>]) -> Vec<(usize, usize)> {
    let texts = |choice: &Choice<'_>| -> BTreeSet<String> {
        choice.schemas.iter().take(64).map(|schema| schema.to_json().to_string()).collect()
    };
    let all = |choices: &[Choice<'_>]| choices.iter().take(MAX_CHOICES).map(texts).collect::<Vec<_>>();
    let (before, after) = (all(old), all(new));
    let positions = |(one, before): (usize, &BTreeSet<String>)| {
        let equal = |(other, after): (usize, &BTreeSet<String>)| (before.intersection(after).count(), one, other);
        after.iter().enumerate().map(equal).collect::<Vec<_>>()
    };
    let mut scores: Vec<_> = before.iter().enumerate().flat_map(positions).collect();
    scores.sort_by_key(|(equal, one, other)| (std::cmp::Reverse(*equal), *one, *other));
    let in_order = (MAX_CHOICES..old.len().min(new.len())).map(|at| (0, at, at));
    let (mut pairs, mut used_old, mut used_new) = (Vec::new(), HashSet::new(), HashSet::new());
    for (_, one, other) in scores.into_iter().chain(in_order) {
        if !used_old.contains(&one) && !used_new.contains(&other) {
            used_old.insert(one);
            used_new.insert(other);
            pairs.push((one, other));
        }
    }
    pairs
}

impl Choice<'_> {
    /// Returns whether values that match this number of the alternatives are accepted. A `oneOf` accepts those that match one.
    fn accepts(&self, fitting: usize) -> bool {
        if self.keyword == "oneOf" { fitting == 1 } else { fitting > 0 }
    }
}

/// Returns whether the types of alternatives tell them apart, so that a value matches one of them at most.
fn are_apart(view: &View<'_>, choice: &Choice<'_>) -> bool {
    let mut seen = BTreeSet::new();
    choice.schemas.iter().all(|schema| {
        let alternative = View::of(&[*schema], view.references);
        let Some(types) = alternative.types() else { return false };
        // An integer is a number too.
        types.into_iter().all(|name| seen.insert(if name == "integer" { "number".to_owned() } else { name.to_owned() }))
    })
}

/// Returns whether a schema is nothing but its alternatives.
fn is_trivial(view: &View<'_>) -> bool {
    let mut keys = view.layers.iter().flat_map(|layer| layer.entries()).map(|entry| entry.key.as_str());
    keys.all(|key| is_of_alternatives(key) || key.starts_with("x-"))
}

fn with_article(keyword: &str) -> String {
    format!("{} {keyword}", if keyword.starts_with(['a', 'o']) && keyword != "oneOf" { "an" } else { "a" })
}

/// Names some of all alternatives for a message.
fn labels(schemas: &[&Node], all: &[&Node]) -> String {
    let listed: Vec<String> = schemas.iter().take(8).map(|schema| label(schema, all)).collect();
    let more = schemas.len().saturating_sub(8);
    if more == 0 { listed.join(", ") } else { format!("{} and {more} more", listed.join(", ")) }
}

/// The longest text of an alternative that names it.
const MAX_TEXT: usize = 60;

/// Names an alternative: by its component, its title, its type, its text, or its number.
fn label(schema: &Node, all: &[&Node]) -> String {
    let name = crate::schema::component_name(schema).or_else(|| schema.get_str("title"));
    let by_type = || {
        let kind = schema.get_str("type")?;
        let is_only = all.iter().filter(|other| other.get_str("type") == Some(kind)).count() <= 1;
        is_only.then_some(kind)
    };
    if let Some(name) = name.or_else(by_type) {
        return format!("`{name}`");
    }
    let text = schema.to_json().to_string();
    if text.chars().count() <= MAX_TEXT {
        return format!("`{text}`");
    }
    let at = all.iter().position(|other| std::ptr::eq(*other, schema)).map_or(0, |at| at + 1);
    format!("alternative {at}")
}
