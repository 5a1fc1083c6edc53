//! Status callbacks: the requests that report the events of a room to the URL that it was created with.

mod delivery;
mod events;
mod sender;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

pub use self::delivery::Delivery;
use self::delivery::{Deliveries, DeliveryLog};
use self::events::{Form, RoomEvents};
use super::recorder::Recorder;
use crate::model::{Account, Timestamp};

/// The rooms with a status callback, and the requests that were made for them.
#[derive(Debug)]
pub(crate) struct Callbacks {
    rooms: Mutex<HashMap<String, WatchedRoom>>,
    log: Arc<DeliveryLog>,
    allows_any_host: bool,
    /// `None` unless the inspector is on.
    recorder: Option<Arc<Recorder>>,
}

/// A room whose events are reported, one after another.
#[derive(Debug)]
struct WatchedRoom {
    events: RoomEvents,
    queue: UnboundedSender<Form>,
}

impl Callbacks {
    pub(crate) fn new(allows_any_host: bool, recorder: Option<Arc<Recorder>>) -> Self {
        Self { rooms: Mutex::default(), log: Arc::default(), allows_any_host, recorder }
    }

    pub(crate) fn log(&self) -> &Arc<DeliveryLog> {
        &self.log
    }

    /// Reports what has changed in the account since the last time.
    pub(crate) fn observe(&self, account: &Account, now: Timestamp) {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(room) = account.newest_room()
            && let Some(url) = &room.settings.status_callback
            && room.duration.is_none()
            && !rooms.contains_key(&room.sid)
            // A room is created by a request, and so within the runtime.
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let (queue, forms) = unbounded_channel();
            let delivery = Deliveries {
                url: url.clone(),
                method: room.settings.status_callback_method,
                allows_any_host: self.allows_any_host,
                log: Arc::clone(&self.log),
                recorder: self.recorder.clone(),
            };
            runtime.spawn(delivery.deliver_all(forms));
            rooms.insert(room.sid.clone(), WatchedRoom { events: RoomEvents::default(), queue });
        }
        rooms.retain(|sid, watched| {
            let Some(room) = account.room(sid) else { return false };
            for form in watched.events.new_events(room, now) {
                // The receiver ends only with the runtime.
                let _ = watched.queue.send(form);
            }
            room.duration.is_none()
        });
    }
}
