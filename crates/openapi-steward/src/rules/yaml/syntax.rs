use crate::document::Severity;
use crate::rules::{Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "yaml-syntax",
    group: Group::Yaml,
    severity: Severity::Error,
    asks: "The text is one YAML document, of the values that JSON has.",
    why: "Nothing can be said about a text that cannot be read. Tags, anchors and aliases are YAML, but no JSON, \
          and tools for OpenAPI take them differently or not at all.",
    bad: "\
info:
  title: 'Rooms # here
  version: 1.0.0
",
    good: "\
info:
  title: 'Rooms'
  version: 1.0.0
",
    // It is the reader that finds these: there is no document then.
    check: |_| Vec::new(),
};
