//! A behaviour of the hostile server.

use std::fmt;
use std::sync::Arc;

/// Returns the bytes of a response from the request, the URL of the server, and the number of the connection.
pub(super) type Respond = Arc<dyn Fn(&str, &str, usize) -> Vec<u8> + Send + Sync>;

/// A behaviour: bytes, and what happens after them.
#[derive(Clone)]
pub(super) struct Behaviour {
    pub(super) name: String,
    pub(super) response: Respond,
    pub(super) end: End,
    /// Set if the response comes before the request.
    pub(super) answers_at_once: bool,
}

/// The end of a response.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    Close,
    Reset,
    Stall,
    Repeat(u8),
}

impl End {
    /// Returns `true` if the server neither ends the response nor closes the connection.
    pub(super) fn is_endless(self) -> bool {
        matches!(self, Self::Stall | Self::Repeat(_))
    }
}

impl fmt::Debug for Behaviour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

pub(super) fn raw(name: impl Into<String>, response: impl Into<Vec<u8>>, end: End) -> Behaviour {
    let response = response.into();
    let respond: Respond = Arc::new(move |_, _, _| response.clone());
    Behaviour { name: name.into(), response: respond, end, answers_at_once: false }
}

/// A complete response.
pub(super) fn message(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

pub(super) fn complete(name: impl Into<String>, status: &str, headers: &str, body: impl AsRef<[u8]>) -> Behaviour {
    raw(name, message(status, headers, body.as_ref()), End::Close)
}
