//! The client and the resources.

use http::Method;

use super::delegate::constructors;
use super::{
    Blocking, CreateRoom, CreateTranscription, List, ParticipantRef, Participants, PublishedTracks, RawRequest,
    RecordingRef, RecordingRulesRef, Recordings, Request, RoomRef, Rooms, SubscribeRulesRef, SubscribedTracks,
    TranscriptionRef, Transcriptions, WaitUntil,
};
use crate::{
    Participant, PublishedTrack, Recording, RecordingRuleList, RecordingRules, Room, RoomStatus, SubscribeRuleList,
    SubscribeRules, SubscribedTrack, Transcription,
};

/// Methods of [`Client`](crate::Client).
impl Blocking<crate::Client> {
    constructors! { Client:
        rooms() -> Rooms;
        room(sid_or_unique_name: impl AsRef<str>) -> RoomRef;
        request(method: Method, path: impl Into<String>) -> RawRequest;
    }
}

/// Methods of [`Rooms`](crate::Rooms).
impl Blocking<crate::Rooms> {
    constructors! { Rooms:
        list() -> List<Room>;
        create() -> CreateRoom;
        get_or_create() -> CreateRoom;
    }
}

/// Methods of [`RoomRef`](crate::RoomRef).
impl Blocking<crate::RoomRef> {
    constructors! { RoomRef:
        fetch() -> Request<Room>;
        complete() -> Request<Room>;
        wait_until(status: impl Into<RoomStatus>) -> WaitUntil;
        participants() -> Participants;
        participant(sid_or_identity: impl AsRef<str>) -> ParticipantRef;
        recordings() -> Recordings;
        recording(sid: impl AsRef<str>) -> RecordingRef;
        recording_rules() -> RecordingRulesRef;
        transcriptions() -> Transcriptions;
        transcription(id: impl AsRef<str>) -> TranscriptionRef;
    }
}

/// Methods of [`Participants`](crate::Participants).
impl Blocking<crate::Participants> {
    constructors! { Participants:
        list() -> List<Participant>;
    }
}

/// Methods of [`ParticipantRef`](crate::ParticipantRef).
impl Blocking<crate::ParticipantRef> {
    constructors! { ParticipantRef:
        fetch() -> Request<Participant>;
        disconnect() -> Request<Participant>;
        anonymize() -> Request<Participant>;
        published_tracks() -> PublishedTracks;
        subscribed_tracks() -> SubscribedTracks;
        subscribe_rules() -> SubscribeRulesRef;
    }
}

/// Methods of [`PublishedTracks`](crate::PublishedTracks).
impl Blocking<crate::PublishedTracks> {
    constructors! { PublishedTracks:
        list() -> List<PublishedTrack>;
        fetch(sid_or_name: impl AsRef<str>) -> Request<PublishedTrack>;
    }
}

/// Methods of [`SubscribedTracks`](crate::SubscribedTracks).
impl Blocking<crate::SubscribedTracks> {
    constructors! { SubscribedTracks:
        list() -> List<SubscribedTrack>;
        fetch(sid: impl AsRef<str>) -> Request<SubscribedTrack>;
    }
}

/// Methods of [`SubscribeRulesRef`](crate::SubscribeRulesRef).
impl Blocking<crate::SubscribeRulesRef> {
    constructors! { SubscribeRulesRef:
        fetch() -> Request<SubscribeRules>;
        update(rules: SubscribeRuleList) -> Request<SubscribeRules>;
    }
}

/// Methods of [`Recordings`](crate::Recordings).
impl Blocking<crate::Recordings> {
    constructors! { Recordings:
        list() -> List<Recording>;
    }
}

/// Methods of [`RecordingRef`](crate::RecordingRef).
impl Blocking<crate::RecordingRef> {
    constructors! { RecordingRef:
        fetch() -> Request<Recording>;
        delete() -> Request<()>;
        media_url() -> Request<String>;
    }
}

/// Methods of [`RecordingRulesRef`](crate::RecordingRulesRef).
impl Blocking<crate::RecordingRulesRef> {
    constructors! { RecordingRulesRef:
        fetch() -> Request<RecordingRules>;
        update(rules: RecordingRuleList) -> Request<RecordingRules>;
    }
}

/// Methods of [`Transcriptions`](crate::Transcriptions).
impl Blocking<crate::Transcriptions> {
    constructors! { Transcriptions:
        list() -> List<Transcription>;
        create() -> CreateTranscription;
    }
}

/// Methods of [`TranscriptionRef`](crate::TranscriptionRef).
impl Blocking<crate::TranscriptionRef> {
    constructors! { TranscriptionRef:
        fetch() -> Request<Transcription>;
        start() -> Request<Transcription>;
        stop() -> Request<Transcription>;
    }
}
