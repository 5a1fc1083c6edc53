//! `twilio-rooms rooms create`.

use twilio_rooms::{CreateRoom, Minutes, Rooms, Seconds, VideoCodec};

use crate::failure::Failure;
use crate::when::Span;

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
#[command(after_help = "Examples:
  twilio-rooms rooms create --name DailyStandup --max-participants 10
  twilio-rooms rooms create --name DailyStandup --or-get --output json")]
pub(crate) struct Create {
    /// The unique name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Show the room with this name, if any
    #[arg(long, requires = "name")]
    or_get: bool,
    /// The type: group; others are deprecated
    #[arg(long = "type", value_name = "TYPE")]
    type_: Option<String>,
    /// At most this many participants (1-50)
    #[arg(long, value_name = "COUNT")]
    max_participants: Option<u32>,
    /// Time limit of a participant, up to 24h
    #[arg(long, value_name = "TIME")]
    max_participant_duration: Option<Span>,
    /// End it once empty this long, 1m to 60m
    #[arg(long, value_name = "TIME")]
    empty_room_timeout: Option<Span>,
    /// End it if unused this long, 1m to 60m
    #[arg(long, value_name = "TIME")]
    unused_room_timeout: Option<Span>,
    /// Participants publish no video
    #[arg(long)]
    audio_only: bool,
    /// More participants than an ordinary room
    #[arg(long)]
    large_room: bool,
    /// Record all participants
    #[arg(long)]
    record: bool,
    /// Transcribe all participants
    #[arg(long)]
    transcribe: bool,
    /// The region of the media, such as ie1
    #[arg(long, value_name = "REGION")]
    media_region: Option<String>,
    /// Codecs to publish, such as VP8,H264
    #[arg(long, value_name = "CODECS", value_delimiter = ',')]
    video_codecs: Vec<String>,
    /// The URL that is told of each event
    #[arg(long, value_name = "URL")]
    status_callback: Option<String>,
    /// GET or POST
    #[arg(long, value_name = "METHOD", requires = "status_callback")]
    status_callback_method: Option<String>,
}

impl Create {
    pub(crate) fn into_request(self, rooms: &Rooms) -> Result<CreateRoom, Failure> {
        let mut room = if self.or_get { rooms.get_or_create() } else { rooms.create() };
        if let Some(name) = self.name {
            room = room.unique_name(name);
        }
        if let Some(type_) = self.type_ {
            room = room.type_(type_.as_str());
        }
        if let Some(count) = self.max_participants {
            room = room.max_participants(count);
        }
        if let Some(time) = self.max_participant_duration {
            room = room.max_participant_duration(Seconds::new(seconds(time)));
        }
        if let Some(time) = self.empty_room_timeout {
            room = room.empty_room_timeout(minutes("--empty-room-timeout", time)?);
        }
        if let Some(time) = self.unused_room_timeout {
            room = room.unused_room_timeout(minutes("--unused-room-timeout", time)?);
        }
        if self.audio_only {
            room = room.audio_only(true);
        }
        if self.large_room {
            room = room.large_room(true);
        }
        if self.record {
            room = room.record_participants_on_connect(true);
        }
        if self.transcribe {
            room = room.transcribe_participants_on_connect(true);
        }
        if let Some(region) = self.media_region {
            room = room.media_region(region);
        }
        if !self.video_codecs.is_empty() {
            room = room
                .video_codecs(self.video_codecs.iter().map(|codec| codec.as_str().into()).collect::<Vec<VideoCodec>>());
        }
        if let Some(url) = self.status_callback {
            room = room.status_callback(url);
        }
        if let Some(method) = self.status_callback_method {
            room = room.status_callback_method(method.as_str());
        }
        Ok(room)
    }
}

fn seconds(Span(time): Span) -> u64 {
    u64::try_from(time.num_seconds()).unwrap_or_default()
}

/// The service counts these in minutes.
fn minutes(option: &str, time: Span) -> Result<Minutes, Failure> {
    match seconds(time) {
        seconds if seconds % 60 == 0 => Ok(Minutes::new(seconds / 60)),
        _ => Err(Failure::usage(format!("{option} has to be whole minutes"))),
    }
}
