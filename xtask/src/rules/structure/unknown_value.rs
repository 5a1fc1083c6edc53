use crate::rules::{Document, Group, Rule};
use crate::spec::{Diagnostic, Misfit, Severity, list, meant};

pub(crate) static RULE: Rule = Rule {
    id: "unknown-value",
    group: Group::Structure,
    severity: Severity::Error,
    asks: "Where OpenAPI 3.0 has a list of words, such as for `type` and `in`, the value is one of them.",
    why: "Other words mean nothing. `type: int` is no whole number: it is no type at all.",
    bad: "\
components:
  schemas:
    Count:
      type: int # here
",
    good: "\
components:
  schemas:
    Count:
      type: integer
",
    check,
};

fn check(document: &Document<'_>) -> Vec<Diagnostic> {
    let words = document.walk.misfits.iter().filter_map(|misfit| match misfit {
        Misfit::Word { node, words, around } => Some((*node, *words, around)),
        _ => None,
    });
    words
        .map(|(node, words, around)| {
            let word = node.str().unwrap_or_default();
            let all = format!("it can be {}", list(words.iter().copied()));
            Diagnostic::new(format!("`{word}` is none of the words that can stand here"), node.span.clone())
                .about(around)
                .help(meant(word, words.iter().copied(), &all))
        })
        .collect()
}
