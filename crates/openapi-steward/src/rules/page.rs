//! The page that lists all rules, `RULES.md`.

use std::fmt::Write;

use super::registry::RULES;
use super::rule::Group;
use crate::document::Version;

/// Returns the page of all rules, in Markdown.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "<!-- @generated from the rules. Do not edit. -->\n\n\
         # The rules of `openapi-steward validate`\n\n\
         Each finding is of one of three classes. An *error* breaks OpenAPI. A finding of the class *generator* is about a \
         document that is valid, and that `generate` does not support. *Advice* is about what could be better. A rule can report \
         single findings in a lower class than its own.\n\n\
         By default, errors fail the validation, advice is shown as warnings, and the limits of the generator are only checked with \
         `--for generate`. `--deny`, `--warn` and `--allow` change the level of a rule, a group or a class: for one run on the \
         command line, or in `steward.toml`. `openapi-steward explain RULE` prints the reason for a rule with an example.\n\n\
         A rule holds for documents of OpenAPI 3.0, 3.1 and 3.2, unless its summary says otherwise.\n",
    );
    for group in Group::ALL {
        let (name, description) = (group.name(), group.description());
        let _ = write!(page, "\n## {name}\n\n{description}\n\n| rule | class | summary |\n| --- | --- | --- |\n");
        for rule in RULES.iter().filter(|rule| rule.group == group) {
            let (class, summary) = (rule.class().name(), rule.summary.replace('|', "\\|"));
            let only = if rule.holds_for(Version::V3_1) { "" } else { " Only in OpenAPI 3.0." };
            let _ = writeln!(page, "| `{}` | {class} | {summary}{only} |", rule.id);
        }
    }
    page
}
