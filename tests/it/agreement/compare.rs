//! What the spec says beside what the Rust types say.

use std::fmt;

use super::intended::Intended;
use super::meaning::Facts;

/// A fact that is another in the spec than in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) place: String,
    pub(super) fact: &'static str,
    pub(super) spec: Option<String>,
    pub(super) rust: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".to_owned());
        write!(f, "{}, {}: the spec says {}, Rust says {}", self.place, self.fact, side(&self.spec), side(&self.rust))
    }
}

/// The facts that differ, in the order of their places.
pub(super) fn differences(spec: &Facts, rust: &Facts) -> Vec<Difference> {
    let both = spec.keys().chain(rust.keys().filter(|key| !spec.contains_key(*key)));
    let mut differences: Vec<Difference> = both
        .filter(|key| spec.get(*key) != rust.get(*key))
        .map(|key| Difference {
            place: key.0.clone(),
            fact: key.1,
            spec: spec.get(key).cloned(),
            rust: rust.get(key).cloned(),
        })
        .collect();
    differences.sort_by(|one, other| (&one.place, one.fact).cmp(&(&other.place, other.fact)));
    differences
}

/// What has to be mended: the differences that nobody means to have, and what is listed and does not differ.
pub(super) fn disagreements(differences: &[Difference], intended: &[Intended]) -> Vec<String> {
    let unlisted = differences.iter().filter(|difference| !intended.iter().any(|one| one.is(difference)));
    let unlisted = unlisted.map(|difference| {
        format!(
            "{difference}; change one of them, or list the difference with its reason in tests/it/agreement/intended.rs"
        )
    });
    let stale = intended.iter().filter(|one| !differences.iter().any(|difference| one.is(difference)));
    let stale =
        stale.map(|one| format!("{one} is listed in tests/it/agreement/intended.rs, and is no difference any more"));
    unlisted.chain(stale).collect()
}
