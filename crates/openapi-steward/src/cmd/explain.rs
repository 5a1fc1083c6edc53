//! `explain`: prints the reason for a rule with an example, or the rules of a group.

use super::args::ExplainArgs;
use super::shell::Shell;
use crate::outcome::{CouldNotRun, Outcome};
use crate::rules::{self, Group, RULES, Rule};

pub(super) fn run(args: &ExplainArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let Some(id) = &args.rule else {
        let groups: Vec<String> = Group::ALL.into_iter().map(list_rules).collect();
        shell.out(groups.join("\n\n"));
        return Ok(Outcome::Success);
    };
    if let Some(group) = Group::ALL.into_iter().find(|group| group.name() == id) {
        shell.out(list_rules(group));
        return Ok(Outcome::Success);
    }
    let rule = rules::find(id).map_err(|similar| {
        let help = similar.map_or_else(
            || "run `explain` without an argument to list all rules".to_owned(),
            |similar| format!("did you mean `{similar}`?"),
        );
        CouldNotRun(format!("unknown rule or group `{id}`: {help}"))
    })?;
    shell.out(explanation(rule));
    Ok(Outcome::Success)
}

fn explanation(rule: &Rule) -> String {
    let (group, class) = (rule.group.name(), rule.class().name());
    let document = |text: &str| {
        let lines = text.lines().map(|line| format!("    {}", line.replace("# here", "# <- here")));
        lines.collect::<Vec<_>>().join("\n")
    };
    let wrapped = |text: &str| wrap(text, 100);
    format!(
        "{} ({group}, {class})\n\n{}\n\n{}\n\nWrong:\n\n{}\n\nRight:\n\n{}",
        rule.id,
        wrapped(rule.summary),
        wrapped(rule.rationale),
        document(rule.bad),
        document(rule.good)
    )
}

/// Lists the rules of a group, each with its requirement.
fn list_rules(group: Group) -> String {
    let rules = RULES.iter().filter(|rule| rule.group == group);
    let lines: Vec<String> = rules.map(|rule| format!("{:26} {}", rule.id, rule.summary)).collect();
    format!("{}: {}\n\n{}", group.name(), group.description(), lines.join("\n"))
}

/// Wraps a text to lines of at most `width` bytes.
fn wrap(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last().map_or(0, String::len);
        if line > 0 && line + 1 + word.len() > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn explanations_name_the_rule_or_suggest_one() {
        insta::assert_snapshot!("an_explanation", rules::find("empty-range").map(explanation).unwrap_or_default());
        insta::assert_snapshot!("the_rules_of_a_group", list_rules(Group::Style));
        let (shell, _) = Shell::captured();
        let args = ExplainArgs { rule: Some("empty-rang".to_owned()) };
        let error = run(&args, &shell).err().map(|error| error.0);
        assert_eq!(error.as_deref(), Some("unknown rule or group `empty-rang`: did you mean `empty-range`?"));
    }
}
