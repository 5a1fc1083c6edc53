use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "operation-id-form",
    group: Group::House,
    severity: Severity::Warning,
    asks: "An `operationId` is snake_case, a verb and what it is done to: `list_rooms`.",
    why: "It is the name of a function of Rust, and reads as one.",
    bad: "\
paths:
  /rooms:
    get:
      operationId: ListRooms # here
      responses: {}
",
    good: "\
paths:
  /rooms:
    get:
      operationId: list_rooms
      responses: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let ids = context.operations().filter_map(|operation| operation.entry.node.get("operationId"));
    let other = ids.filter(|id| id.str().is_some_and(|id| !id.is_empty() && !is_verb_noun(id)));
    other
        .map(|id| {
            let snake = crate::codegen::naming::snake_case(id.str().unwrap_or_default());
            let help = if is_verb_noun(&snake) { format!("write `{snake}`") } else { "write `verb_noun`".to_owned() };
            Diagnostic::new("this operationId is no `verb_noun`", id.span.clone()).help(help)
        })
        .collect()
}

fn is_verb_noun(id: &str) -> bool {
    let words: Vec<&str> = id.split('_').collect();
    let plain = |word: &str| {
        word.starts_with(|char: char| char.is_ascii_lowercase())
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    words.len() > 1 && words.into_iter().all(plain)
}
