//! The action of a command, the items that it changes, and the reason for which it did not change one.

use std::io::{self, ErrorKind};
use std::path::Path;

use serde::{Deserialize, Serialize};
use twilio_rooms::Error;

use crate::failure::{Failure, describe};
use crate::output::size_text;
use crate::rows::Outcome;

/// An item to change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Target {
    pub(crate) sid: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    /// The room that the item is or belongs to.
    pub(crate) room: String,
    /// The size of a recording, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) size: Option<u64>,
    /// The format of a recording, such as "mkv".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) format: Option<String>,
}

/// The action of a command, such as "complete 3 rooms".
#[derive(Debug, Clone)]
pub(crate) struct Action {
    /// The arguments that the command needs to be continued, besides its journal.
    pub(crate) arguments: String,
    pub(crate) verb: &'static str,
    /// The name of one item; that of several ends with an `s`.
    pub(crate) item: &'static str,
    /// The outcome of an item that is done.
    pub(crate) outcome: Outcome,
    /// Tells from the error of a request that may have been sent before that it took effect then.
    pub(crate) is_done: fn(&Error) -> bool,
}

/// The reason for which an item was not changed.
#[derive(Debug)]
pub(crate) enum ItemError {
    Client(Box<Error>),
    /// The disk takes no file.
    Disk(String),
    Other(String),
}

impl From<Error> for ItemError {
    fn from(error: Error) -> Self {
        Self::Client(Box::new(error))
    }
}

impl ItemError {
    /// An error of a file.
    pub(crate) fn of_file(verb: &str, path: &Path, error: &io::Error) -> Self {
        let message = format!("cannot {verb} {}: {error}", path.display());
        match error.kind() {
            ErrorKind::PermissionDenied
            | ErrorKind::QuotaExceeded
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::StorageFull => Self::Disk(message),
            _ => Self::Other(message),
        }
    }

    /// The other items would fail as well: the service rejects the credentials, or the disk is full.
    pub(super) fn is_of_all(&self) -> bool {
        match self {
            Self::Client(error) => error.status() == Some(401),
            Self::Disk(_) => true,
            Self::Other(_) => false,
        }
    }

    pub(super) fn describe(&self) -> String {
        match self {
            Self::Client(error) => describe(error),
            Self::Disk(message) | Self::Other(message) => message.clone(),
        }
    }
}

impl From<ItemError> for Failure {
    fn from(error: ItemError) -> Self {
        match error {
            ItemError::Client(error) => (*error).into(),
            ItemError::Disk(message) | ItemError::Other(message) => Self::failed(message),
        }
    }
}

impl Action {
    /// The command, such as "rooms complete".
    pub(super) fn command(&self) -> String {
        format!("{}s {}", self.item, self.verb)
    }

    pub(super) fn describe(&self, targets: &[Target]) -> String {
        let count = targets.len();
        let plural = if count == 1 { "" } else { "s" };
        let sizes: Option<u64> = targets.iter().map(|target| target.size).sum();
        let size = sizes.filter(|_| count > 0).map_or_else(String::new, |bytes| format!(" ({})", size_text(bytes)));
        format!("{} {count} {}{plural}{size}", self.verb, self.item)
    }
}

/// An argument as it is typed in a shell.
pub(crate) fn quoted(argument: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=@%+,".contains(&byte);
    if !argument.is_empty() && argument.bytes().all(is_plain) {
        return argument.to_owned();
    }
    format!("'{}'", argument.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_an_error_of_all_items() {
        let error = |kind: ErrorKind| ItemError::of_file("write", Path::new("media/RT1.mka"), &kind.into());
        assert!(error(ErrorKind::StorageFull).is_of_all() && error(ErrorKind::ReadOnlyFilesystem).is_of_all());
        assert!(!error(ErrorKind::FileTooLarge).is_of_all(), "others can be smaller");
        assert!(error(ErrorKind::StorageFull).describe().starts_with("cannot write media/RT1.mka: "));
    }

    #[test]
    fn arguments_are_quoted_for_a_shell() {
        let typed = ["media/RT1.mka", "", "a b", "it's", "$HOME", "~"].map(quoted);
        assert_eq!(typed, ["media/RT1.mka", "''", "'a b'", r"'it'\''s'", "'$HOME'", "'~'"]);
    }
}
