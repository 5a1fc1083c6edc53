//! A request as a command of curl.

use super::credentials::Credentials;
use super::{Body, Request, encode};

/// The command, with one option on each line.
pub(super) fn command(request: &Request) -> String {
    let mut target = request.target();
    if let Some(Credentials::Query(name)) = &request.credentials {
        let separator = if target.contains('?') { '&' } else { '?' };
        target = format!("{target}{separator}{}=$API_KEY", encode(name));
    }
    let url = format!("{}{target}", request.server);
    let url = if url.contains("$API_KEY") { double_quoted(&url) } else { quoted(&url) };
    let mut lines = match (request.method.as_str(), &request.body) {
        ("GET", None) | ("POST", Some(_)) => vec![format!("curl {url}")],
        ("HEAD", None) => vec![format!("curl --head {url}")],
        (method, _) => vec![format!("curl -X {method} {url}")],
    };
    match &request.credentials {
        Some(Credentials::Basic) => lines.push("-u \"$USERNAME:$PASSWORD\"".to_owned()),
        Some(Credentials::Bearer) => lines.push("-H \"Authorization: Bearer $TOKEN\"".to_owned()),
        Some(Credentials::Http(scheme)) => {
            lines.push(format!("-H {}", double_quoted(&format!("Authorization: {scheme} $CREDENTIALS"))))
        }
        Some(Credentials::Header(name)) => lines.push(format!("-H {}", double_quoted(&format!("{name}: $API_KEY")))),
        Some(Credentials::Cookie(name)) => lines.push(format!("-b {}", double_quoted(&format!("{name}=$API_KEY")))),
        Some(Credentials::Query(_)) | None => {}
    }
    lines.extend(request.headers.iter().map(|(name, value)| format!("-H {}", quoted(&format!("{name}: {value}")))));
    lines.extend(request.cookies.iter().map(|(name, value)| format!("-b {}", quoted(&format!("{name}={value}")))));
    match &request.body {
        Some(Body::Json(media_type, value)) => {
            lines.push(format!("-H {}", quoted(&format!("Content-Type: {media_type}"))));
            lines.push(format!("-d {}", single_quoted(&format!("{value:#}"))));
        }
        Some(Body::Form(fields)) => {
            lines.extend(
                fields.iter().map(|(name, value)| format!("--data-urlencode {}", quoted(&format!("{name}={value}")))),
            );
            if fields.is_empty() {
                lines.push("-d ''".to_owned());
            }
        }
        Some(Body::Multipart(fields)) => {
            lines.extend(fields.iter().map(|(name, value)| format!("-F {}", quoted(&format!("{name}={value}")))));
        }
        Some(Body::Text(media_type, text)) => {
            lines.push(format!("-H {}", quoted(&format!("Content-Type: {media_type}"))));
            lines.push(format!("--data-binary {}", single_quoted(text)));
        }
        Some(Body::File(media_type)) => {
            lines.push(format!("-H {}", quoted(&format!("Content-Type: {media_type}"))));
            lines.push("--data-binary @FILE".to_owned());
        }
        None => {}
    }
    lines.join(" \\\n  ")
}

/// A word of a shell, in quotes if it needs them.
fn quoted(text: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-._~/:=@%+,".contains(character);
    if !text.is_empty() && text.chars().all(is_plain) { text.to_owned() } else { single_quoted(text) }
}

fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// A word in which a variable such as `$API_KEY` at its end is replaced, and nothing else.
fn double_quoted(text: &str) -> String {
    let (before, variable) = text.rsplit_once('$').unwrap_or((text, ""));
    let escaped: String = before
        .chars()
        .flat_map(|character| {
            let escape = "\\\"`$!".contains(character).then_some('\\');
            escape.into_iter().chain(std::iter::once(character))
        })
        .collect();
    format!("\"{escaped}${variable}\"")
}
