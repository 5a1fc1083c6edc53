//! Completing a room, and checking after a lost response whether it was completed.

use twilio_rooms_api::RoomSid;
use twilio_rooms_api::types::{Room, RoomStatus, UpdateRoomRequest};

use super::fetch_room::fetch_room;
use super::names::validate_path_name;
use crate::error::Error;
use crate::request::RequestContext;
use crate::transport::{Effect, Response, deadline_after};

/// The vendor's code of the error that a room is not in progress.
const ROOM_NOT_IN_PROGRESS: u32 = 53112;

/// Completes a room by its SID or unique name.
pub(super) async fn complete_room(context: &RequestContext, sid_or_unique_name: &str) -> Result<Response<Room>, Error> {
    let name = validate_path_name("room", sid_or_unique_name)?;
    let sid = RoomSid::from(name);
    // At the time of a retry the unique name could be that of another room.
    let sid = if sid.is_well_formed() { sid } else { fetch_room(context, name).await?.into_value().sid };
    let form = UpdateRoomRequest::new(RoomStatus::Completed);
    let result =
        context.call(Effect::Idempotent, async |api| api.update_room().sid(sid.as_str()).body(form).send().await).await;
    match result {
        // An earlier attempt may have completed the room.
        Err(error) if error.is_outcome_unknown() && is_not_in_progress(&error) => {
            let room = fetch_completed_room(context, sid.as_str()).await;
            room.map(|room| room.add_attempts(error.attempts())).ok_or(error)
        }
        result => result?.require_sid(sid.as_str(), |room| room.sid.as_str()),
    }
}

/// Returns `true` if the room was not in progress. The body with the error code may be lost.
fn is_not_in_progress(error: &Error) -> bool {
    error.status() == Some(400) && error.code().is_none_or(|code| code == ROOM_NOT_IN_PROGRESS)
}

/// Fetches the room and returns it if it is completed. A room that has just ended may be 404 for a moment.
async fn fetch_completed_room(context: &RequestContext, sid: &str) -> Option<Response<Room>> {
    let retry = context.policy().retry;
    for attempt in 1.. {
        match fetch_room(context, sid).await {
            Ok(room) => return Some(room).filter(|room| room.value().status == Some(RoomStatus::Completed)),
            Err(error) if error.is_not_found() => {
                let next_attempt = deadline_after(retry.delay(attempt, None)?);
                if next_attempt >= context.deadline {
                    return None;
                }
                tokio::time::sleep_until(next_attempt).await;
            }
            Err(_) => return None,
        }
    }
    None
}
