//! What the changes ask of the version of a crate.

use std::fmt;

use super::change::Weight;

/// A version, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version([u64; 3]);

impl Version {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let plain = text.split(['-', '+']).next()?;
        let parts: Vec<u64> = plain.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
        parts.try_into().ok().map(Self)
    }

    /// The version of the workspace, from its `Cargo.toml`.
    pub(super) fn of_workspace(manifest: &str) -> Option<Self> {
        let package = manifest.split("[workspace.package]").nth(1)?;
        let package = package.split("\n[").next()?;
        let line = package.lines().find_map(|line| line.trim().strip_prefix("version"))?;
        Self::parse(line.trim_start_matches([' ', '=']).trim().trim_matches('"'))
    }

    /// The least version after this one that such a change can have. Before 1.0 the second number is what breaks.
    pub(super) fn after(self, weight: Option<Weight>) -> Self {
        let Self([major, minor, patch]) = self;
        match weight {
            Some(Weight::Breaking) if major > 0 => Self([major + 1, 0, 0]),
            Some(Weight::Breaking) => Self([0, minor + 1, 0]),
            Some(Weight::Additive | Weight::Notice) if major > 0 => Self([major, minor + 1, 0]),
            Some(Weight::Additive | Weight::Notice | Weight::Words) => Self([major, minor, patch + 1]),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_one_the_second_number_breaks_and_after_it_the_first() {
        let version = |text| Version::parse(text);
        let after = |text, weight| version(text).map(|version| version.after(Some(weight)).to_string());
        assert_eq!(after("0.1.4", Weight::Breaking).as_deref(), Some("0.2.0"));
        assert_eq!(after("0.1.4", Weight::Additive).as_deref(), Some("0.1.5"));
        assert_eq!(after("1.2.3", Weight::Breaking).as_deref(), Some("2.0.0"));
        assert_eq!(after("1.2.3", Weight::Additive).as_deref(), Some("1.3.0"));
        assert_eq!(after("1.2.3-beta.1", Weight::Words).as_deref(), Some("1.2.4"));
        assert!(version("0.10.0") > version("0.9.9") && version("x").is_none());
    }

    #[test]
    fn the_version_of_the_workspace_is_read_from_its_manifest() {
        let manifest = include_str!("../../../Cargo.toml");
        assert_eq!(Version::of_workspace(manifest), Version::parse(env!("CARGO_PKG_VERSION")));
        assert_eq!(Version::of_workspace("[package]\nversion = \"1.0.0\""), None);
    }
}
