//! Calls of git.

use std::process::Command;

use crate::workspace::root;

/// A call of git in the root of the workspace, which may belong to another user.
pub(crate) fn git(arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(["-c", "safe.directory=*"]).args(arguments).current_dir(root());
    command
}

/// The output of a call, or `None` if there is no git, or it does not succeed.
pub(crate) fn read(arguments: &[&str]) -> Option<String> {
    let output = git(arguments).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}
