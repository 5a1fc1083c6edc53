//! The page that lists all rules, `RULES.md`.

use std::fmt::Write;

use super::registry::RULES;
use super::rule::Group;

/// Returns the page of all rules, in Markdown.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "<!-- @generated from the rules. Do not edit. -->\n\n\
         # The rules of `openapi-steward validate`\n\n\
         An error means that the document, or the code that is generated from it, is wrong. A warning means that it could be \
         better. Both fail the validation. `openapi-steward explain RULE` prints the reason for a rule with an example. \
         `--allow RULE` and `--allow GROUP` turn rules off for one run; an entry below `exceptions` in `steward.toml` turns a rule \
         off for a part of the document, or for all of it.\n",
    );
    for group in Group::ALL {
        let (name, description) = (group.name(), group.description());
        let _ = write!(page, "\n## {name}\n\n{description}\n\n| rule | severity | summary |\n| --- | --- | --- |\n");
        for rule in RULES.iter().filter(|rule| rule.group == group) {
            let _ =
                writeln!(page, "| `{}` | {} | {} |", rule.id, rule.severity.name(), rule.summary.replace('|', "\\|"));
        }
    }
    page
}
