//! The yes-or-no questions that an error answers.

use http::StatusCode;

use super::{Error, Kind, Outcome};

impl Error {
    /// Returns `true` if there is no such resource (404).
    ///
    /// A unique name stands for a room only while the room is in progress. Look an ended room up by its SID.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }

    /// Returns `true` if the service rejects the credentials (401).
    ///
    /// The auth token or secret may have been changed. An API key belongs to one region only.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(401)
    }

    /// Returns `true` if there were too many requests (429), or if the client pauses after such a response to another call.
    ///
    /// The request had no effect. Wait for [`retry_after`](Self::retry_after), then send it again.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(429) || matches!(self.kind(), Kind::RateLimitPause { .. })
    }

    /// Returns `true` if the request timed out, in the client or in the service (408, 504).
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.is_client_timeout()
            || matches!(self.kind(), Kind::WaitTimeout(_) | Kind::ListingTimeout { .. })
            || matches!(self.status(), Some(408 | 504))
    }

    /// Returns `true` if no connection could be established, or if one broke.
    ///
    /// A certificate that is not accepted is such an error, but it is not [retryable](Self::is_retryable).
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.kind(), Kind::Connect { .. } | Kind::Transport { .. } | Kind::Certificate { .. })
    }

    /// Returns `true` if the response has a success status, but a body that does not match the spec.
    ///
    /// [`path`](Self::path) says where, and [`body`](Self::body) shows the body. A proxy in between may have responded.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.kind(), Kind::Decode { .. } | Kind::TruncatedBody { .. })
    }

    /// Returns `true` if the listing cannot continue: the URL of the next page is on another origin, does not parse, or
    /// was already read. Nothing was sent there.
    #[must_use]
    pub fn is_paging(&self) -> bool {
        matches!(self.kind(), Kind::Paging(_))
    }

    /// Returns `true` if the response body is larger than
    /// [`ClientBuilder::max_body_size`](crate::ClientBuilder::max_body_size).
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.kind(), Kind::TooLarge { .. })
    }

    /// Returns `true` if a room in progress already has the unique name (error 53113).
    #[must_use]
    pub fn is_room_name_taken(&self) -> bool {
        self.code() == Some(53113)
    }

    /// Returns `true` if the request may have taken effect although no response confirms it.
    ///
    /// Only requests that change something can have an unknown outcome: after a timeout, a broken connection, a status
    /// of 500 or above, a redirect, or a response that is too large or does not decode. The client retries such a
    /// request only if repeating it is harmless, which [creating a room](crate::Rooms::create) is not. Give rooms a
    /// unique name, and create the room again under the same name: the service never opens a second one, and
    /// [`is_room_name_taken`](Self::is_room_name_taken) says that the room now exists, or use
    /// [`get_or_create`](crate::Rooms::get_or_create), which does this; see the guide to [retries](crate::docs::retries).
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        self.0.outcome != Outcome::Known
    }

    /// Returns `true` if the service responded with a redirect. The client does not follow redirects.
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        matches!(self.kind(), Kind::Redirect { .. })
    }

    /// Returns `true` if an [awaited room](crate::RoomRef::wait_until) ended with another status.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        matches!(self.kind(), Kind::Ended(_))
    }

    /// Returns `true` if a value is out of range or options contradict each other. The request was not sent, or the
    /// access token was not signed.
    #[must_use]
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.kind(), Kind::InvalidRequest(_))
    }

    /// Returns `true` if the [provider](crate::ClientBuilder::credentials_provider) of credentials or the token endpoint of
    /// [`Credentials::oauth`](crate::Credentials::oauth) has failed. The request was not sent. The error of the
    /// provider is the [source](std::error::Error::source).
    #[must_use]
    pub fn is_credentials(&self) -> bool {
        matches!(self.kind(), Kind::Credentials { .. })
    }

    /// Returns `true` if the client is misconfigured: its credentials, URL, region or environment.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(self.kind(), Kind::Config(_))
    }

    /// Returns `true` if the same request may succeed later, and sending it again cannot repeat an effect: after too many
    /// requests, a timeout (also in the service: 408, 504), a connection that failed or broke, a truncated body, a temporary
    /// failure of the source of the credentials, or a status of 500, 502 or 503.
    ///
    /// It is `false` if the request may have created something: see [`is_outcome_unknown`](Self::is_outcome_unknown).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let failed =
            matches!(self.status(), Some(500 | 502 | 503)) || matches!(self.kind(), Kind::TruncatedBody { .. });
        let is_certificate = matches!(self.kind(), Kind::Certificate { .. });
        let is_provider_down = matches!(self.kind(), Kind::Credentials { is_retryable: true });
        let temporary = failed
            || is_provider_down
            || self.is_rate_limited()
            || self.is_timeout()
            || (self.is_connect() && !is_certificate);
        temporary && self.0.outcome != Outcome::UnknownNonIdempotent
    }

    /// Returns `true` if the client ran out of time, while waiting for a response or before it could send the request.
    pub(crate) fn is_client_timeout(&self) -> bool {
        matches!(self.kind(), Kind::Timeout { .. } | Kind::QueueTimeout { .. } | Kind::DeadlinePassed { .. })
    }

    /// Returns `true` if no further attempt can differ: the request was never sent, or there is no time left.
    pub(crate) fn attempts_are_pointless(&self) -> bool {
        matches!(
            self.kind(),
            Kind::Config(_)
                | Kind::InvalidRequest(_)
                | Kind::QueueTimeout { .. }
                | Kind::DeadlinePassed { .. }
                | Kind::RateLimitPause { .. }
        )
    }

    /// Returns `true` if the request of this error may have taken effect.
    pub(crate) fn may_have_taken_effect(&self) -> bool {
        match self.kind() {
            Kind::Timeout { .. }
            | Kind::Transport { .. }
            | Kind::TooLarge { .. }
            | Kind::Redirect { .. }
            | Kind::TruncatedBody { .. }
            | Kind::Decode { .. } => true,
            Kind::Service { .. } => !self.0.response.as_ref().is_some_and(|response| is_rejection(response.status)),
            _ => false,
        }
    }
}

/// Returns `true` if the status says that the service rejected the request, and so did nothing.
fn is_rejection(status: StatusCode) -> bool {
    status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT
}
