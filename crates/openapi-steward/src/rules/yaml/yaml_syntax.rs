use crate::document::Severity;
use crate::rules::rule::{Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "yaml-syntax",
    group: Group::Yaml,
    severity: Severity::Error,
    summary: "The file is one valid YAML document that contains only JSON values.",
    rationale: "Nothing else can be checked in a file that cannot be read. Tags, anchors and aliases are YAML, but not \
          JSON, and tools for OpenAPI treat them differently or not at all.",
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
    // The YAML reader reports these findings.
    check: |_| Vec::new(),
};
