//! A recording of a track, and how it is answered.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::error::Error;
use crate::instant::{instant, seconds};
use crate::list::Listed;
use crate::query::{Paging, date, get};
use crate::track::{Track, TrackKind};

const STATUSES: [&str; 4] = ["processing", "completed", "deleted", "failed"];

/// A recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recording {
    pub(crate) sid: String,
    /// Its place in listings.
    place: u64,
    pub(crate) track: Track,
    /// That of a picture.
    codec: Option<&'static str>,
    began: DateTime<Utc>,
    /// `None` while it is being made.
    ended: Option<DateTime<Utc>>,
    deleted: bool,
}

impl Recording {
    /// Begins to record a track.
    pub(crate) fn begin(
        sid: String,
        place: u64,
        track: &Track,
        video_codec: Option<&'static str>,
        now: DateTime<Utc>,
    ) -> Self {
        let codec = video_codec.filter(|_| track.kind == TrackKind::Video);
        Self { sid, place, track: track.clone(), codec, began: now, ended: None, deleted: false }
    }

    pub(crate) fn is_being_made(&self) -> bool {
        self.ended.is_none()
    }

    pub(crate) fn is_deleted(&self) -> bool {
        self.deleted
    }

    pub(crate) fn end(&mut self, now: DateTime<Utc>) {
        self.ended.get_or_insert(now);
    }

    /// Deletes the media. What is known about it stays.
    pub(crate) fn delete(&mut self) {
        self.deleted = true;
    }

    /// Where it stands in its life.
    pub(crate) fn status(&self) -> &'static str {
        match (self.deleted, self.ended) {
            (true, _) => "deleted",
            (false, None) => "processing",
            (false, Some(_)) => "completed",
        }
    }
}

impl Listed for Recording {
    fn place(&self) -> u64 {
        self.place
    }

    fn answer(&self, origin: &str) -> Value {
        let Track { sid: source_sid, room_sid, participant_sid, name, kind, .. } = &self.track;
        // What a second takes, in bytes.
        let (codec, container, rate) = match kind {
            TrackKind::Audio => (Some("opus"), Some("mka"), 6_000),
            TrackKind::Video => (self.codec, Some("mkv"), 100_000),
            TrackKind::Data => (None, None, 1_000),
        };
        // One that is shorter than a second lasts one.
        let duration = self.ended.map_or(0, |ended| seconds(self.began, ended).max(1));
        let url = format!("{origin}/v1/Rooms/{room_sid}/Recordings/{}", self.sid);
        json!({
            "account_sid": crate::auth::ACCOUNT_SID,
            "codec": codec,
            "container_format": container,
            "date_created": instant(self.began),
            "duration": duration,
            "grouping_sids": { "participant_sid": participant_sid, "room_sid": room_sid },
            "links": { "media": format!("{url}/Media") },
            "media_external_location": null,
            "offset": self.began.timestamp_millis(),
            "room_sid": room_sid,
            "sid": self.sid,
            "size": duration * rate,
            "source_sid": source_sid,
            "status": self.status(),
            "track_name": name,
            "type": kind.name(),
            "url": url,
        })
    }
}

/// Which recordings to list.
#[derive(Debug)]
pub(crate) struct Filter {
    status: Option<String>,
    source: Option<String>,
    began_on_or_after: Option<DateTime<Utc>>,
    began_before: Option<DateTime<Utc>>,
}

impl Filter {
    /// Reads the query of a listing at this path.
    pub(crate) fn parse(path: &str, pairs: &[(String, String)]) -> Result<(Self, Paging), Error> {
        let status = get(pairs, "Status").map(str::to_owned);
        if let Some(other) = status.as_deref().filter(|status| !STATUSES.contains(status)) {
            return Err(Error::bad_parameter(format!("Invalid Status: {other}")));
        }
        let instant = |name: &str| get(pairs, name).map(|text| date(name, text)).transpose();
        let (began_on_or_after, began_before) = (instant("DateCreatedAfter")?, instant("DateCreatedBefore")?);
        let source = get(pairs, "SourceSid").map(str::to_owned);
        let names = ["Status", "SourceSid", "DateCreatedAfter", "DateCreatedBefore"];
        Ok((Self { status, source, began_on_or_after, began_before }, Paging::parse(path, pairs, &names)?))
    }

    pub(crate) fn matches(&self, recording: &Recording) -> bool {
        self.status.as_deref().is_none_or(|status| status == recording.status())
            && self.source.as_ref().is_none_or(|source| *source == recording.track.sid)
            && self.began_on_or_after.is_none_or(|when| recording.began >= when)
            && self.began_before.is_none_or(|when| recording.began < when)
    }
}
