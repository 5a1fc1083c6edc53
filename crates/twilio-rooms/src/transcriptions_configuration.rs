//! How participants are transcribed.

use twilio_rooms_api::types;

/// How the speech of participants is transcribed. What is not set is as the service does it.
///
/// ```
/// use twilio_rooms::TranscriptionsConfiguration;
///
/// let dutch = TranscriptionsConfiguration::new().language_code("nl-BE").partial_results(true);
/// ```
///
/// See the vendor's documentation of
/// [transcriptions](https://www.twilio.com/docs/video/api/transcriptions-resource).
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use = "a configuration does nothing by itself"]
pub struct TranscriptionsConfiguration(types::TranscriptionsConfiguration);

impl TranscriptionsConfiguration {
    /// Everything as the service does it.
    pub fn new() -> Self {
        Self::default()
    }

    /// The language that is spoken, as a BCP 47 tag such as `en-US`.
    pub fn language_code(mut self, language_code: impl Into<String>) -> Self {
        self.0.language_code = Some(language_code.into());
        self
    }

    /// Whether results are sent before a sentence is complete.
    pub fn partial_results(mut self, partial_results: bool) -> Self {
        self.0.partial_results = Some(partial_results);
        self
    }

    /// Whether profanities are masked.
    pub fn profanity_filter(mut self, profanity_filter: bool) -> Self {
        self.0.profanity_filter = Some(profanity_filter);
        self
    }

    /// The model that recognizes speech, such as `long` or `telephony`.
    pub fn speech_model(mut self, speech_model: impl Into<String>) -> Self {
        self.0.speech_model = Some(speech_model.into());
        self
    }

    pub(crate) fn into_inner(self) -> types::TranscriptionsConfiguration {
        self.0
    }
}
