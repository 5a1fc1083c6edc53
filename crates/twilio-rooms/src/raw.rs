//! Requests of the caller's own.

use std::pin::Pin;

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, Method};
use reqwest::Url;

use crate::attempt::origin;
use crate::client::Client;
use crate::error::Error;
use crate::options::{self, Options};
use crate::response::Response;
use crate::retry::Effect;

/// What such a request is called in errors and events.
pub(crate) const OPERATION: &str = "request";

/// A request of your own, with the credentials, retries and errors of the client; made by [`Client::request`].
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
    client: Client,
    options: Options,
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    form: Option<Vec<(String, String)>>,
    idempotent: bool,
}

impl RawRequest {
    pub(crate) fn new(client: Client, method: Method, path: String) -> Self {
        let idempotent = method.is_idempotent();
        Self { client, options: Options::default(), method, path, query: Vec::new(), form: None, idempotent }
    }

    /// Adds pairs to the query, encoded as they need to be.
    pub fn query<K: Into<String>, V: Into<String>>(mut self, pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        self.query.extend(pairs.into_iter().map(|(key, value)| (key.into(), value.into())));
        self
    }

    /// Adds pairs to the body, which becomes a form.
    pub fn form<K: Into<String>, V: Into<String>>(mut self, pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let pairs = pairs.into_iter().map(|(key, value)| (key.into(), value.into()));
        self.form.get_or_insert_default().extend(pairs);
        self
    }

    /// Whether doing it twice is the same as once, so that it can be tried again when nobody knows whether it was done.
    ///
    /// The default is what HTTP says of the method: `POST` and `PATCH` are not, the others are.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = idempotent;
        self
    }

    options::setters!();

    /// Sends it, and gives the body of the answer as it came.
    ///
    /// # Errors
    ///
    /// When the path does not begin with `/` or leads to another origin, and when there is no answer, or one with a status
    /// that is no success. See [`Error`].
    pub async fn send(self) -> Result<Response<Vec<u8>>, Error> {
        let request = self.build()?;
        let effect = match (self.method.is_safe(), self.idempotent) {
            (true, true) => Effect::Read,
            (false, true) => Effect::Idempotent,
            (_, false) => Effect::Once,
        };
        self.client.call(&self.options, effect, None).run(request, OPERATION, false).await
    }

    fn build(&self) -> Result<reqwest::Request, Error> {
        let base_url = self.client.base_url();
        if !self.path.starts_with('/') {
            return Err(Error::invalid(format!("the path {:?} does not begin with `/`", self.path)));
        }
        let text = format!("{}{}", base_url.as_str().trim_end_matches('/'), self.path);
        let mut url =
            Url::parse(&text).map_err(|error| Error::invalid(format!("{text:?} cannot be parsed: {error}")))?;
        if self.path.contains('#') {
            return Err(Error::invalid(format!("the path {:?} has a fragment; write `#` as `%23`", self.path)));
        }
        if leads_up(&self.path) {
            return Err(Error::invalid(format!("the path {:?} leads up with `.` or `..`", self.path)));
        }
        if url.origin() != base_url.origin() {
            return Err(Error::invalid(format!("the path leads to {}, not {}", origin(&url), origin(base_url))));
        }
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        let body = self.form.as_ref().map(|pairs| {
            // The query of a URL is written as the body of a form is.
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

/// Whether there are segments in the path that a URL resolves instead of keeping them.
fn leads_up(path: &str) -> bool {
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
