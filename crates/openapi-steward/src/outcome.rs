//! The ways in which a command ends.

/// The end of a command that could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// Nothing is wrong.
    Success,
    /// There are findings, which the command has printed.
    Findings,
    /// A generated file differs from what would be generated.
    Stale,
    /// There is a breaking change that the version does not announce.
    Breaking,
}

impl Outcome {
    /// The exit code, which is the same for every command.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Findings => 1,
            Self::Stale => 4,
            Self::Breaking => 5,
        }
    }
}

/// The reason why a command could not run: one message that says what, where and what to do. Its exit code is 2.
#[derive(Debug)]
pub struct CouldNotRun(pub String);

impl std::fmt::Display for CouldNotRun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CouldNotRun {}
