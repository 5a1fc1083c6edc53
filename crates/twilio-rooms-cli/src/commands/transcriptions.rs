//! `twilio-rooms transcriptions`.

use twilio_rooms::TranscriptionsConfiguration;

use crate::console::note_if_none;
use crate::failure::Failure;
use crate::interrupt::or_unknown;
use crate::listing::{self, ListOptions};
use crate::session::Global;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// List the transcriptions of a room
    List(List),
    /// Show a transcription
    Get(Get),
    /// Begin to transcribe a room
    Create(Create),
    /// Stop a transcription
    Stop(Stop),
    /// Start a stopped transcription again
    Start(Start),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms transcriptions list DailyStandup")]
pub(crate) struct List {
    /// The SID of a room, or its name while it is in progress
    room: String,
    #[command(flatten)]
    paging: ListOptions,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms transcriptions get DailyStandup ID")]
pub(crate) struct Get {
    #[command(flatten)]
    transcription: Transcription,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms transcriptions stop DailyStandup ID")]
pub(crate) struct Stop {
    #[command(flatten)]
    transcription: Transcription,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms transcriptions start DailyStandup ID")]
pub(crate) struct Start {
    #[command(flatten)]
    transcription: Transcription,
}

#[derive(Debug, clap::Args)]
struct Transcription {
    /// The SID of a room, or its name while it is in progress
    room: String,
    /// The ID of the transcription
    id: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms transcriptions create DailyStandup
  twilio-rooms transcriptions create DailyStandup --language de-DE")]
pub(crate) struct Create {
    /// The SID or the unique name of a room in progress
    room: String,
    /// The language, such as en-US
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// The model that recognizes speech
    #[arg(long, value_name = "MODEL")]
    speech_model: Option<String>,
    /// Send results early: true or false
    #[arg(long, value_name = "BOOL", hide_possible_values = true)]
    partial_results: Option<bool>,
    /// Hide profanities: true or false
    #[arg(long, value_name = "BOOL", hide_possible_values = true)]
    profanity_filter: Option<bool>,
}

impl Command {
    pub(crate) async fn run(self, global: &Global) -> Result<(), Failure> {
        let session = global.session().await?;
        let transcription = |Transcription { room, id }| session.client.room(room).transcription(id);
        let request = match self {
            Self::List(List { room, paging }) => {
                let list = paging.apply(session.client.room(room).transcriptions().list());
                let printed = listing::print(&session, list.stream(), "transcriptions").await?;
                note_if_none(printed, "There are no transcriptions.");
                return Ok(());
            }
            Self::Create(create) => {
                let (room, configuration) = create.into_parts();
                let mut request = session.client.room(room).transcriptions().create();
                if let Some(configuration) = configuration {
                    request = request.configuration(configuration);
                }
                return global.print_one(&or_unknown(request.send()).await?);
            }
            Self::Get(get) => return global.print_one(&transcription(get.transcription).fetch().await?),
            Self::Stop(stop) => transcription(stop.transcription).stop(),
            Self::Start(start) => transcription(start.transcription).start(),
        };
        global.print_one(&or_unknown(request.send()).await?)
    }
}

impl Create {
    /// The room, and the configuration if any of it is set.
    fn into_parts(self) -> (String, Option<TranscriptionsConfiguration>) {
        let mut set = None;
        let mut configure = |change: &dyn Fn(TranscriptionsConfiguration) -> TranscriptionsConfiguration| {
            set = Some(change(set.take().unwrap_or_default()));
        };
        if let Some(language) = self.language {
            configure(&|configuration| configuration.language_code(&language));
        }
        if let Some(model) = self.speech_model {
            configure(&|configuration| configuration.speech_model(&model));
        }
        if let Some(partial) = self.partial_results {
            configure(&|configuration| configuration.partial_results(partial));
        }
        if let Some(filter) = self.profanity_filter {
            configure(&|configuration| configuration.profanity_filter(filter));
        }
        (self.room, set)
    }
}
