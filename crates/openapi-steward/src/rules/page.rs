//! The page that lists all rules.

use std::fmt::Write;

use super::{Group, RULES};
use crate::document::Severity;

/// The page of all rules, in Markdown.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "<!-- @generated from the rules. Do not edit. -->\n\n\
         # The rules of `openapi-steward validate`\n\n\
         An error makes the document wrong, or the code that is generated of it; a warning does not, and fails the validation as \
         well. `openapi-steward explain RULE` prints a rule with an example. `--allow RULE` or `--allow GROUP` leaves rules out, \
         and so does an entry below `exceptions` in `steward.toml`.\n",
    );
    for group in Group::ALL {
        let _ =
            write!(page, "\n## {}\n\n{}\n\n| rule | | asks for |\n| --- | --- | --- |\n", group.name(), group.about());
        for rule in RULES.iter().filter(|rule| rule.group == group) {
            let severity = if rule.severity == Severity::Error { "error" } else { "warning" };
            let _ = writeln!(page, "| `{}` | {severity} | {} |", rule.id, rule.asks.replace('|', "\\|"));
        }
    }
    page
}
