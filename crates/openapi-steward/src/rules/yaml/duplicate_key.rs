use crate::document::Severity;
use crate::rules::{Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "yaml-duplicate-key",
    group: Group::Yaml,
    severity: Severity::Error,
    asks: "A map has each key once.",
    why: "YAML forbids it, and tools that take it all the same keep one of the two without a word.",
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
    // It is the reader that finds these: a document has each key once.
    check: |_| Vec::new(),
};
