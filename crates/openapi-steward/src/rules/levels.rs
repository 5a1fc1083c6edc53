//! The level of each finding: left out, reported as a warning, or reported as an error.

use super::registry::{RULES, find};
use super::rule::{Group, Rule};
use crate::document::{Class, Diagnostic, Node, Severity, Span};
use crate::text::{list, matches, suggest};

/// A level of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// The finding is left out.
    Allow,
    /// The finding is a warning.
    Warn,
    /// The finding is an error, which fails the command.
    Deny,
}

impl Level {
    pub(crate) const ALL: [Self; 3] = [Self::Deny, Self::Warn, Self::Allow];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

/// The findings that an entry matches.
#[derive(Debug, Clone, Copy)]
enum Subject {
    Class(Class),
    Group(Group),
    Rule(&'static str),
}

/// Sets the level of the findings of a rule, a group or a class, in a part of the document or in all of it.
#[derive(Debug, Clone)]
pub(crate) struct LevelEntry {
    pub(crate) level: Level,
    subject: Subject,
    /// A JSON pointer into the document, in which `*` matches any characters.
    at: Option<String>,
    /// The position of the entry in `steward.toml`. Missing for an argument of the command line.
    pub(crate) span: Option<Span>,
}

impl LevelEntry {
    /// The error is the help for an unknown name.
    pub(crate) fn new(level: Level, name: &str, at: Option<&str>, span: Option<Span>) -> Result<Self, String> {
        let at = at.map(|pointer| pointer.trim_start_matches('#').to_owned());
        Ok(Self { level, subject: Subject::parse(name)?, at, span })
    }

    /// Parses an argument such as `unknown-format` or `unknown-format at #/components/*`.
    pub(crate) fn parse(level: Level, text: &str) -> Result<Self, String> {
        match text.split_once(" at ") {
            Some((name, at)) => Self::new(level, name.trim(), Some(at.trim()), None),
            None => Self::new(level, text.trim(), None, None),
        }
    }

    /// The name of the rule, the group or the class.
    pub(crate) fn name(&self) -> &'static str {
        match self.subject {
            Subject::Class(class) => class.name(),
            Subject::Group(group) => group.name(),
            Subject::Rule(id) => id,
        }
    }
}

impl Subject {
    fn parse(name: &str) -> Result<Self, String> {
        let class = Class::ALL.into_iter().find(|class| class.name() == name).map(Self::Class);
        let group = || Group::ALL.into_iter().find(|group| group.name() == name).map(Self::Group);
        let rule = || find(name).ok().map(|rule| Self::Rule(rule.id));
        class.or_else(group).or_else(rule).ok_or_else(|| {
            let (classes, groups) = (Class::ALL.map(Class::name), Group::ALL.map(Group::name));
            let all = classes.into_iter().chain(groups).chain(RULES.iter().map(|rule| rule.id));
            let otherwise = format!("the classes are {}, and the groups are {}", list(classes), list(groups));
            format!("unknown rule, group or class `{name}`: {}", suggest(name, all, &otherwise))
        })
    }

    fn includes(self, rule: &str, group: Option<Group>, class: Class) -> bool {
        match self {
            Self::Class(own) => own == class,
            Self::Group(own) => Some(own) == group,
            Self::Rule(id) => id == rule,
        }
    }
}

/// The levels of all findings. Of the entries that are about a finding, the last one counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Levels {
    entries: Vec<LevelEntry>,
    /// Reports what the generator does not support as errors, unless an entry says otherwise.
    pub(crate) for_generator: bool,
}

impl Levels {
    pub(crate) fn new(for_generator: bool, entries: Vec<LevelEntry>) -> Self {
        Self { entries, for_generator }
    }

    /// Returns whether a rule has to run: the rules for the generator only do where their findings are reported.
    pub(super) fn runs(&self, rule: &Rule) -> bool {
        rule.class() != Class::Generator || self.for_generator || self.raises(rule.id, rule.group)
    }

    /// Returns whether any entry asks for what the generator does not support.
    pub(super) fn looks_at_generator(&self) -> bool {
        self.for_generator
            || RULES.iter().any(|rule| rule.class() == Class::Generator && self.raises(rule.id, rule.group))
    }

    fn raises(&self, rule: &str, group: Group) -> bool {
        let mut raising = self.entries.iter().filter(|entry| entry.level != Level::Allow);
        raising.any(|entry| entry.subject.includes(rule, Some(group), Class::Generator))
    }

    /// Sets the severity of each finding, and removes the allowed ones. Also returns the entries of `steward.toml` that allow
    /// nothing.
    pub(crate) fn apply(&self, findings: Vec<Diagnostic>, root: Option<&Node>) -> (Vec<Diagnostic>, Vec<&LevelEntry>) {
        let mut used = vec![false; self.entries.len()];
        let mut reported = Vec::with_capacity(findings.len());
        for mut finding in findings {
            let (level, entry) = self.level(&finding, root);
            if let Some(used) = entry.and_then(|index| used.get_mut(index)) {
                *used = true;
            }
            finding.severity = match level {
                Level::Allow => continue,
                Level::Warn => Severity::Warning,
                Level::Deny => Severity::Error,
            };
            reported.push(finding);
        }
        let entries = self.entries.iter().zip(used);
        let unused = entries.filter(|(entry, used)| {
            !used && entry.level == Level::Allow && entry.span.is_some() && self.is_judged(entry.subject)
        });
        (reported, unused.map(|(entry, _)| entry).collect())
    }

    /// Returns whether the rules of an entry have run, so that it is known whether it matches a finding.
    fn is_judged(&self, subject: Subject) -> bool {
        let mut rules = RULES.iter().filter(|rule| subject.includes(rule.id, Some(rule.group), rule.class()));
        rules.all(|rule| self.runs(rule))
    }

    /// The level of a finding, and the index of the entry that sets it.
    fn level(&self, finding: &Diagnostic, root: Option<&Node>) -> (Level, Option<usize>) {
        let group = find(finding.rule).ok().map(|rule| rule.group);
        let mut pointer: Option<String> = None;
        let entry = self.entries.iter().enumerate().rev().find(|(_, entry)| {
            entry.subject.includes(finding.rule, group, finding.class)
                && entry.at.as_ref().is_none_or(|at| {
                    let pointer = pointer.get_or_insert_with(|| {
                        root.map(|root| root.pointer_at(finding.span.start)).unwrap_or_default()
                    });
                    matches(at, pointer)
                })
        });
        match (entry, finding.class) {
            (Some((index, entry)), _) => (entry.level, Some(index)),
            (None, Class::Error) => (Level::Deny, None),
            (None, Class::Generator) if self.for_generator => (Level::Deny, None),
            (None, Class::Generator) => (Level::Allow, None),
            (None, Class::Advice) => (Level::Warn, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read_yaml;

    const TEXT: &str = "paths:\n  /rooms: {}\n  /others: {}\n";

    fn entry(level: Level, name: &str, at: Option<&str>, line: usize) -> LevelEntry {
        LevelEntry::new(level, name, at, Some(line..line + 1)).unwrap_or_else(|error| panic!("{error}"))
    }

    fn finding(rule: &'static str, class: Class, key: &str) -> Diagnostic {
        let start = TEXT.find(key).unwrap_or_default();
        Diagnostic { rule, class, ..Diagnostic::new(key, start..start + 1) }
    }

    #[test]
    fn only_errors_fail_unless_an_entry_says_otherwise() {
        let findings = || {
            vec![
                finding("path-form", Class::Error, "/rooms"),
                finding("generation-failure", Class::Generator, "/rooms"),
                finding("description", Class::Advice, "/rooms"),
            ]
        };
        let levels = |for_generator, entries: &[(Level, &str)]| {
            let entries = entries.iter().map(|(level, name)| entry(*level, name, None, 0)).collect();
            let (findings, _) = Levels::new(for_generator, entries).apply(findings(), None);
            findings.iter().map(|finding| (finding.rule, finding.severity)).collect::<Vec<_>>()
        };
        let [form, failure, description] = ["path-form", "generation-failure", "description"];
        let (error, warning) = (Severity::Error, Severity::Warning);
        assert_eq!(levels(false, &[]), [(form, error), (description, warning)]);
        assert_eq!(levels(true, &[]), [(form, error), (failure, error), (description, warning)]);
        assert_eq!(
            levels(false, &[(Level::Warn, "codegen"), (Level::Allow, "style")]),
            [(form, error), (failure, warning)]
        );
        assert_eq!(
            levels(false, &[(Level::Deny, "advice"), (Level::Warn, form)]),
            [(form, warning), (description, error)]
        );
        assert_eq!(
            levels(false, &[(Level::Allow, "advice"), (Level::Deny, description)]),
            [(form, error), (description, error)]
        );
    }

    #[test]
    fn an_entry_is_about_its_place_and_is_used_or_not() -> Result<(), Diagnostic> {
        let (root, _) = read_yaml(TEXT)?;
        let levels = Levels::new(
            false,
            vec![
                entry(Level::Allow, "path-form", Some("#/paths/*rooms"), 1),
                entry(Level::Allow, "semantics", Some("/paths/*none"), 2),
                entry(Level::Allow, "style", None, 3),
                entry(Level::Allow, "generation-failure", None, 4),
                entry(Level::Warn, "examples", None, 5),
            ],
        );
        let findings = ["/rooms", "/others"].map(|key| finding("path-form", Class::Error, key)).into();
        let (reported, unused) = levels.apply(findings, Some(&root));
        assert_eq!(reported.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>(), ["/others"]);
        // The rule `generation-failure` has not run, so it is not known whether its entry is used.
        let unused: Vec<usize> = unused.iter().filter_map(|entry| Some(entry.span.as_ref()?.start)).collect();
        assert_eq!(unused, [2, 3]);
        Ok(())
    }
}
