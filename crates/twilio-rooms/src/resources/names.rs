//! Validation of names and SIDs, most of which become part of a path.

use twilio_rooms_api::{RecordingSid, RoomSid, TrackSid};

use crate::error::Error;

/// The maximum length of the name of a room or participant, in characters. A SID is shorter.
const MAX_NAME: usize = 128;

/// Validates a name or SID that becomes a segment of a path. `resource` is the kind of resource, for messages.
pub(super) fn validate_path_name<'a>(resource: &str, name: &'a str) -> Result<&'a str, Error> {
    validate_not_dot_segment(resource, name)?;
    let length = name.chars().count();
    if !(1..=MAX_NAME).contains(&length) {
        let range = format!("but a SID or name has 1 to {MAX_NAME}");
        return Err(Error::invalid(format!("the name of the {resource} has {length} characters, {range}")));
    }
    Ok(name)
}

/// Validates the length of a name. `subject` stands for it in messages.
pub(crate) fn validate_name_length(subject: &str, name: &str) -> Result<(), Error> {
    let length = name.chars().count();
    if (1..=MAX_NAME).contains(&length) {
        return Ok(());
    }
    Err(Error::invalid(format!("{subject} has {length} characters, but must have 1 to {MAX_NAME}")))
}

/// Validates the length of an identity as the service counts it: a character of two bytes or more counts as two
/// ([error 53200](https://www.twilio.com/docs/api/errors/53200)).
#[cfg(feature = "access-tokens")]
pub(crate) fn validate_identity(identity: &str) -> Result<(), Error> {
    let length: usize = identity.chars().map(|character| character.len_utf8().min(2)).sum();
    if (1..=MAX_NAME).contains(&length) {
        return Ok(());
    }
    let rule = "where one outside of ASCII counts as two";
    Err(Error::invalid(format!("the identity has {length} characters, but must have 1 to {MAX_NAME}, {rule}")))
}

/// Rejects `.` and `..`, which URLs resolve even if they are percent-encoded.
pub(super) fn validate_not_dot_segment(resource: &str, name: &str) -> Result<(), Error> {
    if [".", ".."].contains(&name) {
        return Err(Error::invalid(format!(
            "a {resource} cannot be named {name:?}, which has a special meaning in URLs"
        )));
    }
    Ok(())
}

/// Validates the SID of a room, where a unique name is not accepted.
pub(super) fn validate_room_sid(sid: &RoomSid) -> Result<&str, Error> {
    validate_sid("room", RoomSid::PREFIX, sid.as_str(), sid.is_well_formed())
}

/// Validates the SID of a recording.
pub(super) fn validate_recording_sid(sid: &RecordingSid) -> Result<&str, Error> {
    validate_sid("recording", RecordingSid::PREFIX, sid.as_str(), sid.is_well_formed())
}

/// Validates the SID of a track, where a name is not accepted.
pub(super) fn validate_track_sid(sid: &TrackSid) -> Result<&str, Error> {
    validate_sid("track", TrackSid::PREFIX, sid.as_str(), sid.is_well_formed())
}

fn validate_sid<'a>(resource: &str, prefix: &str, sid: &'a str, is_well_formed: bool) -> Result<&'a str, Error> {
    if is_well_formed {
        return Ok(sid);
    }
    let format = format!("which is `{prefix}` followed by 32 hexadecimal digits");
    Err(Error::invalid(format!("{sid:?} is not the SID of a {resource}, {format}")))
}
