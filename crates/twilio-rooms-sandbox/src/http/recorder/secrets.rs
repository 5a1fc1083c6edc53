//! Secrets in traffic, which are replaced with `[hidden]`: by their values if the sandbox has issued them, and by the names of
//! headers, parameters and fields otherwise.

use super::percent::{decode, encode};
use crate::http::auth::{API_SECRET, AUTH_TOKEN, OAUTH_CLIENT_SECRET};
use crate::http::tokens::BEARER_TOKEN;

/// The text in place of a secret.
pub(super) const HIDDEN: &str = "[hidden]";

/// The parts of names that only secrets have, in lower case and with underscores.
const PARTS: [&str; 13] = [
    "access_token",
    "api_key",
    "apikey",
    "assertion",
    "auth_token",
    "authorization",
    "authtoken",
    "cookie",
    "credential",
    "passw",
    "private_key",
    "secret",
    "signature",
];

/// Returns whether a header, parameter or field with this name has a secret. The token of a page is none.
pub(super) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('-', "_");
    let is_token = name == "token" || name.ends_with("_token") && !name.ends_with("idempotency_token");
    is_token && name != "page_token" || PARTS.iter().any(|part| name.contains(part))
}

/// Hides the secrets of a header. Of credentials, the scheme and the name of the account or the key stay.
pub(super) fn hide_in_header(name: &str, value: &str) -> String {
    if !is_secret_name(name) {
        return hide(value);
    }
    let scheme = value.split_once(' ').map(|(scheme, _)| scheme);
    let is_known = |scheme: &&str| ["basic", "bearer"].contains(&scheme.to_ascii_lowercase().as_str());
    scheme.filter(is_known).map_or_else(|| HIDDEN.to_owned(), |scheme| format!("{scheme} {HIDDEN}"))
}

/// Hides the secrets of a form: its values are decoded, and encoded again if they have a secret.
pub(super) fn hide_in_form(body: &str) -> String {
    let pairs = body.split('&').map(|pair| {
        let Some((name, value)) = pair.split_once('=') else { return hide(pair) };
        if decode(name).is_some_and(|name| is_secret_name(&name)) {
            return format!("{name}={HIDDEN}");
        }
        match decode(value) {
            Some(decoded) if hide(&decoded) != decoded => format!("{name}={}", encode(&hide(&decoded))),
            _ => hide(pair),
        }
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// Hides the secrets of a text, such as a URL or JSON.
pub(crate) fn hide(text: &str) -> String {
    hide_named(&hide_users(&hide_values(text)))
}

/// Hides the secrets that the sandbox itself knows.
fn hide_values(text: &str) -> String {
    let mut text = text.to_owned();
    for secret in [AUTH_TOKEN, API_SECRET, OAUTH_CLIENT_SECRET] {
        if text.contains(secret) {
            text = text.replace(secret, HIDDEN);
        }
    }
    let mut parts = text.split(BEARER_TOKEN);
    let mut hidden = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        hidden.push_str(HIDDEN);
        hidden.push_str(part.trim_start_matches(|character: char| character.is_ascii_digit()));
    }
    hidden
}

/// Hides the name and the password in a URL.
fn hide_users(text: &str) -> String {
    let mut parts = text.split("://");
    let mut hidden = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        hidden.push_str("://");
        let is_end = |character: char| character.is_whitespace() || "/?#\"'<>\\".contains(character);
        let authority = &part[..part.find(is_end).unwrap_or(part.len())];
        match authority.rfind('@') {
            Some(at) => {
                hidden.push_str(HIDDEN);
                hidden.push_str(&part[at..]);
            }
            None => hidden.push_str(part),
        }
    }
    hidden
}

/// Hides the values of `name=value` and `"name": "value"`, also where the text is cut off.
fn hide_named(text: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    // Everything before this is in `hidden`.
    let mut done = 0;
    for (index, separator) in text.char_indices().filter(|(_, character)| matches!(character, '=' | ':')) {
        if index < done {
            continue;
        }
        let (before, after) = (&text[done..index], &text[index + 1..]);
        let value = if separator == '=' { parameter_value(before, after) } else { field_value(before, after) };
        if let Some((start, end)) = value {
            hidden.push_str(&text[done..=index]);
            hidden.push_str(&after[..start]);
            hidden.push_str(HIDDEN);
            done = index + 1 + end;
        }
    }
    hidden.push_str(&text[done..]);
    hidden
}

/// The characters at the end of a text that can be a name.
fn last_name(text: &str) -> &str {
    let is_other = |character: char| !character.is_ascii_alphanumeric() && !"_-.~%".contains(character);
    text.rfind(is_other).map_or(text, |index| {
        let width = text[index..].chars().next().map_or(1, char::len_utf8);
        &text[index + width..]
    })
}

/// The place of the value of a parameter, if it has a secret.
fn parameter_value(before: &str, after: &str) -> Option<(usize, usize)> {
    let is_end = |character: char| character.is_whitespace() || "&;\"'<>#\\".contains(character);
    let name = last_name(before);
    let secret = is_secret_name(&decode(name).unwrap_or_default());
    secret.then(|| (0, after.find(is_end).unwrap_or(after.len())))
}

/// The place of the value of a field of JSON, if it has a secret. The JSON may itself be within a string.
fn field_value(before: &str, after: &str) -> Option<(usize, usize)> {
    let before = before.trim_end().strip_suffix('"')?;
    let (before, quote) = before.strip_suffix('\\').map_or((before, "\""), |before| (before, "\\\""));
    if !is_secret_name(last_name(before)) {
        return None;
    }
    let start = after.len() - after.trim_start().len();
    let value = after[start..].strip_prefix(quote);
    let Some(value) = value else {
        // A number or a word; what is in an object or a list has its own names.
        let end = after[start..].find(|character: char| !character.is_ascii_alphanumeric() && character != '.');
        let end = start + end.unwrap_or(after.len() - start);
        return (end > start).then_some((start, end));
    };
    let start = start + quote.len();
    let mut escaped = false;
    let end = value.char_indices().find(|(index, character)| {
        let is_end = !escaped && value[*index..].starts_with(quote);
        escaped = *character == '\\' && !escaped;
        is_end
    });
    Some((start, start + end.map_or(value.len(), |(index, _)| index)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_hidden_by_their_values_wherever_they_are() {
        for secret in [AUTH_TOKEN, API_SECRET, OAUTH_CLIENT_SECRET, "5a4db0c5-the-bearer-token-12"] {
            assert_eq!(hide(&format!("a {secret}b")), "a [hidden]b");
            assert_eq!(hide_in_header("x-odd", secret), HIDDEN);
            assert_eq!(hide_in_form(&format!("a={}", encode(&format!("<{secret}>")))), "a=%3C%5Bhidden%5D%3E");
        }
    }

    #[test]
    fn secrets_are_hidden_by_the_names_of_their_headers_parameters_and_fields() {
        for (name, value, hidden) in [
            ("authorization", "Basic QUM6eA==", "Basic [hidden]"),
            ("Authorization", "bearer x.y.z", "bearer [hidden]"),
            ("authorization", "QUM6eA==", "[hidden]"),
            ("authorization", "token x y", "[hidden]"),
            ("set-cookie", "a=b", "[hidden]"),
            ("x-api-key", "k", "[hidden]"),
            ("x-twilio-signature", "k", "[hidden]"),
            (
                "location",
                "http://h/media?X-Amz-Date=1&X-Amz-Signature=ab12&x=1",
                "http://h/media?X-Amz-Date=1&X-Amz-Signature=[hidden]&x=1",
            ),
            ("i-idempotency-token", "k", "k"),
        ] {
            assert_eq!(hide_in_header(name, value), hidden, "{name}");
        }
        for (text, hidden) in [
            (r#"{"access_token": "a\"b", "x": 1}"#, r#"{"access_token": "[hidden]", "x": 1}"#),
            (r#"{"client_secret" : 12.5}"#, r#"{"client_secret" : [hidden]}"#),
            (r#"{"password":"cut o"#, r#"{"password":"[hidden]"#),
            (r#"{"a":"{\"api_key\":\"k\",\"b\":1}"}"#, r#"{"a":"{\"api_key\":\"[hidden]\",\"b\":1}"}"#),
            (r#"{"secret": ["x"]}"#, r#"{"secret": ["x"]}"#),
            ("/x?PageToken=PA1&token=t#f", "/x?PageToken=PA1&token=[hidden]#f"),
            ("http://u:p@h/x http://h/@x", "http://[hidden]@h/x http://h/@x"),
            ("ä:=ö==:\":", "ä:=ö==:\":"),
        ] {
            assert_eq!(hide(text), hidden);
        }
        assert_eq!(
            hide_in_form("client%5Fsecret=a%20b&StatusCallback=https%3A%2F%2Fu%3Ap%40h%2F&UniqueName=a+b&odd&x=%ff"),
            "client%5Fsecret=[hidden]&StatusCallback=https%3A%2F%2F%5Bhidden%5D%40h%2F&UniqueName=a+b&odd&x=%ff"
        );
    }
}
