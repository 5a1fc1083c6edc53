//! The timeouts of a room and of its participants.

use chrono::TimeDelta;

use super::{Room, Timeout};
use crate::model::participant::Participant;
use crate::model::room::RoomStatus;
use crate::model::timestamp::Timestamp;

impl Room {
    /// Returns what times out next unless something else happens before, and when.
    pub(crate) fn next_timeout(&self) -> Option<(Timestamp, Timeout)> {
        if self.status != RoomStatus::InProgress {
            return None;
        }
        let connected = self.participants().iter().filter(|participant| participant.is_connected());
        let (start, limit, timeout) = if let Some(first) = connected.min_by_key(|participant| participant.joined) {
            let limit = TimeDelta::seconds(self.settings.max_participant_duration.into());
            (first.joined, limit, Timeout::Participant(first.sid.clone()))
        } else {
            let last_left = self.participants().iter().filter_map(|participant: &Participant| participant.left).max();
            let minutes = match last_left {
                Some(_) => self.settings.empty_room_timeout,
                None => self.settings.unused_room_timeout,
            };
            (last_left.unwrap_or(self.created), TimeDelta::minutes(minutes.into()), Timeout::Room)
        };
        Some((start.checked_add_signed(limit)?, timeout))
    }
}
