//! What has been read: how many rooms, and a number that depends on what they say and on their order.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// So that every step stays below 2^53, which is what JavaScript counts to.
const MODULUS: u64 = 1_000_000_007;

/// What a client has seen of a room.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) sid: &'a str,
    pub(crate) unique_name: Option<&'a str>,
    pub(crate) created: Option<DateTime<Utc>>,
    pub(crate) duration: Option<u64>,
    pub(crate) codecs: usize,
}

impl Seen<'_> {
    fn number(&self) -> u64 {
        let end = self.sid.len().saturating_sub(6);
        let sid = self.sid.get(end..).and_then(|digits| u64::from_str_radix(digits, 16).ok());
        let created = self.created.and_then(|created| u64::try_from(created.timestamp()).ok());
        let lengths = self.unique_name.map_or(0, str::len) + self.codecs;
        sid.unwrap_or_default() + created.unwrap_or_default() + self.duration.unwrap_or_default() + lengths as u64
    }
}

/// What has been read so far. `stream.py` and `stream.cjs` count the same way.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) rooms: u64,
    pub(crate) checksum: u64,
    /// For how long to keep the thread after so many rooms, as one does who has something to do with them.
    pause: Option<(u64, Duration)>,
}

impl Tally {
    /// Pauses that long after every so many rooms.
    pub(crate) fn pausing(every: u64, pause: Duration) -> Self {
        Self { pause: Some((every, pause)).filter(|_| !pause.is_zero()), ..Self::default() }
    }

    /// Counts a room.
    pub(crate) fn count(&mut self, room: &Seen<'_>) {
        self.rooms += 1;
        self.checksum = (self.checksum * 31 + room.number()) % MODULUS;
    }

    /// Counts a room, and pauses when it is time to.
    pub(crate) fn add(&mut self, room: &Seen<'_>) {
        self.count(room);
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
    fn the_checksum_depends_on_what_is_read_and_on_the_order() {
        let one = Seen { sid: "RM0a", unique_name: None, created: None, duration: Some(1), codecs: 2 };
        let other = Seen { sid: "RM0123456789abcdef", unique_name: Some("standup"), ..one };
        let checksum = |rooms: &[Seen<'_>]| {
            let mut tally = Tally::default();
            for room in rooms {
                tally.count(room);
            }
            (tally.rooms, tally.checksum)
        };
        assert_eq!(checksum(&[one]), (1, 3));
        assert_eq!(checksum(&[other]), (1, 0xab_cdef + 1 + 2 + 7));
        assert_ne!(checksum(&[one, other]), checksum(&[other, one]));
    }
}
