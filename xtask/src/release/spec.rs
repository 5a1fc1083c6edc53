//! The steward's verdict on the document: the changes since the last release, and the version that each crate needs for them.

use openapi_steward::cli::Shell;
use openapi_steward::{Command as Steward, DiffArgs, FailOn, Purpose, ValidateArgs};

use super::Notes;
use crate::workspace::{SPEC, root};
use crate::{ci, git};

/// Validates the document, and compares it with that of the last release.
pub(super) fn check(shell: &Shell, notes: &mut Notes) -> Result<(), String> {
    let document = Some(root().join(SPEC));
    ci::finding(
        Steward::Validate(ValidateArgs {
            document: document.clone(),
            purpose: Some(Purpose::Generate),
            ..ValidateArgs::default()
        })
        .run(shell),
    )?;
    let Some(tag) = last_release() else {
        notes.not_run.push("the comparison of the document with the last release: there is none yet".to_owned());
        return Ok(());
    };
    let fail_on = Some(FailOn::Breaking);
    ci::finding(Steward::Diff(DiffArgs { document, base: Some(tag), fail_on, ..DiffArgs::default() }).run(shell))
}

/// The tag of the last release before this commit, such as `v1.2.3`.
pub(super) fn last_release() -> Option<String> {
    let tag = git::read(&["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*"])?;
    Some(tag.trim().to_owned())
}
