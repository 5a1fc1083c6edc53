//! Tries whether every value of a schema of one version is a value of a schema of the other.

use std::rc::Rc;

use super::super::change::ChangeSeverity;
use super::super::comparison::{Comparison, SchemaPair};
use super::super::place::Place;
use super::super::view::View;
use crate::schema::Direction;

/// The nesting of such trials, for alternatives of alternatives.
const MAX_DEPTH: u8 = 3;
/// The number of trials, which schemas that nest in themselves can multiply.
const MAX_TRIALS: usize = 50_000;

impl<'a> Comparison<'a> {
    /// Returns whether every value of a schema of the old version matches one of the new version.
    pub(super) fn old_fits_in_new(&self, old: &View<'a>, new: &View<'a>) -> bool {
        self.fits(Comparison::new(self.old, self.new, self.settings), old, new)
    }

    /// Returns whether every value of a schema of the new version matches one of the old version.
    pub(super) fn new_fits_in_old(&self, new: &View<'a>, old: &View<'a>) -> bool {
        self.fits(Comparison::new(self.new, self.old, self.settings), new, old)
    }

    fn fits(&self, mut trial: Comparison<'a>, from: &View<'a>, to: &View<'a>) -> bool {
        trial.depth = self.depth + 1;
        trial.trials = Rc::clone(&self.trials);
        self.trials.set(self.trials.get() + 1);
        if self.trials.get() > MAX_TRIALS {
            return false;
        }
        if trial.depth > MAX_DEPTH {
            return from.values("type") == to.values("type") && from.name.is_some() && from.name == to.name;
        }
        // A request with values of the first schema has to be accepted by the second.
        let direction = Direction::Request;
        let place = Place::document("");
        trial.queue.push_back(SchemaPair { place, old: from.clone(), new: to.clone(), direction });
        trial.compare_schemas();
        !trial.gave_up && !trial.changes.iter().any(|change| change.severity == ChangeSeverity::Breaking)
    }
}
