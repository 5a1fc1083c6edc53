//! Pairs the alternatives of two versions that belong together.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::super::annotations::ANNOTATIONS;
use super::super::view::View;
use super::kinds::texts;
use crate::document::Node;

/// The number of pairs of alternatives that are compared to find out which belong together.
const MAX_PAIRS: usize = 4_096;

/// Returns whether a keyword chooses between alternatives, or describes them.
pub(super) fn is_of_alternatives(key: &str) -> bool {
    ["discriminator", "oneOf", "anyOf"].contains(&key) || ANNOTATIONS.contains(&key)
}

/// Returns which alternatives of both versions belong together: those of one name, then the equal ones, those that the same constant
/// values tell apart, those of one title, and then the most similar ones.
pub(super) fn pairs(old: &[View<'_>], new: &[View<'_>]) -> Vec<(usize, usize)> {
    let mut open = Open { old: (0..old.len()).collect(), new: (0..new.len()).collect(), pairs: Vec::new() };
    let keys: [fn(&View<'_>) -> Option<String>; 4] = [
        |view| view.name.map(str::to_owned),
        |view| Some(keywords(view).into_iter().collect::<Vec<_>>().join("\n")),
        |view| {
            let constants: Vec<String> =
                constants(view).iter().map(|(name, value)| format!("{name}={value}")).collect();
            (!constants.is_empty()).then(|| constants.join("\n"))
        },
        |view| texts(view, "title").into_iter().next(),
    ];
    for key in keys {
        open.pair_by(&old.iter().map(key).collect::<Vec<_>>(), &new.iter().map(key).collect::<Vec<_>>());
    }
    let mut scores: Vec<(u32, usize, usize)> = Vec::new();
    let all = open.old.iter().flat_map(|one| open.new.iter().map(move |other| (*one, *other)));
    for (one, other) in all.take(MAX_PAIRS) {
        let score = similarity(&old[one], &new[other]);
        if score > 0 {
            scores.push((score, one, other));
        }
    }
    scores.sort_by_key(|(score, one, other)| (u32::MAX - score, *one, *other));
    for (_, one, other) in scores {
        if open.old.contains(&one) && open.new.contains(&other) {
            open.pair(one, other);
        }
    }
    open.pairs.sort_unstable();
    open.pairs
}

/// The alternatives without a counterpart, and the pairs that were found.
struct Open {
    old: BTreeSet<usize>,
    new: BTreeSet<usize>,
    pairs: Vec<(usize, usize)>,
}

impl Open {
    fn pair(&mut self, one: usize, other: usize) {
        self.old.remove(&one);
        self.new.remove(&other);
        self.pairs.push((one, other));
    }

    /// Pairs the alternatives of the same key, in their order.
    fn pair_by(&mut self, old: &[Option<String>], new: &[Option<String>]) {
        let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
        for at in self.new.iter().rev() {
            if let Some(key) = &new[*at] {
                by_key.entry(key).or_default().push(*at);
            }
        }
        for one in self.old.clone() {
            let other = old[one].as_deref().and_then(|key| by_key.get_mut(key)?.pop());
            if let Some(other) = other {
                self.pair(one, other);
            }
        }
    }
}

/// The keywords of a schema with their values.
fn keywords(view: &View<'_>) -> BTreeSet<String> {
    let entries = view.layers.iter().flat_map(|layer| layer.entries());
    let entries = entries.filter(|entry| !(entry.key == "nullable" && view.allows_everything()));
    entries.map(|entry| format!("{} {}", entry.key, entry.node.to_json())).collect()
}

/// The properties that have one value only, which tells alternatives apart.
fn constants(view: &View<'_>) -> BTreeMap<String, String> {
    let properties = view.layers.iter().flat_map(|layer| layer.entries_of("properties"));
    let value = |node: &Node| -> Option<String> {
        let only = match node.items_of("enum") {
            [only] => Some(only),
            _ => node.get("const"),
        };
        only.map(|value| value.to_json().to_string())
    };
    properties.filter_map(|entry| Some((entry.key.clone(), value(&entry.node)?))).collect()
}

/// Returns a number for the similarity of two schemas, and 0 for schemas that have nothing in common.
fn similarity(one: &View<'_>, other: &View<'_>) -> u32 {
    if let (Some(one), Some(other)) = (one.types(), other.types())
        && one.is_disjoint(&other)
    {
        return 0;
    }
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX / 64);
    let (own, others) = (constants(one), constants(other));
    let shared: Vec<bool> =
        own.iter().filter_map(|(name, value)| others.get(name).map(|other| other == value)).collect();
    let equal = shared.iter().filter(|is_equal| **is_equal).count();
    if !shared.is_empty() && equal == 0 {
        return 0;
    }
    let score = count(equal) * 1_000 + count(keywords(one).intersection(&keywords(other)).count());
    let names = |view: &View<'_>| -> HashSet<String> {
        let properties = view.layers.iter().flat_map(|layer| layer.entries_of("properties"));
        properties.map(|entry| entry.key.clone()).collect()
    };
    let (own, others) = (names(one), names(other));
    if own.is_empty() && others.is_empty() {
        let limits = |view: &View<'_>| -> HashSet<String> {
            let entries = view.layers.iter().flat_map(|layer| layer.entries());
            entries.map(|entry| entry.key.clone()).filter(|key| !is_of_alternatives(key)).collect()
        };
        return score + count(limits(one).intersection(&limits(other)).count()) * 4;
    }
    match count(own.intersection(&others).count()) {
        0 => 0,
        shared => score + shared * 8,
    }
}
