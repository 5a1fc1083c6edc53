//! The causes of an error of the HTTP client, which may quote what a server sent.

use std::error::Error as StdError;
use std::fmt::{self, Write as _};

use super::secrets::Secrets;
use super::text::{Limited, MAX_TEXT};

/// The maximum number of causes that are kept.
const MAX_CAUSES: usize = 8;

/// The message of an error of another crate on one line, and that of its cause.
pub(crate) struct Cause {
    message: String,
    source: Option<Box<Self>>,
}

impl Cause {
    /// Keeps the messages of an error and its causes, cut and without secrets.
    pub(crate) fn of(error: &(dyn StdError + 'static), secrets: &Secrets) -> Self {
        let chain: Vec<String> = std::iter::successors(Some(error), |error| (*error).source())
            .take(MAX_CAUSES)
            .map(|error| one_line(&secrets.redact_text(&error.to_string())))
            .collect();
        let innermost_first = chain.into_iter().rev();
        let causes = innermost_first.fold(None, |source, message| Some(Box::new(Self { message, source })));
        causes.map_or_else(|| Self { message: String::new(), source: None }, |cause| *cause)
    }
}

/// Returns a text on one line, cut to the length that an error keeps.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::new();
    // Writing to a string does not fail.
    let _ = Limited::single_line(&mut line, MAX_TEXT).write_str(text);
    line
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.message)?;
        self.source.iter().try_for_each(|source| write!(f, " because {source:?}"))
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_messages_of_all_causes_are_kept_on_one_line_each() {
        let inner = std::io::Error::other("line\nbreak s3cret");
        let outer = crate::Error::config("outer").with_source(inner);
        let cause = Cause::of(&outer, &Secrets::new(["s3cret"]));
        assert_eq!(cause.to_string(), "outer");
        assert_eq!(cause.source().map(ToString::to_string).as_deref(), Some("line\\nbreak [redacted]"));
        assert_eq!(format!("{cause:?}"), r#""outer" because "line\\nbreak [redacted]""#);
    }
}
