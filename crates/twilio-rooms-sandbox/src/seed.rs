//! Rooms made from a number: the same number, the same rooms.

use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::room::{Room, Settings, Status};

/// When the newest room was created: 2026-11-01T12:00:00Z.
const NEWEST: i64 = 1_793_534_400;
const NAMES: [&str; 8] = [
    "DailyStandup",
    "Interview",
    "Office hours",
    "Physiotherapy",
    "Piano lesson",
    "Planning",
    "Sprint review",
    "Support",
];

/// What the rooms are made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seed {
    /// How many there are.
    pub(crate) rooms: usize,
    pub(crate) number: u64,
    /// Whether all of them are completed.
    pub(crate) completed: bool,
    /// The length of time over which they were created, evenly.
    pub(crate) spread: Option<Duration>,
}

impl Default for Seed {
    fn default() -> Self {
        Self { rooms: 120, number: 1, completed: false, spread: None }
    }
}

/// The rooms, newest first.
pub(crate) fn rooms(seed: &Seed) -> Vec<Room> {
    let mut random = Random(seed.number);
    let newest = DateTime::from_timestamp(NEWEST, 0).unwrap_or_default();
    let mut created = newest;
    // One room at a time is in progress under a name.
    let mut taken = HashSet::new();
    let mut rooms = Vec::with_capacity(seed.rooms);
    for index in 0..seed.rooms {
        rooms.push(room(&mut random, created, seed.completed, &mut taken));
        created -= TimeDelta::seconds(random.between(60, 7200).into());
        if let Some(spread) = seed.spread {
            created = newest.checked_sub_signed(part(spread, index + 1, seed.rooms)).unwrap_or(newest);
        }
    }
    rooms
}

/// So many of all parts of a length of time, in whole seconds.
fn part(whole: Duration, parts: usize, of: usize) -> TimeDelta {
    let seconds = u128::from(whole.as_secs()) * parts as u128 / of as u128;
    i64::try_from(seconds).ok().and_then(TimeDelta::try_seconds).unwrap_or_default()
}

fn room(random: &mut Random, created: DateTime<Utc>, completed: bool, taken: &mut HashSet<&'static str>) -> Room {
    let sid = random.sid("RM");
    let status = match random.between(1, 100) {
        _ if completed => Status::Completed,
        1..=25 => Status::InProgress,
        26..=97 => Status::Completed,
        _ => Status::Failed,
    };
    let name = Some(random.pick(&NAMES)).filter(|_| random.between(1, 3) > 1);
    let name = name.filter(|name| status != Status::InProgress || taken.insert(name));
    let duration = match status {
        Status::InProgress => None,
        Status::Completed => Some(random.between(20, 5400)),
        Status::Failed => Some(0),
    };
    let settings = Settings {
        unique_name: name.map_or_else(|| sid.clone(), str::to_owned),
        kind: random.pick(&["group", "group", "group", "group", "go", "peer-to-peer", "group-small"]),
        audio_only: random.between(1, 10) == 1,
        record_participants_on_connect: random.between(1, 4) == 1,
        max_participants: random.pick(&[50, 50, 50, 10, 4]),
        media_region: random.pick(&["us1", "us1", "ie1", "de1", "au1"]),
        status_callback: Some("https://example.com/room-events".to_owned()).filter(|_| random.between(1, 5) == 1),
        video_codecs: random.pick(&[&["VP8", "H264"][..], &["VP8", "H264"], &["VP8"], &["H264"]]).into(),
        ..Settings::default()
    };
    Room { sid, status, created, duration, settings }
}

/// The generator `SplitMix64` (Steele, Lea and Flood 2014), which needs no state but a number.
#[derive(Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A SID with this prefix.
    pub(crate) fn sid(&mut self, prefix: &str) -> String {
        format!("{prefix}{:016x}{:016x}", self.next(), self.next())
    }

    /// The identifier of a transcription, with a UUID of version 4 (RFC 9562, section 5.4).
    pub(crate) fn ttid(&mut self) -> String {
        let digits = format!("{:016x}{:016x}", self.next(), self.next());
        let [time, low, high, clock, node] = [0..8, 8..12, 13..16, 17..20, 20..32].map(|range| &digits[range]);
        format!("video_extension_{time}-{low}-4{high}-8{clock}-{node}")
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included.
    fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high - low) + 1;
        low + u32::try_from(self.next() % span).unwrap_or_default()
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let last = u32::try_from(from.len() - 1).unwrap_or_default();
        from[self.between(0, last) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rooms(count: usize, number: u64) -> Vec<Room> {
        super::rooms(&Seed { rooms: count, number, ..Seed::default() })
    }

    #[test]
    fn rooms_can_all_be_completed_and_spread_over_a_length_of_time() {
        let year = Duration::from_secs(365 * 86_400);
        let rooms = super::rooms(&Seed { rooms: 1000, completed: true, spread: Some(year), ..Seed::default() });
        assert!(rooms.iter().all(|room| room.status == Status::Completed && room.duration.is_some()));
        let between: HashSet<i64> =
            rooms.windows(2).map(|pair| (pair[0].created - pair[1].created).num_seconds()).collect();
        assert_eq!(between, HashSet::from([31_536]));
        for odd in [Duration::ZERO, Duration::from_secs(1 << 45), Duration::MAX] {
            assert_eq!(super::rooms(&Seed { rooms: 3, spread: Some(odd), ..Seed::default() }).len(), 3, "{odd:?}");
        }
    }

    #[test]
    fn the_same_number_makes_the_same_rooms_and_another_one_others() {
        assert_eq!(rooms(50, 1), rooms(50, 1));
        assert_eq!(rooms(50, 1)[..], rooms(60, 1)[..50]);
        assert_ne!(rooms(50, 1), rooms(50, 2));
    }

    #[test]
    fn rooms_are_as_the_service_has_them() {
        let rooms = rooms(500, 7);
        let sids: HashSet<&str> = rooms.iter().map(|room| room.sid.as_str()).collect();
        assert_eq!(sids.len(), 500);
        assert!(rooms.is_sorted_by(|one, other| one.created > other.created));
        let open: Vec<&Room> = rooms.iter().filter(|room| room.status == Status::InProgress).collect();
        let names: HashSet<&str> = open.iter().map(|room| room.settings.unique_name.as_str()).collect();
        assert!(open.len() > 50 && names.len() == open.len());
        assert!(rooms.iter().all(|room| room.duration.is_none() == (room.status == Status::InProgress)));
        assert_eq!(rooms[0].created.to_rfc3339(), "2026-11-01T12:00:00+00:00");
    }
}
