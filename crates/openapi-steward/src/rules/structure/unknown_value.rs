use crate::document::{Diagnostic, Misfit, Severity};
use crate::rules::{Context, Group, Rule};
use crate::text::{list, suggest};

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

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let words = context.walk.misfits.iter().filter_map(|misfit| match misfit {
        Misfit::Word { node, words, around } => Some((*node, *words, around)),
        _ => None,
    });
    words
        .map(|(node, words, around)| {
            let word = node.str().unwrap_or_default();
            let all = format!("it can be {}", list(words.iter().copied()));
            Diagnostic::new(format!("`{word}` is none of the words that can stand here"), node.span.clone())
                .about(around)
                .help(suggest(word, words.iter().copied(), &all))
        })
        .collect()
}
