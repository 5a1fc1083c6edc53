//! The rooms, and the pages of them.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::query::Filter;
use crate::token::Direction;

/// Where a room stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    InProgress,
    Completed,
    Failed,
}

impl Status {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "in-progress" => Some(Self::InProgress),
            "completed" => Some(Self::Completed),
            "failed" => Some(Self::Failed),
            _ => None,
        }
    }
}

/// A room, as far as it differs from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) sid: String,
    pub(crate) unique_name: String,
    pub(crate) status: Status,
    pub(crate) kind: &'static str,
    pub(crate) created: DateTime<Utc>,
    /// How long it lasted, in seconds; of a room that is over.
    pub(crate) duration: Option<u32>,
    pub(crate) audio_only: bool,
    pub(crate) recorded: bool,
    pub(crate) max_participants: u32,
    pub(crate) media_region: &'static str,
    pub(crate) status_callback: Option<&'static str>,
    pub(crate) video_codecs: &'static [&'static str],
}

/// The rooms of the account, newest first.
#[derive(Debug)]
pub(crate) struct State {
    rooms: Vec<Room>,
}

/// One page of the rooms that match.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) rooms: Vec<&'a Room>,
    pub(crate) newer: bool,
    pub(crate) older: bool,
}

impl State {
    pub(crate) fn new(mut rooms: Vec<Room>) -> Self {
        rooms.sort_by(|one, other| other.created.cmp(&one.created).then_with(|| one.sid.cmp(&other.sid)));
        Self { rooms }
    }

    /// The page that lies on that side of the room with the SID, or the first; `None` if there is no such room.
    pub(crate) fn page(&self, filter: &Filter, size: usize, at: Option<(Direction, &str)>) -> Option<Page<'_>> {
        let matches = |room: &&Room| filter.matches(room);
        let position = |sid| self.rooms.iter().position(|room| room.sid == sid);
        let start = match at {
            None => 0,
            Some((Direction::After, sid)) => position(sid)? + 1,
            Some((Direction::Before, sid)) => {
                let end = position(sid)?;
                let rooms = self.rooms[..end].iter().enumerate().rev().filter(|(_, room)| filter.matches(room));
                rooms.take(size).last().map_or(end, |(index, _)| index)
            }
        };
        let mut following = self.rooms[start..].iter().filter(matches);
        let rooms = following.by_ref().take(size).collect();
        let newer = self.rooms[..start].iter().any(|room| filter.matches(room));
        Some(Page { rooms, newer, older: following.next().is_some() })
    }
}

impl Filter {
    fn matches(&self, room: &Room) -> bool {
        room.status == self.status
            && self.unique_name.as_ref().is_none_or(|name| *name == room.unique_name)
            && self.created_on_or_after.is_none_or(|when| room.created >= when)
            && self.created_before.is_none_or(|when| room.created < when)
    }
}

/// A room as it is answered, with URLs of the server that was asked.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "these are the fields that the service has")]
pub(crate) struct Answer<'a> {
    account_sid: &'static str,
    audio_only: bool,
    date_created: String,
    date_updated: String,
    duration: Option<u32>,
    empty_room_timeout: u32,
    enable_turn: bool,
    end_time: Option<String>,
    large_room: bool,
    links: Links,
    max_concurrent_published_tracks: u32,
    max_participant_duration: u32,
    max_participants: u32,
    media_region: &'static str,
    record_participants_on_connect: bool,
    sid: &'a str,
    status: Status,
    status_callback: Option<&'static str>,
    status_callback_method: &'static str,
    r#type: &'static str,
    unique_name: &'a str,
    unused_room_timeout: u32,
    url: String,
    video_codecs: &'static [&'static str],
}

#[derive(Debug, Serialize)]
struct Links {
    participants: String,
    recording_rules: String,
    recordings: String,
    transcriptions: String,
}

impl<'a> Answer<'a> {
    pub(crate) fn new(room: &'a Room, origin: &str) -> Self {
        let instant = |instant: DateTime<Utc>| instant.to_rfc3339_opts(SecondsFormat::Secs, true);
        let ended = room.duration.map(|seconds| instant(room.created + chrono::TimeDelta::seconds(seconds.into())));
        let created = instant(room.created);
        let url = format!("{origin}/v1/Rooms/{}", room.sid);
        Self {
            account_sid: crate::auth::ACCOUNT_SID,
            audio_only: room.audio_only,
            date_updated: ended.clone().unwrap_or_else(|| created.clone()),
            date_created: created,
            duration: room.duration,
            empty_room_timeout: 5,
            enable_turn: true,
            end_time: ended,
            large_room: false,
            links: Links {
                participants: format!("{url}/Participants"),
                recording_rules: format!("{url}/RecordingRules"),
                recordings: format!("{url}/Recordings"),
                transcriptions: format!("{url}/Transcriptions"),
            },
            max_concurrent_published_tracks: 170,
            max_participant_duration: 14_400,
            max_participants: room.max_participants,
            media_region: room.media_region,
            record_participants_on_connect: room.recorded,
            sid: &room.sid,
            status: room.status,
            status_callback: room.status_callback,
            status_callback_method: "POST",
            r#type: room.kind,
            unique_name: &room.unique_name,
            unused_room_timeout: 5,
            url,
            video_codecs: room.video_codecs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;
    use crate::seed;

    fn filter(status: &str) -> Filter {
        let query = Query::parse(&[("Status".to_owned(), status.to_owned())]);
        query.map_or_else(|error| panic!("{error:?}"), |query| query.filter)
    }

    fn sids<'a>(page: &Page<'a>) -> Vec<&'a str> {
        page.rooms.iter().map(|room| room.sid.as_str()).collect()
    }

    #[test]
    fn walking_forward_meets_every_room_once_and_walking_back_ends_at_the_first_page() {
        let state = State::new(seed::rooms(120, 1));
        let filter = filter("completed");
        let all = state.page(&filter, 1000, None).map(|page| sids(&page)).unwrap_or_default();
        assert!(all.len() > 50);
        for size in [1, 7, 50, all.len(), 1000] {
            let (mut at, mut met) = (None, Vec::new());
            let mut page = state.page(&filter, size, None);
            while let Some(current) = page.take() {
                let page_sids = sids(&current);
                met.extend(page_sids.iter().copied());
                at = page_sids.first().copied();
                if current.older {
                    page = page_sids.last().and_then(|last| state.page(&filter, size, Some((Direction::After, last))));
                }
            }
            assert_eq!(met, all, "pages of {size}");
            let mut first = at;
            while let Some(page) = at.and_then(|sid| state.page(&filter, size, Some((Direction::Before, sid)))) {
                if page.rooms.first().map(|room| room.sid.as_str()) == at {
                    break;
                }
                first = page.rooms.first().map(|room| room.sid.as_str());
                at = if page.newer { first } else { None };
            }
            assert_eq!(first, all.first().copied(), "pages of {size}");
        }
    }

    #[test]
    fn rooms_are_newest_first_and_a_room_that_is_not_there_has_no_page() {
        let state = State::new(seed::rooms(120, 1));
        let rooms = state.page(&filter("completed"), 1000, None).map(|page| page.rooms).unwrap_or_default();
        assert!(rooms.is_sorted_by(|one, other| one.created > other.created));
        assert!(state.page(&filter("completed"), 1, Some((Direction::After, "RM"))).is_none());
    }
}
