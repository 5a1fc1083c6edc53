//! The delivery of the callbacks of a room, one after another.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedReceiver;

use super::events::Form;
use super::sender::{CallbackRequest, Failure};

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

/// Sends the callbacks of a room until it ends. As the service does, it tries once more if the connection fails.
pub(super) async fn deliver_all(
    url: String,
    method: &'static str,
    allows_any_host: bool,
    mut forms: UnboundedReceiver<Form>,
    log: Arc<DeliveryLog>,
) {
    while let Some(form) = forms.recv().await {
        let get = |name: &str| form.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        let request = CallbackRequest::new(&url, method, &form);
        let mut attempts = 0;
        let result = loop {
            attempts += 1;
            match request.send(allows_any_host).await {
                Err(Failure::Connection(_)) if attempts == 1 => {}
                result => break result,
            }
        };
        log.add(Delivery {
            event: get("StatusCallbackEvent").unwrap_or_default(),
            room_sid: get("RoomSid").unwrap_or_default(),
            sequence_number: get("SequenceNumber").and_then(|number| number.parse().ok()).unwrap_or_default(),
            url: request.url.clone(),
            attempts,
            status: result.as_ref().ok().copied(),
            error: result.err().map(|failure| failure.to_string()),
        });
    }
}
