//! The ends of a command other than success: an exit code, a message, and what to do next.

use std::error::Error as _;
use std::fmt::Write as _;
use std::io::{self, Write as _};

use twilio_rooms::Error;

use crate::console::escape;
use crate::hyperlink;

/// The exit code of a command that did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The reader of the output has closed it, which is no error.
    BrokenPipe = 0,
    /// The command failed.
    Failed = 1,
    /// The arguments or the credentials are missing or wrong, and nothing was sent.
    Usage = 2,
    /// There is no such resource.
    NotFound = 3,
    /// The service rejects the credentials.
    Unauthorized = 4,
    /// Some items of several failed.
    SomeFailed = 5,
}

/// A command that did not succeed.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    /// The error, unless the command has printed it.
    pub(crate) message: String,
    /// The next steps, one a line.
    pub(crate) hints: Vec<Hint>,
    /// The same command may succeed later, and changes nothing twice.
    pub(crate) may_pass: bool,
}

/// A line after an error.
#[derive(Debug)]
pub(crate) struct Hint {
    text: String,
    /// The address of a page at the end of the line.
    page: Option<String>,
}

impl<T: Into<String>> From<T> for Hint {
    fn from(text: T) -> Self {
        Self { text: text.into(), page: None }
    }
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), hints: Vec::new(), may_pass: false }
    }

    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::new(Exit::Failed, message)
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    pub(crate) fn hint(mut self, hint: impl Into<Hint>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Prints the text to standard error. A closed stream is not an error.
    pub(crate) fn print(&self) {
        let mut stderr = io::stderr();
        let _ = stderr.write_all(self.text(hyperlink::are_shown(&stderr)).as_bytes());
    }

    /// The text, with links or without; empty if there is nothing to say.
    pub(crate) fn text(&self, with_links: bool) -> String {
        let mut text = String::new();
        if !self.message.is_empty() {
            let _ = writeln!(text, "error: {}", escape(&self.message));
        }
        for Hint { text: hint, page } in &self.hints {
            let page = page.as_deref().unwrap_or_default();
            let shown = match hyperlink::address(page) {
                Some(address) if with_links => hyperlink::link(address, address),
                _ => escape(page),
            };
            let _ = writeln!(text, "  {}{shown}", escape(hint));
        }
        text
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let exit = match &error {
            error if error.is_not_found() => Exit::NotFound,
            error if error.is_unauthorized() => Exit::Unauthorized,
            error if error.is_invalid_request() || error.is_config() => Exit::Usage,
            _ => Exit::Failed,
        };
        let mut failure = Self::new(exit, describe(&error));
        failure.hints.extend(next_steps(&error));
        failure.may_pass = error.is_retryable();
        failure
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::new(Exit::BrokenPipe, "");
        }
        Self::failed(format!("cannot write the output: {error}"))
    }
}

/// The error in one line, with its causes.
pub(crate) fn describe(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        // Some causes repeat what they are the cause of.
        if !text.contains(&cause_text) {
            let _ = write!(text, ": {cause_text}");
        }
        source = cause.source();
    }
    text
}

fn next_steps(error: &Error) -> Vec<Hint> {
    let mut steps = Vec::new();
    if error.is_not_found() {
        steps.push("A unique name finds a room only while it is in progress, and an identity a".into());
        steps.push("participant only while it is connected. The SID always does. To look for it:".into());
        steps.push("twilio-rooms rooms list --status any --name NAME".into());
    }
    if error.is_unauthorized() {
        steps.push("Check the credentials: `twilio-rooms auth list` shows which are used.".into());
        steps.push("An API key belongs to one region: set TWILIO_REGION, or log in with --region.".into());
    }
    if error.is_room_name_taken() {
        steps.push("`twilio-rooms rooms get NAME` shows the room in progress with this name.".into());
    }
    if error.body().is_some_and(|body| body.trim_start().starts_with('<')) {
        steps.push("The response is a page: a proxy or a portal may have sent it, not the service.".into());
    }
    if error.is_outcome_unknown() {
        steps.push("Look before you repeat it: `twilio-rooms rooms list`.".into());
    } else if error.is_retryable() {
        steps.push(match error.retry_after() {
            Some(delay) => format!("Try again in {} seconds.", delay.as_secs().max(1)).into(),
            None => "Try again later.".into(),
        });
    }
    if let Some(page) = error.more_info() {
        steps.push(Hint { text: "About this error: ".to_owned(), page: Some(page.to_owned()) });
    }
    if let Some(id) = error.request_id() {
        steps.push(format!("For the vendor's support: request {id}").into());
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_pipe_is_no_error_and_says_nothing() {
        let failure = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!((failure.exit, failure.text(false)), (Exit::BrokenPipe, String::new()));
        let full = Failure::from(io::Error::from(io::ErrorKind::StorageFull));
        assert_eq!(full.exit, Exit::Failed);
        assert!(full.text(false).starts_with("error: cannot write the output: "), "{}", full.text(false));
    }

    #[test]
    fn a_text_of_the_service_cannot_change_the_terminal() {
        let failure = Failure::failed("no \u{1b}]0;title\u{7}").hint("line\nerror: forged \u{9b}2J");
        assert_eq!(failure.text(false), "error: no \\u{1b}]0;title\\u{7}\n  line\\nerror: forged \\u{9b}2J\n");
    }

    #[test]
    fn the_page_of_an_error_is_a_link_that_it_cannot_leave() {
        let shown = |page: &str| {
            let mut failure = Failure::failed("no");
            failure.hints.push(Hint { text: "See ".to_owned(), page: Some(page.to_owned()) });
            [failure.text(true), failure.text(false)]
        };
        let [link, plain] = shown("https://a.example/1");
        assert_eq!(
            link,
            "error: no\n  See \u{1b}]8;;https://a.example/1\u{1b}\\https://a.example/1\u{1b}]8;;\u{1b}\\\n"
        );
        assert_eq!(plain, "error: no\n  See https://a.example/1\n");
        for page in ["https://a.example/\u{1b}]8;;\u{7}", "javascript:\u{9b}2J"] {
            assert!(shown(page).iter().all(|text| !text.contains(['\u{1b}', '\u{7}', '\u{9b}'])), "{page:?}");
        }
    }

    #[test]
    fn hints_follow_the_message() {
        let failure = Failure::usage("no").hint("do this").hint("or that");
        assert_eq!(failure.text(false), "error: no\n  do this\n  or that\n");
    }
}
