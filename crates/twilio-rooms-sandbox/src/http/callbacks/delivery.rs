//! The delivery of the callbacks of a room, one after another.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::Instant;

use super::events::Form;
use super::sender::{CallbackRequest, Failure};
use crate::http::recorder::{Recorder, SentCallback};

/// A status callback that the sandbox has sent, or has tried to send.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// The event, such as `participant-connected`.
    pub event: String,
    /// The SID of the room.
    pub room_sid: String,
    /// The position of the event among those of its room, from 0.
    pub sequence_number: u64,
    /// The URL of the request, with the parameters if the method is `GET`.
    pub url: String,
    /// The number of attempts to send the request.
    pub attempts: u32,
    /// The status of the response, or `None` if there was none.
    pub status: Option<u16>,
    /// The reason for which there was no response.
    pub error: Option<String>,
}

/// The requests that were made so far.
#[derive(Debug, Default)]
pub(crate) struct DeliveryLog {
    deliveries: Mutex<Vec<Delivery>>,
    added: Notify,
}

impl DeliveryLog {
    fn add(&self, delivery: Delivery) {
        self.deliveries.lock().unwrap_or_else(PoisonError::into_inner).push(delivery);
        self.added.notify_waiters();
    }

    pub(crate) fn all(&self) -> Vec<Delivery> {
        self.deliveries.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until there were this many, and returns them all.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<Delivery> {
        loop {
            let added = self.added.notified();
            tokio::pin!(added);
            added.as_mut().enable();
            let all = self.all();
            if all.len() >= count {
                return all;
            }
            added.await;
        }
    }
}

/// The deliveries of the callbacks of a room.
#[derive(Debug)]
pub(super) struct Deliveries {
    pub(super) url: String,
    pub(super) method: &'static str,
    pub(super) allows_any_host: bool,
    pub(super) log: Arc<DeliveryLog>,
    pub(super) recorder: Option<Arc<Recorder>>,
}

impl Deliveries {
    /// Sends the callbacks of a room until it ends. As the service does, it tries once more if the connection fails.
    pub(super) async fn deliver_all(self, mut forms: UnboundedReceiver<Form>) {
        let Self { url, method, allows_any_host, log, recorder } = self;
        while let Some(form) = forms.recv().await {
            let get = |name: &str| form.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
            let request = CallbackRequest::new(&url, method, &form);
            let sent = SentCallback { method, url: &request.url, form: &form };
            let recorded = recorder.as_ref().map(|recorder| (recorder, recorder.begin_callback(sent), Instant::now()));
            let mut attempts = 0;
            let result = loop {
                attempts += 1;
                match request.send(allows_any_host).await {
                    Err(Failure::Connection(_)) if attempts == 1 => {}
                    result => break result.map_err(|failure| failure.to_string()),
                }
            };
            let (status, error) = (result.as_ref().ok().map(|answer| answer.status), result.as_ref().err().cloned());
            if let Some((recorder, id, started)) = recorded {
                recorder.end_callback(id, attempts, result, started);
            }
            log.add(Delivery {
                event: get("StatusCallbackEvent").unwrap_or_default(),
                room_sid: get("RoomSid").unwrap_or_default(),
                sequence_number: get("SequenceNumber").and_then(|number| number.parse().ok()).unwrap_or_default(),
                url: request.url.clone(),
                attempts,
                status,
                error,
            });
        }
    }
}
