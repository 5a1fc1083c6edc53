//! A request as a message of HTTP.

use super::credentials::Credentials;
use super::{Body, Request, encode};

/// The message as it is sent, without the headers that depend on the client.
pub(super) fn message(request: &Request) -> String {
    let (_, rest) = request.server.split_once("://").unwrap_or(("", &request.server));
    let (host, prefix) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let mut target = format!("{prefix}{}", request.target());
    if let Some(Credentials::Query(name)) = &request.credentials {
        let separator = if target.contains('?') { '&' } else { '?' };
        target = format!("{target}{separator}{}=…", encode(name));
    }
    let mut lines = vec![format!("{} {target} HTTP/1.1", request.method), format!("Host: {host}")];
    lines.extend(match &request.credentials {
        Some(Credentials::Basic) => Some("Authorization: Basic …".to_owned()),
        Some(Credentials::Bearer) => Some("Authorization: Bearer …".to_owned()),
        Some(Credentials::Http(scheme)) => Some(format!("Authorization: {scheme} …")),
        Some(Credentials::Header(name)) => Some(format!("{name}: …")),
        Some(Credentials::Cookie(name)) => Some(format!("Cookie: {name}=…")),
        Some(Credentials::Query(_)) | None => None,
    });
    lines.extend(request.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    lines.extend(request.cookies.iter().map(|(name, value)| format!("Cookie: {name}={value}")));
    let with = |media_type: &str, body: String| (media_type.to_owned(), body);
    let body = match &request.body {
        None => None,
        Some(Body::Json(media_type, value)) => Some(with(media_type, format!("{value:#}"))),
        Some(Body::Text(media_type, text)) => Some(with(media_type, text.clone())),
        Some(Body::File(media_type)) => Some(with(media_type, "…".to_owned())),
        Some(Body::Form(fields)) => {
            let fields: Vec<String> =
                fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
            Some(with("application/x-www-form-urlencoded", fields.join("&\n")))
        }
        Some(Body::Multipart(fields)) => {
            let part = |(name, value): &(String, String)| {
                format!("--boundary\nContent-Disposition: form-data; name=\"{name}\"\n\n{value}\n")
            };
            let parts: String = fields.iter().map(part).collect();
            Some(with("multipart/form-data; boundary=boundary", format!("{parts}--boundary--")))
        }
    };
    if let Some((media_type, body)) = body {
        lines.push(format!("Content-Type: {media_type}\n\n{body}"));
    }
    lines.join("\n")
}
