//! Whoever wants to know of retries.

use std::fmt;
use std::sync::Arc;

use crate::retry::RetryEvent;

/// What is called before each retry.
#[derive(Clone, Default)]
pub(crate) struct Observer(Option<Arc<dyn Fn(&RetryEvent) + Send + Sync>>);

impl Observer {
    pub(crate) fn new(observe: impl Fn(&RetryEvent) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(observe)))
    }

    pub(crate) fn notify(&self, event: &RetryEvent) {
        if let Some(observe) = &self.0 {
            observe(event);
        }
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "set" } else { "not set" })
    }
}
