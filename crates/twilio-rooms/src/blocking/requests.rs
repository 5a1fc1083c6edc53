//! The requests and their settings.

use std::time::Duration;

use super::Blocking;
use super::delegate::blocking_setters;
use crate::{
    CallbackMethod, Error, Minutes, RecordingRuleList, Response, Retry, Room, RoomType, Seconds, Transcription,
    TranscriptionsConfiguration, VideoCodec,
};

/// Settings of a request.
impl<T: 'static> Blocking<crate::Request<T>> {
    blocking_setters! { Request:
        deadline(deadline: Duration);
        timeout(timeout: Duration);
        retry(retry: Retry);
    }
}

/// Settings of a room to create.
impl Blocking<crate::CreateRoom> {
    blocking_setters! { CreateRoom:
        audio_only(audio_only: bool);
        empty_room_timeout(timeout: Minutes);
        enable_turn(enable_turn: bool);
        large_room(large_room: bool);
        max_participant_duration(duration: Seconds);
        max_participants(max_participants: u32);
        media_region(media_region: impl Into<String>);
        record_participants_on_connect(record: bool);
        recording_rules(rules: RecordingRuleList);
        status_callback(url: impl Into<String>);
        status_callback_method(method: impl Into<CallbackMethod>);
        transcribe_participants_on_connect(transcribe: bool);
        transcriptions_configuration(configuration: TranscriptionsConfiguration);
        type_(room_type: impl Into<RoomType>);
        unique_name(unique_name: impl Into<String>);
        unused_room_timeout(timeout: Minutes);
        video_codecs(video_codecs: impl Into<Vec<VideoCodec>>);
        deadline(deadline: Duration);
        timeout(timeout: Duration);
        retry(retry: Retry);
    }
}

/// Settings of a transcription to create.
impl Blocking<crate::CreateTranscription> {
    blocking_setters! { CreateTranscription:
        configuration(configuration: TranscriptionsConfiguration);
        deadline(deadline: Duration);
        timeout(timeout: Duration);
        retry(retry: Retry);
    }
}

/// Settings of a wait.
impl Blocking<crate::WaitUntil> {
    blocking_setters! { WaitUntil:
        deadline(deadline: Duration);
        interval(interval: Duration);
        timeout(timeout: Duration);
        retry(retry: Retry);
    }
}

/// Settings of a request to any path.
impl Blocking<crate::RawRequest> {
    blocking_setters! { RawRequest:
        query(pairs: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>);
        form(pairs: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>);
        idempotent(idempotent: bool);
        deadline(deadline: Duration);
        timeout(timeout: Duration);
        retry(retry: Retry);
    }
}

/// Responses of operations.
impl<T: 'static> Blocking<crate::Request<T>> {
    /// Sends the request and returns the response with its status and headers. Blocks the thread.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn response(self) -> Result<Response<T>, Error> {
        self.runtime.run(self.inner.response())
    }
}

/// Responses of creating a room.
impl Blocking<crate::CreateRoom> {
    /// Creates the room and returns the response with its status and headers. Blocks the thread.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn response(self) -> Result<Response<Room>, Error> {
        self.runtime.run(self.inner.response())
    }
}

/// Responses of creating a transcription.
impl Blocking<crate::CreateTranscription> {
    /// Creates the transcription and returns the response with its status and headers. Blocks the thread.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn response(self) -> Result<Response<Transcription>, Error> {
        self.runtime.run(self.inner.response())
    }
}
