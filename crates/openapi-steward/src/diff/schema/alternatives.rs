//! Changes of the alternatives of a schema.

use std::collections::HashSet;

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison, SchemaPair, narrower, wider};
use super::super::view::{Choice, View};
use super::kinds::texts;
use crate::document::Node;

/// The number of pairs of alternatives that are compared to find out which belong together.
const MAX_PAIRS: usize = 4_096;
/// The keywords that limit no value.
const HARMLESS: [&str; 11] = [
    "description",
    "title",
    "example",
    "examples",
    "externalDocs",
    "xml",
    "deprecated",
    "nullable",
    "discriminator",
    "oneOf",
    "anyOf",
];

impl<'a> SchemaPair<'a> {
    /// Compares the alternatives. Returns whether nothing else of the schemas can be compared.
    pub(super) fn choices(&self, comparison: &mut Comparison<'a>) -> bool {
        self.discriminator(comparison);
        match (self.old.choices.as_slice(), self.new.choices.as_slice()) {
            ([], []) => false,
            ([one], [other]) => {
                self.alternatives(comparison, one, other);
                false
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
                for (one, other) in old.iter().zip(new) {
                    self.alternatives(comparison, one, other);
                }
                for choice in new.iter().skip(old.len()) {
                    self.choice_added_or_removed(comparison, choice, true, (true, false));
                }
                for choice in old.iter().skip(new.len()) {
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
        let labels = labels(&choice.schemas);
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

    /// Compares the alternatives of both versions. Their order has no meaning.
    fn alternatives(&self, comparison: &mut Comparison<'a>, old: &Choice<'a>, new: &Choice<'a>) {
        let place = self.place(new.keyword);
        if old.keyword != new.keyword {
            let how = format!("the {} is now {}", old.keyword, with_article(new.keyword));
            let at = At(self.old.position(old.keyword), self.new.position(new.keyword));
            comparison.add(&place, ChangeSeverity::Notice, "alternatives-changed", &how, at);
        }
        let pairs = pairs(comparison, &old.schemas, &new.schemas);
        for (one, other) in &pairs {
            let (one, other) = (old.schemas[*one], new.schemas[*other]);
            let part = format!("{} {}", new.keyword, label(other, &new.schemas));
            let (one, other) = (self.old.alternative(one), self.new.alternative(other));
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
                let one = self.old.alternative(one);
                let mut others = new.schemas.iter().take(64).map(|other| self.new.alternative(other));
                others.any(|other| comparison.old_fits_in_new(&one, &other))
            });
            let severity = if covered { ChangeSeverity::Documentation } else { narrower(self.direction) };
            let (labels, were) = (labels(&removed), if removed.len() == 1 { "was" } else { "were" });
            let how = format!("{labels} {were} removed from the {}", old.keyword);
            let at = At(removed.first().map(|node| node.span.start), self.new.position(new.keyword));
            let values = (Some(labels), None);
            comparison.add_directed((&place, self.direction), severity, "alternatives-removed", &how, at, values);
        }
        if !added.is_empty() {
            let covered = added.iter().all(|one| {
                let one = self.new.alternative(one);
                let mut others = old.schemas.iter().take(64).map(|other| self.old.alternative(other));
                others.any(|other| comparison.new_fits_in_old(&one, &other))
            });
            let severity = if covered { ChangeSeverity::Documentation } else { wider(self.direction) };
            let (labels, were) = (labels(&added), if added.len() == 1 { "was" } else { "were" });
            let how = format!("{labels} {were} added to the {}", new.keyword);
            let at = At(self.old.position(old.keyword), added.first().map(|node| node.span.start));
            let values = (None, Some(labels));
            comparison.add_directed((&place, self.direction), severity, "alternatives-added", &how, at, values);
        }
    }
}

impl Choice<'_> {
    /// Returns whether values that match this number of the alternatives are accepted. A `oneOf` accepts those that match one.
    fn accepts(&self, fitting: usize) -> bool {
        if self.keyword == "oneOf" { fitting == 1 } else { fitting > 0 }
    }
}

/// Returns which alternatives of both versions belong together: those of one name, then the equal ones, then the most similar ones.
fn pairs<'a>(comparison: &Comparison<'a>, old: &[&'a Node], new: &[&'a Node]) -> Vec<(usize, usize)> {
    let mut scores: Vec<(u32, usize, usize)> = Vec::new();
    let views = |schemas: &[&'a Node], references| -> Vec<View<'a>> {
        schemas.iter().map(|schema| View::of(&[schema], references)).collect()
    };
    let (before, after) = (views(old, comparison.old_references), views(new, comparison.new_references));
    'all: for (at, one) in before.iter().enumerate() {
        for (other_at, other) in after.iter().enumerate() {
            if scores.len() > MAX_PAIRS {
                break 'all;
            }
            let score = similarity(one, other);
            if score > 0 {
                scores.push((score, at, other_at));
            }
        }
    }
    scores.sort_by_key(|(score, one, other)| (u32::MAX - score, *one, *other));
    let (mut used_old, mut used_new, mut pairs) = (HashSet::new(), HashSet::new(), Vec::new());
    for (_, one, other) in scores {
        if !used_old.contains(&one) && !used_new.contains(&other) {
            used_old.insert(one);
            used_new.insert(other);
            pairs.push((one, other));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Returns a number for the similarity of two schemas, and 0 for schemas that have nothing in common.
fn similarity(one: &View<'_>, other: &View<'_>) -> u32 {
    if one.name.is_some() && one.name == other.name {
        return 10_000;
    }
    let types = (one.types(), other.types());
    if let (Some(one), Some(other)) = &types
        && one.is_disjoint(other)
    {
        return 0;
    }
    let mut score = 0;
    let keys = |view: &View<'_>| -> HashSet<String> {
        let entries = view.layers.iter().flat_map(|layer| layer.entries());
        entries.map(|entry| format!("{} {}", entry.key, entry.node.to_json())).collect()
    };
    let (own, others) = (keys(one), keys(other));
    if own == others {
        return 9_000;
    }
    score += u32::try_from(own.intersection(&others).count()).unwrap_or_default();
    if !texts(one, "title").is_disjoint(&texts(other, "title")) {
        score += 100;
    }
    let names = |view: &View<'_>| -> HashSet<String> {
        let properties = view.layers.iter().flat_map(|layer| layer.entries_of("properties"));
        properties.map(|entry| entry.key.clone()).collect()
    };
    let (own, others) = (names(one), names(other));
    if own.is_empty() && others.is_empty() {
        let limits = |view: &View<'_>| -> HashSet<String> {
            let entries = view.layers.iter().flat_map(|layer| layer.entries());
            entries.map(|entry| entry.key.clone()).filter(|key| !HARMLESS.contains(&key.as_str())).collect()
        };
        return score + u32::try_from(limits(one).intersection(&limits(other)).count()).unwrap_or_default() * 4;
    }
    let shared = u32::try_from(own.intersection(&others).count()).unwrap_or_default();
    if shared == 0 { 0 } else { score + shared * 8 }
}

/// Returns whether a schema is nothing but its alternatives.
fn is_trivial(view: &View<'_>) -> bool {
    let mut keys = view.layers.iter().flat_map(|layer| layer.entries()).map(|entry| entry.key.as_str());
    keys.all(|key| HARMLESS.contains(&key) || key.starts_with("x-"))
}

fn with_article(keyword: &str) -> String {
    format!("{} {keyword}", if keyword.starts_with(['a', 'o']) && keyword != "oneOf" { "an" } else { "a" })
}

/// Names alternatives for a message.
fn labels(schemas: &[&Node]) -> String {
    let listed: Vec<String> = schemas.iter().take(8).map(|schema| label(schema, schemas)).collect();
    let more = schemas.len().saturating_sub(8);
    if more == 0 { listed.join(", ") } else { format!("{} and {more} more", listed.join(", ")) }
}

/// Names an alternative: by its component, its title, its type, or its number.
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
    let at = all.iter().position(|other| std::ptr::eq(*other, schema)).map_or(0, |at| at + 1);
    format!("number {at}")
}
