//! The differences between the spec and the Rust types that we mean to have, each with its reason.

use std::fmt;

use super::compare::Difference;

/// A difference, or a class of them. `*` stands for any text, and `-` for a side that says nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Intended {
    place: &'static str,
    fact: &'static str,
    spec: &'static str,
    rust: &'static str,
    #[expect(dead_code, reason = "it is for those who read the list")]
    reason: &'static str,
}

const fn meant(
    place: &'static str,
    fact: &'static str,
    (spec, rust): (&'static str, &'static str),
    reason: &'static str,
) -> Intended {
    Intended { place, fact, spec, rust, reason }
}

/// All of them.
pub(super) const INTENDED: &[Intended] = &[
    meant(
        "*.*",
        "nullable",
        ("-", "yes"),
        "what is not required is an `Option`, which takes null where the spec has none",
    ),
    meant("*.*", "format", ("uri", "-"), "a URL is a `String`, so that it is written back as it came"),
    meant("*.*", "format", ("uri-reference", "-"), "a URL is a `String`, so that it is written back as it came"),
    meant(
        "*.*",
        "minimum",
        ("-", "0"),
        "an unsigned number says that it is not negative, which its format says in the spec",
    ),
    meant(
        "*Request.*",
        "default",
        ("*", "-"),
        "a field that is left out has the default of the service; ours would hide a change of it",
    ),
];

/// The components that have no Rust type of the generator.
pub(super) const WITHOUT_TYPE: &[(&str, &str)] =
    &[("DateFilter", "a parameter, which is a string to the generated client; `DateOrInstant` writes it")];

/// The components whose type `twilio-rooms` does not show, because users have something else in its place.
pub(super) const SHOWN_OTHERWISE: &[(&str, &str)] = &[
    ("CreateRoomRequest", "`CreateRoom` has a setter for each field, and sends it"),
    ("CreateTranscriptionRequest", "`Transcriptions::create` takes all that is in it"),
    ("DateFilter", "`DateOrInstant` is made from the types of chrono"),
    ("ErrorBody", "`Error` reads it, and other forms of errors"),
    ("ParticipantPage", "`Page<Participant>` is the same for all that is listed"),
    ("PublishedTrackPage", "`Page<PublishedTrack>` is the same for all that is listed"),
    ("RecordingPage", "`Page<Recording>` is the same for all that is listed"),
    ("RoomPage", "`Page<Room>` is the same for all that is listed"),
    ("SubscribedTrackPage", "`Page<SubscribedTrack>` is the same for all that is listed"),
    ("TranscriptionPage", "`Page<Transcription>` is the same for all that is listed"),
    ("TranscriptionsConfiguration", "a type of that name has setters, and takes this one in"),
    ("UpdateParticipantRequest", "`ParticipantRef::disconnect` is the only update that there is"),
    ("UpdateRecordingRulesRequest", "`RecordingRulesRef::update` takes all that is in it"),
    ("UpdateRoomRequest", "`RoomRef::complete` is the only update that there is"),
    ("UpdateSubscribeRulesRequest", "`SubscribeRulesRef::update` takes all that is in it"),
    ("UpdateTranscriptionRequest", "`TranscriptionRef::stop` and `start` are the updates that there are"),
];

impl Intended {
    pub(super) fn is(&self, difference: &Difference) -> bool {
        let side = |pattern: &str, value: &Option<String>| match value {
            Some(value) => pattern != "-" && matches(pattern, value),
            None => pattern == "-",
        };
        matches(self.place, &difference.place)
            && self.fact == difference.fact
            && side(self.spec, &difference.spec)
            && side(self.rust, &difference.rust)
    }
}

impl fmt::Display for Intended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} ({} in the spec, {} in Rust)", self.place, self.fact, self.spec, self.rust)
    }
}

/// Whether a text matches a pattern, in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else { return pattern == text };
    let Some(rest) = text.strip_prefix(before) else { return false };
    (0..=rest.len()).filter_map(|at| rest.get(at..)).any(|rest| matches(after, rest))
}
