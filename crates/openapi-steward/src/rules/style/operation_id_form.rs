use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "operation-id-form",
    group: Group::Style,
    severity: Severity::Warning,
    summary: "An `operationId` is in snake_case and has the form `verb_noun`, such as `list_rooms`.",
    rationale: "It becomes the name of a Rust function.",
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
    let invalid = ids.filter(|id| id.str().is_some_and(|id| !id.is_empty() && !is_verb_noun(id)));
    invalid
        .map(|id| {
            let snake = crate::codegen::naming::snake_case(id.str().unwrap_or_default());
            let help = if is_verb_noun(&snake) {
                format!("write `{snake}`")
            } else {
                "write a verb and a noun in snake_case, such as `list_rooms`".to_owned()
            };
            Diagnostic::new("this operationId does not have the form `verb_noun`", id.span.clone())
                .cause("form")
                .help(help)
        })
        .collect()
}

fn is_verb_noun(id: &str) -> bool {
    let words: Vec<&str> = id.split('_').collect();
    let is_word = |word: &str| {
        word.starts_with(|char: char| char.is_ascii_lowercase())
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    words.len() > 1 && words.into_iter().all(is_word)
}
