//! Generates the code of a document after the rules have accepted it.

use crate::codegen::{self, Generated, NameProblem, Scope, Settings};
use crate::config::Config;
use crate::document::{Diagnostic, Document};
use crate::outcome::CouldNotRun;
use crate::rules;

/// The reason why no code is generated.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The findings of the rules, or that of the generator.
    Findings(Vec<Diagnostic>),
    /// A name of `steward.toml` cannot be given.
    Name(NameProblem),
}

/// Generates the code of a document.
pub(super) fn checked_code(document: &Document, settings: Settings<'_>) -> Result<Generated, Refusal> {
    let findings = rules::check_for_generator(&document.root, settings.formats);
    if !findings.is_empty() {
        return Err(Refusal::Findings(findings));
    }
    codegen::generate(&document.root, settings).map_err(|refusal| match refusal {
        codegen::Refusal::Document(finding) => Refusal::Findings(vec![finding]),
        codegen::Refusal::Name(problem) => Refusal::Name(problem),
    })
}

/// The settings of the generator in a configuration.
pub(super) fn settings(config: &Config, scope: Scope) -> Settings<'_> {
    Settings { formats: &config.formats, names: &config.names, scope }
}

/// The error for a name that cannot be given, with its line.
pub(super) fn name_problem(config: &Config, problem: &NameProblem) -> CouldNotRun {
    let line = config.source.position(problem.span.start).line;
    CouldNotRun(format!("{}:{line}: {}", config.source.path, problem.message))
}
