//! The transport: the one place where the generated client sends a request.

use std::fmt::Debug;
use std::pin::Pin;
use std::sync::Arc;

use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};

use crate::generated::{Client, Error};

/// The future that [`Execute::execute`] returns.
pub type Execution<'a> = Pin<Box<dyn Future<Output = Result<reqwest::Response, Aborted>> + Send + 'a>>;

/// Sends the requests of a [`Client`](crate::Client).
///
/// The generated client has no policy: authentication, timeouts, retries and limits are the work of an implementation.
pub trait Execute: Debug + Send + Sync {
    /// Sends a request and returns its response. `operation_id` is the operation of the document, in snake case: `fetch_room`.
    ///
    /// An implementation returns successful responses only, since the generated code decodes the body of the one that it gets.
    /// For all others it keeps the error and returns [`Aborted`]; the call then returns an error, and the caller asks the
    /// implementation for the reason.
    fn execute<'a>(&'a self, request: reqwest::Request, operation_id: &'static str) -> Execution<'a>;
}

/// The error of an [`Execute`] that has given up a call. The implementation keeps the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Aborted;

impl Aborted {
    /// Creates the error.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }
}

impl Default for Aborted {
    fn default() -> Self {
        Self::new()
    }
}

/// The way in which a [`Client`](crate::Client) sends its requests.
#[derive(Debug, Clone)]
pub struct Transport(Arc<dyn Exchange>);

impl Transport {
    /// Creates a transport that sends requests with `execute`.
    pub fn new(execute: Arc<dyn Execute>) -> Self {
        Self::of(Policy(execute))
    }

    pub(crate) fn of(exchange: impl Exchange + 'static) -> Self {
        Self(Arc::new(exchange))
    }
}

/// The parts of sending a request in which transports differ.
pub(crate) trait Exchange: Debug + Send + Sync {
    /// Completes a request before it is sent.
    fn prepare(&self, _request: &mut reqwest::Request, _operation_id: &str) -> Result<(), String> {
        Ok(())
    }

    /// Sends a request. An error of reqwest is put into `failure`, and the call then returns it.
    fn exchange<'a>(
        &'a self,
        request: reqwest::Request,
        operation_id: &'static str,
        failure: &'a mut Option<reqwest::Error>,
    ) -> Execution<'a>;
}

/// A transport that is an [`Execute`].
#[derive(Debug)]
struct Policy(Arc<dyn Execute>);

impl Exchange for Policy {
    fn exchange<'a>(
        &'a self,
        request: reqwest::Request,
        operation_id: &'static str,
        _failure: &'a mut Option<reqwest::Error>,
    ) -> Execution<'a> {
        self.0.execute(request, operation_id)
    }
}

impl ClientHooks<Transport> for Client {
    async fn pre<E>(&self, request: &mut reqwest::Request, info: &OperationInfo) -> Result<(), Error<E>> {
        self.inner().0.prepare(request, info.operation_id).map_err(Error::InvalidRequest)
    }

    async fn exec(&self, request: reqwest::Request, info: &OperationInfo) -> reqwest::Result<reqwest::Response> {
        let mut failure = None;
        let result = self.inner().0.exchange(request, info.operation_id, &mut failure).await;
        match (result, failure) {
            (_, Some(failure)) => Err(failure),
            (Ok(response), None) => Ok(response),
            // Only reqwest can create its error type. An empty response with `Aborted` as an extension stands for it; `post`
            // turns it into an error.
            (Err(aborted), None) => {
                let mut response = http::Response::new(reqwest::Body::default());
                response.extensions_mut().insert(aborted);
                Ok(response.into())
            }
        }
    }

    async fn post<E>(
        &self,
        result: &reqwest::Result<reqwest::Response>,
        _info: &OperationInfo,
    ) -> Result<(), Error<E>> {
        match result {
            Ok(response) if response.extensions().get::<Aborted>().is_some() => {
                Err(Error::Custom("the transport gave the call up".to_owned()))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::{Mutex, PoisonError};
    use std::task::{Context, Poll, Waker};

    use super::*;
    use crate::runtime::Form;
    use crate::types::{CreateRecordingRequest, MediaV1Recording};

    /// A request as the transport gets it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    struct Sent {
        operation_id: &'static str,
        line: String,
        body: String,
    }

    /// A transport that records requests and returns one response to all of them, or gives up.
    #[derive(Debug)]
    struct Recorder {
        response: Result<(u16, &'static str), Aborted>,
        sent: Mutex<Vec<Sent>>,
    }

    impl Execute for Recorder {
        fn execute<'a>(&'a self, request: reqwest::Request, operation_id: &'static str) -> Execution<'a> {
            let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
            let body = String::from_utf8_lossy(body).into_owned();
            let line = format!("{} {}", request.method(), request.url());
            self.sent.lock().unwrap_or_else(PoisonError::into_inner).push(Sent { operation_id, line, body });
            Box::pin(async {
                let (status, body) = self.response?;
                let mut response = http::Response::new(reqwest::Body::from(body));
                *response.status_mut() = http::StatusCode::from_u16(status).map_err(|_| Aborted::new())?;
                Ok(response.into())
            })
        }
    }

    fn client(response: Result<(u16, &'static str), Aborted>) -> (Client, Arc<Recorder>) {
        let recorder = Arc::new(Recorder { response, sent: Mutex::default() });
        let transport = Transport::new(recorder.clone());
        (Client::new_with_client("https://example.com", crate::tests::http_client(), transport), recorder)
    }

    fn sent(recorder: &Recorder) -> Vec<Sent> {
        recorder.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the output of a future that never waits, as those of the recorder.
    fn ready<T>(future: impl Future<Output = T>) -> Result<T, String> {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(output) => Ok(output),
            Poll::Pending => Err("the future waits".to_owned()),
        }
    }

    #[test]
    fn a_response_of_the_transport_is_decoded() -> Result<(), String> {
        let (client, recorder) = client(Ok((200, r#"{"sid": "RT1", "status": "paused"}"#)));
        let recording = ready(client.fetch_recording().sid("RT1").send())?.map_err(|error| error.to_string())?;
        let expected = MediaV1Recording {
            sid: Some("RT1".to_owned()),
            status: Some("paused".into()),
            ..MediaV1Recording::default()
        };
        assert_eq!(recording.into_inner(), expected);
        assert_eq!(sent(&recorder)[0].operation_id, "fetch_recording");
        Ok(())
    }

    #[test]
    fn an_aborted_call_is_an_error_also_without_a_body_to_decode() -> Result<(), String> {
        let (client, recorder) = client(Err(Aborted::new()));
        let fetched = ready(client.fetch_recording().sid("RT1").send())?.map(drop);
        // A deletion decodes no body, so that the empty response would be its success.
        let deleted = ready(client.delete_recording().sid("RT1").send())?.map(drop);
        for result in [fetched, deleted] {
            assert!(matches!(result, Err(Error::Custom(_))), "{result:?}");
        }
        assert_eq!(sent(&recorder).len(), 2);
        Ok(())
    }

    #[test]
    fn a_path_parameter_is_encoded() -> Result<(), String> {
        let (client, recorder) = client(Ok((204, "")));
        ready(client.delete_recording().sid("a/b\\c?d e").send())?.map_err(|error| error.to_string())?;
        assert_eq!(sent(&recorder)[0].line, "DELETE https://example.com/v1/Recordings/a%2Fb%5Cc%3Fd%20e");
        Ok(())
    }

    #[test]
    fn a_form_is_sent_as_its_pairs() -> Result<(), String> {
        let mut form = CreateRecordingRequest::new("a b&c".to_owned());
        form.tags = Some(vec!["x".to_owned(), "y".to_owned()]);
        form.filter = Some(serde_json::json!({ "kind": "audio" }));
        form.trim = Some(true);
        assert_eq!(form.check(), Ok(()));
        let (client, recorder) = client(Ok((201, "{}")));
        ready(client.create_recording().body(form).send())?.map_err(|error| error.to_string())?;
        let expected = Sent {
            operation_id: "create_recording",
            line: "POST https://example.com/v1/Recordings".to_owned(),
            body: "Name=a+b%26c&Tags=x&Tags=y&Filter=%7B%22kind%22%3A%22audio%22%7D&Trim=true".to_owned(),
        };
        assert_eq!(sent(&recorder), [expected]);
        Ok(())
    }
}
