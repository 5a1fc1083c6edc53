//! A count of the rooms that a client has read, with a checksum of their fields and their order.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// Keeps every step of the checksum below 2^53, the largest integer that JavaScript calculates with.
const MODULUS: u64 = 1_000_000_007;

/// The fields of a room that the checksum covers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RoomFields<'a> {
    pub(crate) sid: &'a str,
    pub(crate) unique_name: Option<&'a str>,
    pub(crate) created: Option<DateTime<Utc>>,
    pub(crate) duration: Option<u64>,
    pub(crate) codecs: usize,
}

impl RoomFields<'_> {
    fn number(&self) -> u64 {
        let end = self.sid.len().saturating_sub(6);
        let sid = self.sid.get(end..).and_then(|digits| u64::from_str_radix(digits, 16).ok());
        let created = self.created.and_then(|created| u64::try_from(created.timestamp()).ok());
        let lengths = self.unique_name.map_or(0, str::len) + self.codecs;
        sid.unwrap_or_default() + created.unwrap_or_default() + self.duration.unwrap_or_default() + lengths as u64
    }
}

/// The rooms so far. `stream.py` and `stream.cjs` count the same way.
#[derive(Debug, Default)]
pub(crate) struct RoomCounter {
    pub(crate) rooms: u64,
    pub(crate) checksum: u64,
    /// The number of rooms after which the thread sleeps, as if it used them, and the time.
    pause: Option<(u64, Duration)>,
}

impl RoomCounter {
    /// A counter that pauses after every `every` rooms.
    pub(crate) fn pausing(every: u64, pause: Duration) -> Self {
        Self { pause: Some((every, pause)).filter(|_| !pause.is_zero()), ..Self::default() }
    }

    /// Counts a room.
    pub(crate) fn add(&mut self, room: &RoomFields<'_>) {
        self.rooms += 1;
        self.checksum = (self.checksum * 31 + room.number()) % MODULUS;
    }

    /// Counts a room, and pauses if its number says so.
    pub(crate) fn add_and_pause(&mut self, room: &RoomFields<'_>) {
        self.add(room);
        if let Some((every, pause)) = self.pause
            && self.rooms.is_multiple_of(every)
        {
            std::thread::sleep(pause);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_depends_on_the_fields_and_the_order() {
        let one = RoomFields { sid: "RM0a", unique_name: None, created: None, duration: Some(1), codecs: 2 };
        let other = RoomFields { sid: "RM0123456789abcdef", unique_name: Some("standup"), ..one };
        let checksum = |rooms: &[RoomFields<'_>]| {
            let mut counter = RoomCounter::default();
            for room in rooms {
                counter.add(room);
            }
            (counter.rooms, counter.checksum)
        };
        assert_eq!(checksum(&[one]), (1, 3));
        assert_eq!(checksum(&[other]), (1, 0xab_cdef + 1 + 2 + 7));
        assert_ne!(checksum(&[one, other]), checksum(&[other, one]));
    }
}
