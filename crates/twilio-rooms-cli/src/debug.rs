//! `--debug`: each request and its response on standard error. The client adds the credentials after this has seen a request.

use std::time::Instant;

use twilio_rooms::{AttemptRequest, Middleware, MiddlewareFuture, Next};

use crate::console::note;

/// Middleware that shows requests.
pub(crate) struct Debug;

impl Middleware for Debug {
    fn handle<'a>(&'a self, request: AttemptRequest, next: Next<'a>) -> MiddlewareFuture<'a> {
        Box::pin(async move {
            let name = format!("{} (attempt {})", request.operation(), request.attempt());
            note(&format!("debug: > {} {} · {name}", request.method(), request.url()));
            if !request.body().is_empty() {
                note(&format!("debug: > {}", String::from_utf8_lossy(request.body())));
            }
            let started = Instant::now();
            let result = next.run(request).await;
            let time = started.elapsed().as_millis();
            match &result {
                Ok(response) => {
                    note(&format!("debug: < {} · {} bytes · {time} ms", response.status, response.body.len()));
                }
                Err(error) => note(&format!("debug: < {error} · {time} ms")),
            }
            result
        })
    }
}
