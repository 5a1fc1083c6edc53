//! Requests to any path of the API.

use std::pin::Pin;

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, Method};
use reqwest::Url;

use crate::error::Error;
use crate::transport::{Call, CallOptions, Connection, Effect, Response, call_option_setters, origin};

/// A request to any path, with the credentials, retries and errors of the client; created by
/// [`Client::request`](crate::Client::request).
///
/// ```no_run
/// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
/// use twilio_rooms::http::Method;
///
/// let compositions = client.request(Method::GET, "/v1/Compositions").query([("PageSize", "20")]).send().await?;
/// let body: serde_json::Value = compositions.json()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct RawRequest {
    connection: Connection,
    options: CallOptions,
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    form: Option<Vec<(String, String)>>,
    is_idempotent: bool,
}

impl RawRequest {
    /// The name of a raw request in errors and events.
    const OPERATION: &'static str = "request";

    pub(crate) fn new(connection: Connection, method: Method, path: String) -> Self {
        let (options, is_idempotent) = (CallOptions::default(), method.is_idempotent());
        Self { connection, options, method, path, query: Vec::new(), form: None, is_idempotent }
    }

    /// Adds pairs to the query and percent-encodes them.
    pub fn query<K: Into<String>, V: Into<String>>(mut self, pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        self.query.extend(pairs.into_iter().map(|(key, value)| (key.into(), value.into())));
        self
    }

    /// Adds pairs to the body, which is then sent as `application/x-www-form-urlencoded`.
    pub fn form<K: Into<String>, V: Into<String>>(mut self, pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let pairs = pairs.into_iter().map(|(key, value)| (key.into(), value.into()));
        self.form.get_or_insert_default().extend(pairs);
        self
    }

    /// Declares whether repeating the request is harmless, so that it can be retried even if its outcome is unknown.
    ///
    /// The default follows the semantics of HTTP methods: `POST` and `PATCH` are not idempotent, the others are.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.is_idempotent = idempotent;
        self
    }

    call_option_setters!();

    /// Sends the request and returns the response with its undecoded body.
    ///
    /// # Errors
    ///
    /// The path does not start with `/` or leads to another origin; no response arrives; or the response does not have
    /// a success status. See [`Error`].
    pub async fn send(self) -> Result<Response<Vec<u8>>, Error> {
        let request = self.build()?;
        let effect = match (self.method.is_safe(), self.is_idempotent) {
            (true, true) => Effect::Read,
            (false, true) => Effect::Idempotent,
            (_, false) => Effect::NonIdempotent,
        };
        Call::new(&self.connection, &self.options, effect).send(request, Self::OPERATION).await
    }

    fn build(&self) -> Result<reqwest::Request, Error> {
        let base_url = &self.connection.base_url;
        if !self.path.starts_with('/') {
            return Err(Error::invalid(format!("the path {:?} does not start with `/`", self.path)));
        }
        let text = format!("{}{}", base_url.as_str().trim_end_matches('/'), self.path);
        let mut url =
            Url::parse(&text).map_err(|error| Error::invalid(format!("{text:?} cannot be parsed: {error}")))?;
        if self.path.contains('#') {
            return Err(Error::invalid(format!("the path {:?} has a fragment; write `#` as `%23`", self.path)));
        }
        if has_dot_segments(&self.path) {
            return Err(Error::invalid(format!("the path {:?} has a `.` or `..` segment", self.path)));
        }
        if url.origin() != base_url.origin() {
            return Err(Error::invalid(format!("the path leads to {}, not {}", origin(&url), origin(base_url))));
        }
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        let body = self.form.as_ref().map(|pairs| {
            // The query of a URL has the same encoding as the body of a form.
            let mut form = base_url.clone();
            form.query_pairs_mut().clear().extend_pairs(pairs);
            form.query().unwrap_or_default().to_owned()
        });
        let mut request = reqwest::Request::new(self.method.clone(), url);
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(body) = body {
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            request.headers_mut().insert(CONTENT_TYPE, form);
            *request.body_mut() = Some(body.into());
        }
        Ok(request)
    }
}

/// Returns `true` if the path has segments that a URL resolves instead of keeping them.
fn has_dot_segments(path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default().to_ascii_lowercase().replace("%2e", ".");
    path.split(['/', '\\']).any(|segment| [".", ".."].contains(&segment))
}

impl IntoFuture for RawRequest {
    type Output = Result<Response<Vec<u8>>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
