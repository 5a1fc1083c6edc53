//! Adds up time by day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use twilio_rooms::{Participant, ParticipantStatus, Room, RoomStatus};

use crate::days::{self, Days};

/// A kind of rooms on a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) day: NaiveDate,
    pub(super) room_type: String,
    pub(super) media_region: String,
}

/// The use of such rooms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Amount {
    /// The rooms that were open on the day. A room over midnight is one of both days.
    pub(super) rooms: u64,
    pub(super) room_seconds: u64,
    pub(super) participants: u64,
    pub(super) participant_seconds: u64,
}

/// A number of each day that is drawn.
#[derive(Clone, Copy)]
pub(super) struct Chart {
    pub(super) title: &'static str,
    pub(super) seconds: fn(&Amount) -> u64,
}

pub(super) const CHARTS: [Chart; 2] = [
    Chart { title: "Participant-minutes", seconds: |amount| amount.participant_seconds },
    Chart { title: "Room-minutes", seconds: |amount| amount.room_seconds },
];

/// Amounts by day, room type and region.
pub(super) struct Tally<Z: TimeZone> {
    zone: Z,
    now: DateTime<Utc>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    amounts: BTreeMap<Key, Amount>,
}

/// A time with a beginning and an end.
type Interval = (DateTime<Utc>, DateTime<Utc>);

impl<Z: TimeZone> Tally<Z> {
    /// A tally of these days; `None` if they are not in the calendar.
    pub(super) fn new(days: Days, now: &DateTime<Z>) -> Option<Self> {
        let zone = now.timezone();
        let (from, _) = days::bounds(days.first, &zone)?;
        let (_, until) = days::bounds(days.last, &zone)?;
        Some(Self { zone, now: now.to_utc(), from, until, amounts: BTreeMap::new() })
    }

    pub(super) fn from(&self) -> DateTime<Utc> {
        self.from
    }

    pub(super) fn until(&self) -> DateTime<Utc> {
        self.until
    }

    /// The time of the room, until now if it is in progress.
    pub(super) fn room_time(&self, room: &Room) -> Option<Interval> {
        let start = room.date_created?;
        let is_open = room.status == Some(RoomStatus::InProgress);
        Some(interval(start, room.end_time, room.duration.map(twilio_rooms::Seconds::get), is_open.then_some(self.now)))
    }

    /// Adds a room and its participants.
    pub(super) fn add(&mut self, room: &Room, participants: &[Participant]) {
        let Some(time) = self.room_time(room) else { return };
        self.split(room, time, |amount, seconds| {
            amount.rooms += 1;
            amount.room_seconds += seconds;
        });
        for participant in participants {
            let Some(start) = participant.start_time.or(participant.date_created) else { continue };
            let has_left = participant.status == Some(ParticipantStatus::Disconnected);
            // A participant who is connected to an ended room was so until its end.
            let open = (!has_left).then_some(time.1);
            let duration = participant.duration.map(twilio_rooms::Seconds::get);
            self.split(room, interval(start, participant.end_time, duration, open), |amount, seconds| {
                amount.participants += 1;
                amount.participant_seconds += seconds;
            });
        }
    }

    /// Calls `add` for each day that the time touches, with the number of its seconds on that day.
    fn split(&mut self, room: &Room, (start, end): Interval, add: impl Fn(&mut Amount, u64)) {
        let text = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        let mut day = start.max(self.from).with_timezone(&self.zone).date_naive();
        while let Some((from, until)) = days::bounds(day, &self.zone) {
            // A time of no length belongs to the day of its beginning.
            let is_touched = start < until && (from <= start || from < end);
            if from >= self.until || !is_touched {
                break;
            }
            let seconds = (end.min(until) - start.max(from)).num_seconds();
            let key = Key {
                day,
                room_type: text(room.type_.as_ref().map(ToString::to_string)),
                media_region: text(room.media_region.clone()),
            };
            add(self.amounts.entry(key).or_default(), u64::try_from(seconds).unwrap_or_default());
            match day.succ_opt() {
                Some(next) => day = next,
                None => break,
            }
        }
    }

    pub(super) fn amounts(&self) -> impl Iterator<Item = (&Key, &Amount)> {
        self.amounts.iter()
    }

    /// The amounts of a day, of all types and regions.
    pub(super) fn of(&self, day: NaiveDate) -> Amount {
        sum(self.amounts.iter().filter(|(key, _)| key.day == day).map(|(_, amount)| amount))
    }

    pub(super) fn total(&self) -> Amount {
        sum(self.amounts.values())
    }
}

/// The time from the start to the end: the one that is given, that after a duration, or the present one.
fn interval(
    start: DateTime<Utc>,
    end: Option<DateTime<Utc>>,
    seconds: Option<u64>,
    now: Option<DateTime<Utc>>,
) -> Interval {
    let lasting = |seconds: u64| {
        let time = TimeDelta::try_seconds(i64::try_from(seconds).ok()?)?;
        start.checked_add_signed(time)
    };
    let end = end.or(now).or_else(|| seconds.and_then(lasting)).unwrap_or(start);
    (start, end.max(start))
}

fn sum<'a>(amounts: impl Iterator<Item = &'a Amount>) -> Amount {
    amounts.fold(Amount::default(), |sum, amount| Amount {
        rooms: sum.rooms + amount.rooms,
        room_seconds: sum.room_seconds + amount.room_seconds,
        participants: sum.participants + amount.participants,
        participant_seconds: sum.participant_seconds + amount.participant_seconds,
    })
}
