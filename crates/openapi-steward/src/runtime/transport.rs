//! The one seam between the generated client and the wire.

use std::fmt::Debug;
use std::pin::Pin;
use std::sync::Arc;

use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};

use crate::generated::{Client, Error};

/// What [`Execute::execute`] returns.
pub type Execution<'a> = Pin<Box<dyn Future<Output = Result<reqwest::Response, Aborted>> + Send + 'a>>;

/// Executes the requests of a client: everything that is policy happens here.
pub trait Execute: Debug + Send + Sync {
    /// Executes the request of an operation, whose id in the spec is `operation_id`.
    ///
    /// The generated code understands successful responses only. For everything else an implementation keeps the reason to
    /// itself and returns [`Aborted`].
    fn execute<'a>(&'a self, request: reqwest::Request, operation_id: &'static str) -> Execution<'a>;
}

/// The call was given up; why, the [`Execute`] knows that gave it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Aborted;

impl Aborted {
    /// The call was given up.
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

/// What a [`Client`] executes its requests with.
#[derive(Debug, Clone)]
pub struct Transport(Arc<dyn Execute>);

impl Transport {
    /// Executes requests with `execute`.
    pub fn new(execute: Arc<dyn Execute>) -> Self {
        Self(execute)
    }
}

impl ClientHooks<Transport> for Client {
    async fn exec(&self, request: reqwest::Request, info: &OperationInfo) -> reqwest::Result<reqwest::Response> {
        match self.inner().0.execute(request, info.operation_id).await {
            Ok(response) => Ok(response),
            // Only reqwest can make its error. A mark on an empty response tells `post` instead.
            Err(aborted) => {
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
