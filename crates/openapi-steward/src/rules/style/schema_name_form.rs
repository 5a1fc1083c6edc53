use crate::codegen::naming::pascal_case;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "schema-name-form",
    group: Group::Style,
    severity: Severity::Warning,
    summary: "The name of a schema is in PascalCase.",
    rationale: "It becomes the name of a Rust type.",
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
    // The name of a part of another file is made from that of the file.
    let own =
        context.components("schemas").iter().filter(|schema| context.source.file_at(schema.key_span.start).is_none());
    let schemas = own.filter(|schema| schema.key != pascal_case(&schema.key));
    schemas
        .map(|schema| {
            Diagnostic::new(format!("`{}` is not in PascalCase", schema.key), schema.key_span.clone())
                .cause("form")
                .help(format!("rename it to `{}`", pascal_case(&schema.key)))
        })
        .collect()
}
