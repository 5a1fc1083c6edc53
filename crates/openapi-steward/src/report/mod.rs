//! Renders findings for a person, for a program, and for tools that show them on the lines of a change.

mod excerpt;
mod github;
mod gitlab;
mod html;
mod human;
mod json;
mod junit;
mod located;
mod locator;
mod sarif;
#[cfg(test)]
mod tests;

pub(crate) use self::excerpt::Excerpts;
pub(crate) use self::github::annotation;
pub(crate) use self::html::Explain;
pub(crate) use self::human::human;
pub(crate) use self::located::Part;

/// The format of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
#[non_exhaustive]
pub enum Format {
    /// Text with the lines of the source, for a terminal.
    #[default]
    Human,
    /// A JSON list, for a program.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// A code quality report of GitLab.
    Gitlab,
    /// SARIF 2.1.0, for code scanning tools.
    Sarif,
    /// `JUnit` XML, for CI services that show test results.
    Junit,
    /// A page for reviewers, with the lines of the source.
    Html,
}

/// Renders the findings of several sources in a format. The one for a person has colours. `explain` returns the requirement of a rule
/// and its reason.
pub(crate) fn render(parts: &[Part<'_>], format: Format, explain: Explain<'_>) -> String {
    let located = || located::locate(parts);
    match format {
        Format::Human => human::parts(parts, true),
        Format::Json => json::list(&located()),
        Format::Github => github::annotations(&located()),
        Format::Gitlab => gitlab::report(&located()),
        Format::Sarif => sarif::log(&located()),
        Format::Junit => junit::suites(&located()),
        Format::Html => html::page(parts, explain),
    }
}
