//! The operations of the fault matrix, and their target.

use twilio_rooms::{Client, Error, RecordingRuleList, TrackKind as Kind, Tracks};
use twilio_rooms_sandbox::{Sandbox, TrackKind};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    List,
    Fetch,
    Create,
    Complete,
    ListRecordings,
    FetchRecording,
    StartTranscription,
    UpdateRules,
    DeleteRecording,
}

/// A room in progress and one of its recordings.
#[derive(Debug)]
pub(super) struct Target {
    room: String,
    recording: String,
}

impl Target {
    /// Publishes three tracks in a room that records them all.
    pub(super) fn publish_tracks(sandbox: &Sandbox, room: &str) -> std::io::Result<()> {
        sandbox.join(room, "alice")?;
        for kind in [TrackKind::Audio, TrackKind::Video, TrackKind::Data] {
            sandbox.publish(room, "alice", kind, &format!("{kind:?}"))?;
        }
        Ok(())
    }

    /// Finds a recording of these tracks.
    pub(super) async fn find(client: &Client, room: String) -> Result<Self, Box<dyn std::error::Error>> {
        let page = client.room(&room).recordings().list().send().await?;
        let recording = page.items.first().map(|recording| recording.sid.to_string()).ok_or("no recording")?;
        Ok(Self { room, recording })
    }

    pub(super) fn room(&self) -> &str {
        &self.room
    }
}

impl Operation {
    /// Runs the operation, and describes its result.
    pub(super) async fn run(self, client: &Client, target: &Target) -> Result<String, Error> {
        let room = client.room(&target.room);
        let recording = || room.recording(&target.recording);
        match self {
            Self::List => {
                let (mut rooms, mut count) = (client.rooms().list().page_size(2).stream(), 0);
                while let Some(room) = rooms.next().await {
                    room?;
                    count += 1;
                }
                Ok(format!("{count} rooms"))
            }
            Self::Fetch => room.fetch().await.map(|_| "the room".to_owned()),
            Self::Create => client.rooms().create().unique_name("new").await.map(|_| "the room".to_owned()),
            Self::Complete => room.complete().await.map(|_| "the room".to_owned()),
            Self::ListRecordings => {
                let recordings = room.recordings().list().page_size(2).collect().await?;
                Ok(format!("{} recordings", recordings.len()))
            }
            Self::FetchRecording => recording().fetch().await.map(|_| "the recording".to_owned()),
            Self::StartTranscription => room.transcriptions().create().await.map(|_| "the transcription".to_owned()),
            Self::UpdateRules => {
                let sound = RecordingRuleList::new().include(Tracks::of_kind(Kind::Audio));
                room.recording_rules().update(sound).await.map(|_| "the rules".to_owned())
            }
            Self::DeleteRecording => recording().delete().await.map(|()| "deleted".to_owned()),
        }
    }
}
