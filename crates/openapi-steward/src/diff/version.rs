//! The version that a crate needs for its changes.

use std::fmt;

use super::change::ChangeSeverity;

/// A version, without pre-release and build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version([u64; 3]);

impl Version {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let plain = text.split(['-', '+']).next()?;
        let parts: Vec<u64> = plain.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
        parts.try_into().ok().map(Self)
    }

    /// Returns the smallest version after this one that a change of this severity can have. Before 1.0 the second number stands for
    /// breaking changes.
    pub(crate) fn after(self, severity: Option<ChangeSeverity>) -> Self {
        let Self([major, minor, patch]) = self;
        match severity {
            Some(ChangeSeverity::Breaking) if major > 0 => Self([major + 1, 0, 0]),
            Some(ChangeSeverity::Breaking) => Self([0, minor + 1, 0]),
            Some(ChangeSeverity::Additive | ChangeSeverity::Notice) if major > 0 => Self([major, minor + 1, 0]),
            Some(ChangeSeverity::Additive | ChangeSeverity::Notice | ChangeSeverity::Documentation) => {
                Self([major, minor, patch + 1])
            }
            None => self,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([major, minor, patch]) = self;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// A crate, and the heaviest change for its users.
#[derive(Debug)]
pub(crate) struct Verdict<'a> {
    pub(crate) name: &'a str,
    pub(crate) severity: ChangeSeverity,
    /// The version before the changes, if it is known.
    pub(crate) old: Option<Version>,
    pub(crate) current: Option<Version>,
}

/// Returns the sentence about the version of a crate, and whether that version announces every breaking change.
pub(crate) fn verdict(verdict: &Verdict<'_>) -> (String, bool) {
    let Verdict { name, severity, old, current } = verdict;
    let changes = match severity {
        ChangeSeverity::Notice => "changes that have to be deliberate".to_owned(),
        ChangeSeverity::Documentation => "changes of its documentation".to_owned(),
        severity => format!("{severity} changes"),
    };
    let (Some(old), Some(current)) = (old, current) else {
        return (format!("{name} needs a new version for {changes}"), *severity != ChangeSeverity::Breaking);
    };
    let needed = old.after(Some(*severity));
    let enough = current >= &needed;
    let has = if enough { "and" } else { "but" };
    let line = format!("{name} was {old}, needs {needed} for {changes}, {has} is {current}");
    (line, enough || *severity != ChangeSeverity::Breaking)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breaking_change_raises_the_second_number_before_version_1_and_the_first_after_it() {
        let version = |text| Version::parse(text);
        let after = |text, weight| version(text).map(|version| version.after(Some(weight)).to_string());
        assert_eq!(after("0.1.4", ChangeSeverity::Breaking).as_deref(), Some("0.2.0"));
        assert_eq!(after("0.1.4", ChangeSeverity::Additive).as_deref(), Some("0.1.5"));
        assert_eq!(after("1.2.3", ChangeSeverity::Breaking).as_deref(), Some("2.0.0"));
        assert_eq!(after("1.2.3", ChangeSeverity::Additive).as_deref(), Some("1.3.0"));
        assert_eq!(after("1.2.3-beta.1", ChangeSeverity::Documentation).as_deref(), Some("1.2.4"));
        assert!(version("0.10.0") > version("0.9.9") && version("x").is_none());
    }
}
