//! The actions that the workflows use: a digest names one version for good, while a tag can be moved to another.

use std::fs;

use super::Notes;
use crate::workspace::root;

/// Names the actions that are not pinned by a digest.
pub(super) fn check(notes: &mut Notes) -> Result<(), String> {
    for (file, text) in files().map_err(|error| format!("cannot read the workflows: {error}"))? {
        let unpinned = unpinned(&text).into_iter();
        notes
            .reminders
            .extend(unpinned.map(|(line, action)| format!("{file}:{line}: pin {action} by the digest of a commit")));
    }
    Ok(())
}

/// The paths and the texts of the workflows and of the action.
fn files() -> std::io::Result<Vec<(String, String)>> {
    let mut names = vec!["action.yml".to_owned()];
    for entry in fs::read_dir(root().join(".github/workflows"))? {
        names.push(format!(".github/workflows/{}", entry?.file_name().to_string_lossy()));
    }
    names.sort();
    names.into_iter().map(|name| fs::read_to_string(root().join(&name)).map(|text| (name, text))).collect()
}

/// The actions of other repositories without the digest of a commit and the version in a comment beside it, each with its line.
fn unpinned(workflow: &str) -> Vec<(usize, &str)> {
    let uses = |line: &'_ str| line.trim_start().trim_start_matches("- ").starts_with("uses:");
    let lines = workflow.lines().enumerate().filter(|(_, line)| uses(line));
    let actions = lines.filter_map(|(index, line)| Some((index + 1, line.split_once("uses:")?.1.trim())));
    actions.filter(|(_, action)| !is_pinned(action)).collect()
}

fn is_pinned(action: &str) -> bool {
    if action.starts_with("./") {
        return true;
    }
    let (action, version) = action.split_once(" # ").unwrap_or((action, ""));
    let digest = action.split_once('@').map_or("", |(_, reference)| reference.trim());
    digest.len() == 40 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()) && version.starts_with('v')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_pinned_by_a_digest_with_its_version() {
        let digest = "3d3c42e5aac5ba805825da76410c181273ba90b1";
        let workflow = format!(
            "steps:\n  - uses: a/b@{digest} # v1.2.3\n  - uses: ./.github/workflows/spec.yml\n  - name: c\n    uses: c/d@v4\n  - uses: e/f@{digest}\n  - uses: docker://g\n"
        );
        let expected = [(5, "c/d@v4".to_owned()), (6, format!("e/f@{digest}")), (7, "docker://g".to_owned())];
        let found: Vec<(usize, String)> =
            unpinned(&workflow).into_iter().map(|(line, action)| (line, action.to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_workflows_are_read() -> Result<(), String> {
        let mut notes = Notes::default();
        check(&mut notes)?;
        assert!(files().is_ok_and(|files| files.len() > 2 && files.iter().any(|(_, text)| text.contains("uses:"))));
        Ok(())
    }
}
