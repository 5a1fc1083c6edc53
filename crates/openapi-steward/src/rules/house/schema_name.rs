use crate::codegen::naming::pascal_case;
use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "schema-name-form",
    group: Group::House,
    severity: Severity::Warning,
    asks: "The name of a schema is PascalCase.",
    why: "It is the name of a type of Rust, and users read it.",
    bad: "\
components:
  schemas:
    room_status: # here
      type: string
",
    good: "\
components:
  schemas:
    RoomStatus:
      type: string
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let schemas = context.components("schemas").iter().filter(|schema| schema.key != pascal_case(&schema.key));
    schemas
        .map(|schema| {
            Diagnostic::new(format!("`{}` is not PascalCase", schema.key), schema.key_span.clone())
                .help(format!("write `{}`", pascal_case(&schema.key)))
        })
        .collect()
}
