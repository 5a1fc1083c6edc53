//! The configuration of transcriptions.

use twilio_rooms_api::types;

/// The configuration of a transcription. The service has a default for every setting.
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
#[must_use = "a configuration does nothing unless it is sent"]
pub struct TranscriptionsConfiguration(types::TranscriptionsConfiguration);

impl TranscriptionsConfiguration {
    /// Creates a configuration with the service's defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the spoken language, as a BCP 47 tag such as `en-US`.
    pub fn language_code(mut self, language_code: impl Into<String>) -> Self {
        self.0.language_code = Some(language_code.into());
        self
    }

    /// Enables or disables results before the end of a sentence.
    pub fn partial_results(mut self, partial_results: bool) -> Self {
        self.0.partial_results = Some(partial_results);
        self
    }

    /// Enables or disables the masking of profanities.
    pub fn profanity_filter(mut self, profanity_filter: bool) -> Self {
        self.0.profanity_filter = Some(profanity_filter);
        self
    }

    /// Sets the model that recognizes speech, such as `long` or `telephony`.
    pub fn speech_model(mut self, speech_model: impl Into<String>) -> Self {
        self.0.speech_model = Some(speech_model.into());
        self
    }

    pub(super) fn into_inner(self) -> types::TranscriptionsConfiguration {
        self.0
    }
}
