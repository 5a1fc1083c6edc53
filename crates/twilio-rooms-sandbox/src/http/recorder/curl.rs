//! A recorded request as a curl command, with variables in place of the secrets.

use std::fmt;

use super::body::{End, RecordedBody};
use super::headers::RecordedHeaders;
use super::percent::{decode, encode};
use super::secrets::HIDDEN;

/// The credentials that a request had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CurlCredentials {
    None,
    Basic,
    Bearer,
    Other,
}

/// A command for a POSIX shell that sends a recorded request again.
pub(super) struct Curl<'a> {
    /// The origin of the sandbox.
    pub(super) origin: &'a str,
    pub(super) method: &'a str,
    pub(super) target: &'a str,
    pub(super) headers: &'a RecordedHeaders,
    pub(super) body: &'a RecordedBody,
    pub(super) credentials: CurlCredentials,
}

impl CurlCredentials {
    /// The credentials of an `Authorization` header in lower case.
    pub(super) fn of(authorization: Option<&[u8]>) -> Self {
        match authorization {
            None => Self::None,
            Some(value) if value.starts_with(b"basic ") => Self::Basic,
            Some(value) if value.starts_with(b"bearer ") => Self::Bearer,
            Some(_) => Self::Other,
        }
    }
}

/// The headers that a client sets for a request, other than those that curl sets itself.
const KEPT_HEADERS: [&str; 3] = ["accept", "if-range", "range"];
const FORM: &str = "application/x-www-form-urlencoded";

impl fmt::Display for Curl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, target, .. } = self;
        let media = target.split('?').next().and_then(|path| path.strip_prefix("/media/")?.split_once('/'));
        if let Some((room, recording)) = media {
            // A signed URL is a secret; this is where a new one is.
            f.write_str("curl -L -u \"$TWILIO_API_KEY:$TWILIO_API_SECRET\" -o media ")?;
            self.write_headers(f)?;
            return f.write_str(&quoted(&format!("{origin}/v1/Rooms/{room}/Recordings/{recording}/Media")));
        }
        f.write_str("curl ")?;
        match self.credentials {
            CurlCredentials::None => {}
            CurlCredentials::Basic => f.write_str("-u \"$TWILIO_API_KEY:$TWILIO_API_SECRET\" ")?,
            CurlCredentials::Bearer => f.write_str("-H \"Authorization: Bearer $TWILIO_ACCESS_TOKEN\" ")?,
            CurlCredentials::Other => f.write_str("-H \"Authorization: $TWILIO_AUTHORIZATION\" ")?,
        }
        let has_body = self.body.size > 0;
        match self.method {
            "GET" if !has_body => {}
            "POST" if has_body => {}
            "HEAD" => f.write_str("-I ")?,
            method => write!(f, "-X {} ", quoted(method))?,
        }
        self.write_headers(f)?;
        f.write_str(&quoted(&format!("{origin}{target}")))?;
        if has_body { self.write_body(f) } else { Ok(()) }
    }
}

impl Curl<'_> {
    fn write_headers(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = KEPT_HEADERS.iter().filter_map(|name| Some((name, self.headers.get(name)?)));
        headers
            .filter(|(name, value)| **name != "accept" || *value != "*/*")
            .try_for_each(|(name, value)| write!(f, "-H {} ", quoted(&format!("{name}: {value}"))))
    }

    fn write_body(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content_type = self.headers.get("content-type").unwrap_or_default();
        let is_form = content_type.starts_with(FORM);
        if !is_form {
            write!(f, " \\\n  -H {}", quoted(&format!("content-type: {content_type}")))?;
        }
        let body = self.body;
        match whole_text(body) {
            Some(text) if is_form => text.split('&').try_for_each(|pair| {
                f.write_str(" \\\n  ")?;
                f.write_str(&form_argument(pair))
            }),
            Some(text) => write!(f, " \\\n  --data-raw {}", quoted(text)),
            None => write!(f, " \\\n  --data-binary @body # The body of {} bytes is not kept as a whole.", body.size),
        }
    }
}

/// The text of a body, if it is all that was sent.
fn whole_text(body: &RecordedBody) -> Option<&str> {
    let is_whole = body.is_utf8 && body.kept as u64 == body.size && body.end == End::Complete;
    body.text.as_deref().filter(|text| is_whole && !text.contains('\0'))
}

/// The argument for a pair of a form: readable if it can be, and a variable for a secret.
fn form_argument(pair: &str) -> String {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let name = decode(name).unwrap_or_default();
    if value == HIDDEN {
        let is_plain = |character: &char| character.is_ascii_alphanumeric() || *character == '_';
        let variable: String = name.chars().filter(is_plain).collect::<String>().to_ascii_uppercase();
        return format!("--data-urlencode \"{}=${variable}\"", encode(&name));
    }
    // Characters that a terminal would act on or reorder stay encoded.
    let is_readable = |character: char| character.is_alphanumeric() || character.is_ascii_graphic() || character == ' ';
    match decode(value) {
        Some(value) if value.chars().all(is_readable) && !name.is_empty() => {
            format!("--data-urlencode {}", quoted(&format!("{}={value}", encode(&name))))
        }
        _ => format!("--data-raw {}", quoted(pair)),
    }
}

/// The text as one word of a POSIX shell.
fn quoted(text: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_./:=%+,@".contains(character);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_a_shell_is_quoted_if_it_has_to_be() {
        for (text, word) in [("a-b.c", "a-b.c"), ("", "''"), ("a b", "'a b'"), ("$(x)`'", r"'$(x)`'\'''"), ("ä", "'ä'")]
        {
            assert_eq!(quoted(text), word);
        }
    }

    #[test]
    fn a_pair_of_a_form_is_readable_unless_a_terminal_would_act_on_it() {
        for (pair, argument) in [
            ("UniqueName=Daily+Standup%20%27x%27", r"--data-urlencode 'UniqueName=Daily Standup '\''x'\'''"),
            ("UniqueName=%1b%5b31m", "--data-raw UniqueName=%1b%5b31m"),
            ("UniqueName=%E2%80%AEx", "--data-raw UniqueName=%E2%80%AEx"),
            ("x=%ff", "--data-raw x=%ff"),
            ("client_secret=[hidden]", "--data-urlencode \"client_secret=$CLIENT_SECRET\""),
            ("a$(b)_secret=[hidden]", "--data-urlencode \"a%24%28b%29_secret=$AB_SECRET\""),
            ("odd", "--data-urlencode odd="),
            ("=@file", "--data-raw =@file"),
        ] {
            assert_eq!(form_argument(pair), argument);
        }
    }
}
