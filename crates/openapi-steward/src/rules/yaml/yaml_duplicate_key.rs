use crate::document::Severity;
use crate::rules::rule::{Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "yaml-duplicate-key",
    group: Group::Yaml,
    severity: Severity::Error,
    summary: "A map has each key once.",
    rationale: "YAML forbids duplicate keys. Tools that accept them keep one of the two without notice.",
    bad: "\
info:
  title: Rooms
  version: 1.0.0
  title: Video # here
",
    good: "\
info:
  title: Rooms
  version: 1.0.0
",
    // The YAML reader reports these findings.
    check: |_| Vec::new(),
};
