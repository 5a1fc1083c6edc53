//! The names of rooms and participants, most of which go into paths.

use crate::error::Error;

/// The longest name that a room or participant can have, in characters. A SID is shorter.
const MAX_NAME: usize = 128;

/// The name, if it can be a part of a path. `what` is what has the name.
pub(crate) fn checked<'a>(what: &str, name: &'a str) -> Result<&'a str, Error> {
    check_dots(what, name)?;
    let length = name.chars().count();
    if !(1..=MAX_NAME).contains(&length) {
        let range = format!("but a SID or name has 1 to {MAX_NAME}");
        return Err(Error::invalid(format!("the name of the {what} has {length} characters, {range}")));
    }
    Ok(name)
}

/// Refuses a name that is too long, or none. `subject` is what has it, in the words of a message.
pub(crate) fn check_length(subject: &str, name: &str) -> Result<(), Error> {
    let length = name.chars().count();
    if (1..=MAX_NAME).contains(&length) {
        return Ok(());
    }
    Err(Error::invalid(format!("{subject} has {length} characters, but must have 1 to {MAX_NAME}")))
}

/// Refuses a name that means something else in a path, however it is encoded.
pub(crate) fn check_dots(what: &str, name: &str) -> Result<(), Error> {
    if [".", ".."].contains(&name) {
        let why = "which has a meaning of its own in a URL";
        return Err(Error::invalid(format!("no {what} can be called {name:?}, {why}")));
    }
    Ok(())
}

/// A kind of SIDs, and what it is of.
pub(crate) trait Sid {
    const WHAT: &'static str;
    const PREFIX: &'static str;

    fn text(&self) -> &str;
    fn is_well_formed(&self) -> bool;

    /// The SID, if it has the form of one. Anything else is refused before it is sent.
    fn checked(&self) -> Result<&str, Error> {
        if self.is_well_formed() {
            return Ok(self.text());
        }
        let (what, prefix) = (Self::WHAT, Self::PREFIX);
        let form = format!("which is `{prefix}` and 32 hexadecimal digits");
        Err(Error::invalid(format!("{:?} is no SID of a {what}, {form}", self.text())))
    }
}

macro_rules! sids {
    ($($sid:ident: $what:literal;)*) => { $(
        impl Sid for twilio_rooms_api::$sid {
            const WHAT: &'static str = $what;
            const PREFIX: &'static str = Self::PREFIX;

            fn text(&self) -> &str {
                self.as_str()
            }

            fn is_well_formed(&self) -> bool {
                self.is_well_formed()
            }
        }
    )* };
}

sids! {
    RecordingSid: "recording";
    RoomSid: "room";
    TrackSid: "track";
}
