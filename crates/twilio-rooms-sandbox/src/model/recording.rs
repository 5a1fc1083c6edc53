//! A recording of a track.

use super::media::Media;
use super::page::Sequenced;
use super::timestamp::{TimeRange, Timestamp, seconds_between};
use super::track::{Track, TrackKind};

/// The state of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecordingStatus {
    /// The track is being recorded.
    Processing,
    Completed,
    Deleted,
    /// Never the state of a recording of the sandbox, but a listing can be filtered by it.
    Failed,
}

impl RecordingStatus {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let all = [Self::Processing, Self::Completed, Self::Deleted, Self::Failed];
        all.into_iter().find(|status| status.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Processing => "processing",
            Self::Completed => "completed",
            Self::Deleted => "deleted",
            Self::Failed => "failed",
        }
    }
}

/// A recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recording {
    pub(crate) sid: String,
    sequence: u64,
    pub(crate) track: Track,
    video_codec: Option<&'static str>,
    pub(crate) started: Timestamp,
    /// `None` while the track is being recorded.
    ended: Option<Timestamp>,
    deleted: bool,
}

/// The filters of a listing of recordings.
#[derive(Debug, Default)]
pub(crate) struct RecordingFilter {
    pub(crate) status: Option<RecordingStatus>,
    pub(crate) track_sid: Option<String>,
    pub(crate) started: TimeRange,
}

impl Recording {
    /// A recording that starts now.
    pub(crate) fn start(
        sid: String,
        sequence: u64,
        track: &Track,
        video_codec: Option<&'static str>,
        now: Timestamp,
    ) -> Self {
        Self { sid, sequence, track: track.clone(), video_codec, started: now, ended: None, deleted: false }
    }

    pub(crate) fn end(&mut self, now: Timestamp) {
        self.ended.get_or_insert(now);
    }

    /// Deletes the media. The recording is still listed.
    pub(crate) fn delete(&mut self) {
        self.deleted = true;
    }

    /// Returns whether the track is being recorded.
    pub(crate) fn is_in_progress(&self) -> bool {
        self.ended.is_none()
    }

    pub(crate) fn status(&self) -> RecordingStatus {
        match (self.deleted, self.ended) {
            (true, _) => RecordingStatus::Deleted,
            (false, None) => RecordingStatus::Processing,
            (false, Some(_)) => RecordingStatus::Completed,
        }
    }

    pub(crate) fn codec(&self) -> Option<&'static str> {
        match self.track.kind {
            TrackKind::Audio => Some("opus"),
            TrackKind::Video => self.video_codec,
            TrackKind::Data => None,
        }
    }

    pub(crate) fn container_format(&self) -> Option<&'static str> {
        match self.track.kind {
            TrackKind::Audio => Some("mka"),
            TrackKind::Video => Some("mkv"),
            TrackKind::Data => None,
        }
    }

    /// The length in seconds: at least 1 once the recording has ended, and 0 before.
    pub(crate) fn duration(&self) -> u64 {
        self.ended.map_or(0, |ended| seconds_between(self.started, ended).max(1))
    }

    /// The size in bytes, which is proportional to the duration.
    pub(crate) fn size(&self) -> u64 {
        let bytes_per_second = match self.track.kind {
            TrackKind::Audio => 6_000,
            TrackKind::Video => 100_000,
            TrackKind::Data => 1_000,
        };
        self.duration() * bytes_per_second
    }
}

impl Recording {
    /// The media, which there are none of while the track is being recorded or once they are deleted.
    pub(crate) fn media(&self) -> Option<Media> {
        (self.status() == RecordingStatus::Completed).then(|| Media::new(&self.sid, self.size()))
    }
}

impl Sequenced for Recording {
    fn sequence(&self) -> u64 {
        self.sequence
    }
}

impl RecordingFilter {
    pub(crate) fn matches(&self, recording: &Recording) -> bool {
        self.status.is_none_or(|status| status == recording.status())
            && self.track_sid.as_ref().is_none_or(|sid| *sid == recording.track.sid)
            && self.started.contains(recording.started)
    }
}
