//! Seeded rooms: the same seed generates the same rooms.

use std::collections::HashSet;
use std::time::Duration;

use chrono::TimeDelta;

use super::random::Random;
use super::room::{Room, RoomSettings, RoomStatus};
use super::timestamp::Timestamp;

/// The creation time of the newest room, unless another is set: 2026-11-01T12:00:00Z.
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

/// The parameters from which rooms are generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seed {
    pub(crate) number: u64,
    pub(crate) room_count: usize,
    /// Makes all rooms completed ones.
    pub(crate) all_completed: bool,
    /// Spaces the creation times evenly over this duration.
    pub(crate) spread_over: Option<Duration>,
    /// The creation time of the newest room.
    pub(crate) newest: Timestamp,
}

impl Default for Seed {
    fn default() -> Self {
        let newest = Timestamp::from_timestamp(NEWEST, 0).unwrap_or_default();
        Self { number: 1, room_count: 120, all_completed: false, spread_over: None, newest }
    }
}

impl Seed {
    /// Generates the rooms, newest first.
    pub(crate) fn rooms(&self) -> Vec<Room> {
        let mut random = Random::new(self.number);
        let newest = self.newest;
        let mut created = newest;
        // The names of rooms in progress, which are unique.
        let mut taken_names = HashSet::new();
        let mut rooms = Vec::with_capacity(self.room_count);
        for index in 0..self.room_count {
            rooms.push(self.room(&mut random, created, &mut taken_names));
            created -= TimeDelta::seconds(random.between(60, 7200).into());
            if let Some(duration) = self.spread_over {
                let age = fraction(duration, index + 1, self.room_count);
                created = newest.checked_sub_signed(age).unwrap_or(newest);
            }
        }
        rooms
    }

    fn room(&self, random: &mut Random, created: Timestamp, taken_names: &mut HashSet<&'static str>) -> Room {
        let sid = random.sid("RM");
        let status = match random.between(1, 100) {
            _ if self.all_completed => RoomStatus::Completed,
            1..=25 => RoomStatus::InProgress,
            26..=97 => RoomStatus::Completed,
            _ => RoomStatus::Failed,
        };
        let name = Some(random.pick(&NAMES)).filter(|_| random.between(1, 3) > 1);
        let name = name.filter(|name| status != RoomStatus::InProgress || taken_names.insert(name));
        let duration = match status {
            RoomStatus::InProgress => None,
            RoomStatus::Completed => Some(random.between(20, 5400)),
            RoomStatus::Failed => Some(0),
        };
        let settings = RoomSettings {
            unique_name: name.map_or_else(|| sid.clone(), str::to_owned),
            kind: random.pick(&["group", "group", "group", "group", "go", "peer-to-peer", "group-small"]),
            audio_only: random.between(1, 10) == 1,
            record_participants_on_connect: random.between(1, 4) == 1,
            max_participants: random.pick(&[50, 50, 50, 10, 4]),
            media_region: random.pick(&["us1", "us1", "ie1", "de1", "au1"]),
            status_callback: Some("https://example.com/room-events".to_owned()).filter(|_| random.between(1, 5) == 1),
            video_codecs: random.pick(&[&["VP8", "H264"][..], &["VP8", "H264"], &["VP8"], &["H264"]]).into(),
            ..RoomSettings::default()
        };
        Room::new(sid, status, created, duration, settings)
    }
}

/// Returns `numerator / denominator` of a duration, rounded down to whole seconds.
fn fraction(duration: Duration, numerator: usize, denominator: usize) -> TimeDelta {
    let seconds = u128::from(duration.as_secs()) * numerator as u128 / denominator as u128;
    i64::try_from(seconds).ok().and_then(TimeDelta::try_seconds).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rooms(room_count: usize, number: u64) -> Vec<Room> {
        Seed { number, room_count, ..Seed::default() }.rooms()
    }

    #[test]
    fn rooms_can_all_be_completed_and_spread_over_a_duration() {
        let year = Some(Duration::from_secs(365 * 86_400));
        let seed = Seed { room_count: 1000, all_completed: true, spread_over: year, ..Seed::default() };
        let rooms = seed.rooms();
        assert!(rooms.iter().all(|room| room.status == RoomStatus::Completed && room.duration.is_some()));
        let gaps: HashSet<i64> =
            rooms.windows(2).map(|pair| (pair[0].created - pair[1].created).num_seconds()).collect();
        assert_eq!(gaps, HashSet::from([31_536]));
        for odd in [Duration::ZERO, Duration::from_secs(1 << 45), Duration::MAX] {
            let seed = Seed { room_count: 3, spread_over: Some(odd), ..Seed::default() };
            assert_eq!(seed.rooms().len(), 3, "{odd:?}");
        }
    }

    #[test]
    fn the_time_of_the_newest_room_moves_all_rooms() {
        let hour = TimeDelta::hours(1);
        let [earlier, later] = [Seed::default().newest, Seed::default().newest + hour]
            .map(|newest| Seed { newest, ..Seed::default() }.rooms());
        assert_eq!(earlier[0].created, Seed::default().newest);
        for (earlier, later) in earlier.iter().zip(&later) {
            assert_eq!((&earlier.sid, earlier.created + hour), (&later.sid, later.created));
        }
    }

    #[test]
    fn a_seed_generates_the_same_rooms_every_time_and_another_seed_others() {
        assert_eq!(rooms(50, 1), rooms(50, 1));
        assert_eq!(rooms(50, 1)[..], rooms(60, 1)[..50]);
        assert_ne!(rooms(50, 1), rooms(50, 2));
    }

    #[test]
    fn seeded_rooms_have_unique_sids_and_the_fields_that_their_status_implies() {
        let rooms = rooms(500, 7);
        let sids: HashSet<&str> = rooms.iter().map(|room| room.sid.as_str()).collect();
        assert_eq!(sids.len(), 500);
        assert!(rooms.is_sorted_by(|one, other| one.created > other.created));
        let in_progress: Vec<&Room> = rooms.iter().filter(|room| room.status == RoomStatus::InProgress).collect();
        let names: HashSet<&str> = in_progress.iter().map(|room| room.settings.unique_name.as_str()).collect();
        assert!(in_progress.len() > 50 && names.len() == in_progress.len());
        assert!(rooms.iter().all(|room| room.duration.is_none() == (room.status == RoomStatus::InProgress)));
        assert_eq!(rooms[0].created.to_rfc3339(), "2026-11-01T12:00:00+00:00");
    }
}
