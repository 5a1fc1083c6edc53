//! Credentials of the security schemes of a document, and the transport that adds them to requests.

use std::fmt;

use reqwest::Request;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};

use super::path::encode_path;
use super::transport::{Aborted, Exchange, Execution, Transport};
use crate::generated::Client;

/// The place of a credential in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "a document uses only some of them")]
pub(crate) enum Placement {
    /// The `Authorization` header, after this name of a scheme, such as `Bearer`. Without a name it is the whole header.
    Authorization(&'static str),
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
    /// Another layer sends it: a client certificate.
    Elsewhere,
}

/// The secrets that are set, by the position of their scheme in the document.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<(usize, String)>);

impl Secrets {
    /// Sets the secret of a scheme.
    pub(crate) fn set(&mut self, scheme: usize, secret: String) {
        self.0.retain(|(other, _)| *other != scheme);
        self.0.push((scheme, secret));
    }

    /// Sets a user name and a password (RFC 7617).
    pub(crate) fn set_basic(&mut self, scheme: usize, user: &str, password: &str) {
        self.set(scheme, base64(format!("{user}:{password}").as_bytes()));
    }

    fn get(&self, scheme: usize) -> Option<&str> {
        self.0.iter().find(|(other, _)| *other == scheme).map(|(_, secret)| secret.as_str())
    }

    /// Adds the secrets of the first alternative that can be fulfilled, and none if there is no such. Each alternative is a list of
    /// schemes.
    fn add_to(&self, request: &mut Request, schemes: &[Placement], alternatives: &[&[usize]]) -> Result<(), String> {
        let is_set =
            |scheme: &usize| self.get(*scheme).is_some() || schemes.get(*scheme) == Some(&Placement::Elsewhere);
        let fulfilled = alternatives.iter().find(|all| !all.is_empty() && all.iter().all(is_set));
        for scheme in fulfilled.into_iter().copied().flatten() {
            if let (Some(placement), Some(secret)) = (schemes.get(*scheme), self.get(*scheme)) {
                placement.add(request, secret)?;
            }
        }
        Ok(())
    }
}

/// Shows how many secrets there are, and none of them.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} redacted", self.0.len())
    }
}

impl Placement {
    fn add(self, request: &mut Request, secret: &str) -> Result<(), String> {
        match self {
            Self::Authorization("") => insert(request, AUTHORIZATION, secret),
            Self::Authorization(scheme) => insert(request, AUTHORIZATION, &format!("{scheme} {secret}")),
            // A parameter of the operation can have the same name: it stays.
            Self::Header(name) if request.headers().contains_key(name) => Ok(()),
            Self::Header(name) => {
                let name = HeaderName::try_from(name).map_err(|_| format!("`{name}` is no name of a header"))?;
                insert(request, name, secret)
            }
            Self::Query(name) if request.url().query_pairs().any(|(other, _)| other == name) => Ok(()),
            Self::Query(name) => {
                request.url_mut().query_pairs_mut().append_pair(name, secret);
                Ok(())
            }
            Self::Cookie(name) => {
                let own = format!("{name}={}", encode_path(secret));
                let others = request.headers().get(COOKIE).and_then(|cookies| cookies.to_str().ok());
                let cookies = others.map_or_else(|| own.clone(), |others| format!("{others}; {own}"));
                insert(request, COOKIE, &cookies)
            }
            Self::Elsewhere => Ok(()),
        }
    }
}

fn insert(request: &mut Request, name: HeaderName, value: &str) -> Result<(), String> {
    // The message does not show the value.
    let value = HeaderValue::try_from(value);
    let mut value =
        value.map_err(|_| format!("the credential for the header `{name}` has characters that no header can have"))?;
    value.set_sensitive(true);
    request.headers_mut().insert(name, value);
    Ok(())
}

/// Encodes bytes in Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |index: usize| usize::from(group.get(index).copied().unwrap_or_default());
        let digits =
            [byte(0) >> 2, (byte(0) & 3) << 4 | byte(1) >> 4, (byte(1) & 15) << 2 | byte(2) >> 6, byte(2) & 63];
        for (index, digit) in digits.into_iter().enumerate() {
            text.push(if index <= group.len() { char::from(DIGITS[digit]) } else { '=' });
        }
    }
    text
}

/// The security of a document: the places of its schemes, and the alternatives of each operation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Security {
    pub(crate) schemes: &'static [Placement],
    /// The alternatives of an operation by its id, sorted by it.
    pub(crate) operations: &'static [(&'static str, &'static [&'static [usize]])],
}

/// A transport that sends each request once, with its credentials.
#[derive(Debug)]
struct Authorized {
    http: reqwest::Client,
    secrets: Secrets,
    security: Security,
}

impl Exchange for Authorized {
    fn prepare(&self, request: &mut Request, operation_id: &str) -> Result<(), String> {
        let Security { schemes, operations } = self.security;
        let operation = operations.binary_search_by_key(&operation_id, |(id, _)| id);
        let alternatives = operation.map_or(&[][..], |index| operations[index].1);
        self.secrets.add_to(request, schemes, alternatives)
    }

    fn exchange<'a>(
        &'a self,
        request: Request,
        _operation_id: &'static str,
        failure: &'a mut Option<reqwest::Error>,
    ) -> Execution<'a> {
        Box::pin(async {
            self.http.execute(request).await.map_err(|error| {
                let hides_url = self.security.schemes.iter().any(|scheme| matches!(scheme, Placement::Query(_)));
                *failure = Some(if hides_url { error.without_url() } else { error });
                Aborted::new()
            })
        })
    }
}

/// Returns a client that sends requests with these credentials.
pub(crate) fn with_credentials(http: reqwest::Client, base_url: &str, secrets: Secrets, security: Security) -> Client {
    let transport = Transport::of(Authorized { http: http.clone(), secrets, security });
    Client::new_with_client(base_url.trim_end_matches('/'), http, transport)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMES: &[Placement] = &[
        Placement::Authorization("Basic"),
        Placement::Authorization("Bearer"),
        Placement::Header("X-Key"),
        Placement::Query("key"),
        Placement::Cookie("session"),
        Placement::Elsewhere,
    ];

    fn request(secrets: &[(usize, &str)], alternatives: &[&[usize]]) -> Result<Request, String> {
        let url = "https://example.com/a?b=c".parse().map_err(|error| format!("{error}"))?;
        let mut request = Request::new(reqwest::Method::GET, url);
        request.headers_mut().insert(COOKIE, HeaderValue::from_static("a=b"));
        let mut all = Secrets::default();
        for (scheme, secret) in secrets {
            all.set(*scheme, (*secret).to_owned());
        }
        all.add_to(&mut request, SCHEMES, alternatives)?;
        Ok(request)
    }

    fn header(request: &Request, name: &str) -> Option<String> {
        let value = request.headers().get(name)?;
        assert!(name == "cookie" && value == "a=b" || value.is_sensitive(), "{name}");
        value.to_str().ok().map(str::to_owned)
    }

    #[test]
    fn each_credential_is_in_its_place() -> Result<(), String> {
        let all = [(1, "t"), (2, "k"), (3, "q&"), (4, "c;")];
        let request = request(&all, &[&[1, 2, 3, 4]])?;
        assert_eq!(header(&request, "authorization").as_deref(), Some("Bearer t"));
        assert_eq!(header(&request, "x-key").as_deref(), Some("k"));
        assert_eq!(request.url().as_str(), "https://example.com/a?b=c&key=q%26");
        assert_eq!(header(&request, "cookie").as_deref(), Some("a=b; session=c%3B"));
        Ok(())
    }

    #[test]
    fn the_first_alternative_that_is_set_is_sent() -> Result<(), String> {
        let sent = |secrets: &[(usize, &str)], alternatives: &[&[usize]]| {
            let request = request(secrets, alternatives)?;
            Ok::<_, String>([header(&request, "authorization"), header(&request, "x-key")])
        };
        let some = |value: &str| Some(value.to_owned());
        let secrets = [(1, "t"), (2, "k")];
        assert_eq!(sent(&secrets, &[])?, [None, None]);
        assert_eq!(sent(&secrets, &[&[]])?, [None, None]);
        assert_eq!(sent(&secrets, &[&[], &[2]])?, [None, some("k")]);
        assert_eq!(sent(&secrets, &[&[0], &[2, 5], &[1]])?, [None, some("k")]);
        assert_eq!(sent(&secrets, &[&[1, 4], &[0]])?, [None, None]);
        assert_eq!(sent(&[], &[&[1]])?, [None, None]);
        Ok(())
    }

    #[test]
    fn no_text_shows_a_secret() {
        let mut secrets = Secrets::default();
        secrets.set(1, "hidden\n".to_owned());
        assert_eq!(format!("{secrets:?}"), "1 redacted");
        let error = request(&[(1, "hidden\n")], &[&[1]]).map(drop);
        assert_eq!(
            error,
            Err("the credential for the header `authorization` has characters that no header can have".to_owned())
        );
    }

    #[test]
    fn base64_is_padded() {
        for (text, expected) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("\u{3ff}>", "z78+")]
        {
            assert_eq!(base64(text.as_bytes()), expected);
        }
        let mut secrets = Secrets::default();
        secrets.set_basic(0, "Aladdin", "open sesame");
        assert_eq!(secrets.get(0), Some("QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    }
}
