//! `cargo xtask validate`: says everything that is wrong with the spec and its examples.

use std::path::Path;
use std::time::Instant;

use crate::files::count;
use crate::generate;
use crate::outcome::{CouldNotRun, Outcome};
use crate::report::{self, Format};
use crate::rules::{self, Group, RULES, Rule};
use crate::shell::Shell;
use crate::spec::{Diagnostic, Severity, Source, list};

/// What to check, and how to say what is wrong.
#[derive(Debug)]
pub(crate) struct Validate<'a> {
    pub(crate) spec: &'a Path,
    pub(crate) format: Format,
    /// Rules and groups of rules that are not looked at.
    pub(crate) allow: &'a [String],
}

pub(crate) fn run(validate: &Validate<'_>, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    known(validate.allow)?;
    let source = generate::read(validate.spec)?;
    let findings = rules::check(&source, &directory(&source), validate.allow);
    Ok(say(&findings, &source, validate.format, started, shell))
}

/// Prints the findings, and what they come to.
pub(crate) fn say(
    findings: &[Diagnostic],
    source: &Source,
    format: Format,
    started: Instant,
    shell: &Shell,
) -> Outcome {
    match format {
        Format::Human if findings.is_empty() => {}
        Format::Human => shell.text(source.render(findings)),
        // What a program reads does not stand among what a person does.
        format => shell.out(report::render(findings, source, format)),
    }
    let Some(sum) = sum(findings) else {
        shell.status("Valid", format_args!("{} in {:.2}s", source.path, started.elapsed().as_secs_f64()));
        return Outcome::Fine;
    };
    let explained = findings.iter().find(|finding| !finding.rule.is_empty());
    let hint = explained.map_or_else(String::new, |finding| {
        format!("; `cargo xtask validate --explain {}` says more of a rule", finding.rule)
    });
    let about = format!("{sum} in {}{hint}", source.path);
    // Each finding is an annotation then, and needs none that counts them.
    if format == Format::Github {
        shell.failure("Found", about);
    } else {
        shell.error(&about);
    }
    Outcome::Findings
}

/// `2 errors and 1 warning`.
fn sum(findings: &[Diagnostic]) -> Option<String> {
    let of = |severity: Severity| {
        let number = findings.iter().filter(|finding| finding.severity == severity).count();
        (number > 0).then(|| count(number, severity.name()))
    };
    let counted: Vec<String> = [of(Severity::Error), of(Severity::Warning)].into_iter().flatten().collect();
    (!counted.is_empty()).then(|| counted.join(" and "))
}

/// The folder of a document, where the files are that it points at.
fn directory(source: &Source) -> std::path::PathBuf {
    let folder = Path::new(&source.path).parent().unwrap_or(Path::new(""));
    if folder == Path::new("") { ".".into() } else { folder.to_path_buf() }
}

/// Prints what a rule asks for and why, with an example; or which rules there are of a group.
pub(crate) fn explain(id: &str, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    if let Some(group) = Group::ALL.into_iter().find(|group| group.name() == id) {
        shell.out(contents(group));
        return Ok(Outcome::Fine);
    }
    let rule = rules::find(id).map_err(|similar| {
        let help = similar.map_or_else(
            || format!("there are {}", list(RULES.iter().map(|rule| rule.id))),
            |similar| format!("did you mean `{similar}`?"),
        );
        CouldNotRun(format!("there is no rule `{id}`: {help}"))
    })?;
    shell.out(explanation(rule));
    Ok(Outcome::Fine)
}

fn explanation(rule: &Rule) -> String {
    let (group, severity) = (rule.group.name(), rule.severity.name());
    let document = |text: &str| {
        let lines = text.lines().map(|line| format!("    {}", line.replace("# here", "# <- here")));
        lines.collect::<Vec<_>>().join("\n")
    };
    let wrapped = |text: &str| wrap(text, 100);
    format!(
        "{} ({group}, {severity})\n\n{}\n\n{}\n\nFound in:\n\n{}\n\nFine:\n\n{}",
        rule.id,
        wrapped(rule.asks),
        wrapped(rule.why),
        document(rule.bad),
        document(rule.good)
    )
}

/// The rules of a group, each with what it asks for.
fn contents(group: Group) -> String {
    let rules = RULES.iter().filter(|rule| rule.group == group);
    let lines: Vec<String> = rules.map(|rule| format!("{:26} {}", rule.id, rule.asks)).collect();
    format!("{}: {}\n\n{}", group.name(), group.about(), lines.join("\n"))
}

/// The text in lines of so many characters at most.
fn wrap(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last().map_or(0, String::len);
        if line > 0 && line + 1 + word.len() > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}

/// Refuses the name of a rule or group that there is not: it would allow nothing without a word.
fn known(names: &[String]) -> Result<(), CouldNotRun> {
    let groups = || Group::ALL.iter().map(|group| group.name());
    let unknown = names.iter().find(|name| !groups().any(|group| group == *name) && rules::find(name).is_err());
    unknown.map_or(Ok(()), |name| {
        let all = groups().chain(RULES.iter().map(|rule| rule.id));
        let help = crate::spec::meant(name, all, &format!("the groups are {}", list(groups())));
        Err(CouldNotRun(format!("--allow {name}: there is no such rule or group: {help}")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::Captured;

    #[test]
    fn a_rule_explains_itself() {
        insta::assert_snapshot!("an_explanation", rules::find("empty-range").map(explanation).unwrap_or_default());
        insta::assert_snapshot!("the_rules_of_a_group", contents(Group::House));
        let error = explain("empty-rang", &Shell::new(Captured::default())).err().map(|error| error.0);
        assert_eq!(error.as_deref(), Some("there is no rule `empty-rang`: did you mean `empty-range`?"));
    }

    #[test]
    fn findings_are_counted_by_how_bad_they_are() {
        let error = Diagnostic::new("", 0..0);
        let warning = Diagnostic { severity: Severity::Warning, ..error.clone() };
        assert_eq!(sum(&[error.clone(), warning.clone(), error]).as_deref(), Some("2 errors and 1 warning"));
        assert_eq!((sum(&[warning]).as_deref(), sum(&[])), (Some("1 warning"), None));
    }

    #[test]
    fn only_rules_and_groups_that_there_are_can_be_allowed() {
        let error = known(&["hose".to_owned()]).err().map(|error| error.0);
        assert_eq!(error.as_deref(), Some("--allow hose: there is no such rule or group: did you mean `house`?"));
        assert!(known(&["house".to_owned(), "empty-range".to_owned()]).is_ok());
    }
}
