//! `oneOf`, `anyOf` and the discriminator, which choose between schemas.

use super::mismatch::{Mismatch, MismatchKind, Path, shown};
use super::outcome::Outcome;
use super::run::{Place, Run, mismatch};
use crate::document::{Node, Value};
use crate::schema::composition::{Alternatives, Composition};
use crate::schema::discriminator::Discriminator;
use crate::schema::references::id;
use crate::text::list;

/// The choice of a discriminator.
enum Choice<'a> {
    /// The discriminator does not decide.
    Open,
    Schema(&'a Node),
    /// The value of the property names no schema.
    Unknown(Mismatch),
}

impl<'a, 'v> Run<'_, 'a, 'v> {
    /// Applies the alternatives of a schema.
    pub(super) fn alternatives(
        &mut self,
        schema: &'a Node,
        value: &'v Node,
        place: Place<'_, 'a>,
        outcome: &mut Outcome<'v>,
    ) {
        match self.choose(schema, value, place) {
            Choice::Schema(chosen) => {
                let chosen = self.apply(chosen, value, Place { is_part: false, ..place });
                outcome.merge(chosen);
            }
            Choice::Unknown(mismatch) => {
                outcome.mismatches.push(mismatch);
                outcome.known.all = true;
            }
            Choice::Open => {
                for alternatives in Alternatives::of(schema) {
                    self.each(alternatives, value, place, outcome);
                }
            }
        }
    }

    /// Reads the discriminator, if there is one.
    fn choose(&self, schema: &'a Node, value: &'v Node, place: Place<'_, 'a>) -> Choice<'a> {
        let Some(discriminator) = Discriminator::of(schema, self.validator.references) else { return Choice::Open };
        let Some(property) = value.get(discriminator.property) else { return Choice::Open };
        let Some(kind) = property.str() else { return Choice::Open };
        let is_parent = discriminator.alternatives().next().is_none();
        if is_parent && place.is_part {
            return Choice::Open;
        }
        let kinds = self.validator.kinds(discriminator);
        if let Some(known) = kinds.get(kind).copied() {
            let is_itself = id(known) == id(schema);
            return if is_itself || !discriminator.can_choose(known) { Choice::Open } else { Choice::Schema(known) };
        }
        let is_own_name =
            is_parent && self.validator.references.component(kind).is_some_and(|component| id(component) == id(schema));
        let is_mapped = discriminator.mapping().iter().any(|entry| entry.key == kind);
        if kinds.is_empty()
            || is_own_name
            || is_mapped
            || discriminator.has_inline_alternatives()
            || self.lists_kind(discriminator, kind)
        {
            return Choice::Open;
        }
        let mut names: Vec<&str> = kinds.keys().copied().collect();
        names.sort_unstable();
        names.truncate(20);
        let reason = format!("the discriminator has no schema for {}: it has {}", shown(property), list(names));
        let path = Path::Key(&place.path, discriminator.property);
        Choice::Unknown(mismatch(MismatchKind::Value, schema, property, path, reason, "discriminator"))
    }

    /// Returns whether an alternative itself lists a value of the discriminator's property.
    fn lists_kind(&self, discriminator: Discriminator<'a>, kind: &str) -> bool {
        discriminator.alternatives().any(|alternative| {
            let composition = Composition::of(alternative, self.validator.references);
            let mut values = composition.property(discriminator.property).flat_map(|schema| schema.items_of("enum"));
            values.any(|value| value.str() == Some(kind))
        })
    }

    /// Applies each schema of a `oneOf` or an `anyOf`.
    fn each(
        &mut self,
        alternatives: Alternatives<'a>,
        value: &'v Node,
        place: Place<'_, 'a>,
        outcome: &mut Outcome<'v>,
    ) {
        let Alternatives { keyword, part, schemas } = alternatives;
        let place = Place { is_part: false, ..place };
        let outcomes: Vec<Outcome<'v>> = schemas.iter().map(|schema| self.apply(schema, value, place)).collect();
        let exact = outcomes.iter().filter(|outcome| outcome.mismatches.is_empty()).count();
        let valid = outcomes.iter().filter(|outcome| outcome.is_valid()).count();
        if valid == 0 {
            let at = place.path.pointer();
            outcome.known.all = true;
            outcome.mismatches.extend(closest(outcomes, &at).map_or_else(
                || {
                    let reason = format!("{} matches none of the schemas in `{keyword}`", shown(value));
                    let cause = if matches!(value.value, Value::Null) { "null" } else { keyword };
                    vec![mismatch(MismatchKind::Value, part, value, place.path, reason, cause)]
                },
                |closest| closest.mismatches,
            ));
            return;
        }
        // Alternatives can differ by their format only, which alone does not make a value invalid.
        if keyword == "oneOf" && (exact > 1 || (exact == 0 && valid > 1)) {
            let reason = format!("{} matches more than one of the schemas in `oneOf`", shown(value));
            outcome.mismatches.push(mismatch(MismatchKind::Value, part, value, place.path, reason, "oneOf twice"));
        }
        for matching in outcomes.into_iter().filter(Outcome::is_valid) {
            if exact == 0 && valid == 1 {
                outcome.mismatches.extend(matching.mismatches);
            }
            outcome.known.merge(matching.known);
        }
    }
}

/// The alternative that a value was probably written for: the only one that the value as a whole matches, or the only one of its
/// type.
fn closest<'v>(outcomes: Vec<Outcome<'v>>, at: &str) -> Option<Outcome<'v>> {
    let at_root = |outcome: &Outcome<'_>, cause: &str| {
        outcome.mismatches.iter().any(|mismatch| mismatch.pointer == at && mismatch.cause.starts_with(cause))
    };
    let only = |outcomes: &[Outcome<'v>], matches: &dyn Fn(&Outcome<'v>) -> bool| {
        let mut matching = (0..outcomes.len()).filter(|index| matches(&outcomes[*index]));
        matching.next().filter(|_| matching.next().is_none())
    };
    let index = only(&outcomes, &|outcome| !at_root(outcome, ""))
        .or_else(|| only(&outcomes, &|outcome| !at_root(outcome, "type") && !at_root(outcome, "null")))?;
    outcomes.into_iter().nth(index)
}
