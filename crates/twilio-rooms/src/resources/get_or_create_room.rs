//! Getting the room in progress with a name, or creating it.

use twilio_rooms_api::Form;
use twilio_rooms_api::types::{CreateRoomRequest, Room, RoomStatus};

use super::fetch_room::fetch_room;
use super::names::validate_not_dot_segment;
use super::room_list::RoomQuery;
use crate::error::Error;
use crate::listing::List;
use crate::request::RequestContext;
use crate::transport::{Effect, Response, deadline_after};

/// Creates a room, or returns the one in progress with its name.
///
/// The service never opens a second room with the same name. So it is harmless to create the room again when a response
/// is lost, and the error that the name is taken leads to the room.
pub(super) async fn get_or_create_room(
    context: &RequestContext,
    form: CreateRoomRequest,
) -> Result<Response<Room>, Error> {
    form.check().map_err(|error| Error::invalid(error.to_string()))?;
    let Some(name) = form.unique_name.clone() else {
        return Err(Error::invalid("`get_or_create` finds a room by its name: set `unique_name`"));
    };
    validate_not_dot_segment("room", &name)?;
    let retry = context.policy().retry;
    let mut attempts = 0;
    for round in 1.. {
        let form = form.clone();
        let created =
            context.call(Effect::Idempotent, async move |api| api.create_room().body(form).send().await).await;
        let taken = match created {
            Ok(response) => return Ok(response.add_attempts(attempts)),
            Err(error) if error.is_room_name_taken() => error,
            Err(error) => return Err(error),
        };
        attempts += taken.attempts();
        if let Some(room) = find_room(context, &name).await? {
            return Ok(room.add_attempts(attempts));
        }
        // The room ended after its name was taken, or is not visible yet.
        let next_round = retry.delay(round, None).map(deadline_after).filter(|next| *next < context.deadline);
        match next_round {
            Some(next_round) => tokio::time::sleep_until(next_round).await,
            None => return Err(taken),
        }
    }
    Err(Error::invalid("no round was made"))
}

/// Finds the room in progress with a name.
async fn find_room(context: &RequestContext, name: &str) -> Result<Option<Response<Room>>, Error> {
    match fetch_room(context, name).await {
        Ok(room) => Ok(Some(room).filter(|room| room.value().status == Some(RoomStatus::InProgress))),
        // The service does not find every name in a path, but filters by every name.
        Err(error) if error.is_not_found() => {
            let list =
                List::<Room>::new(&context.connection, RoomQuery::default()).with_options(context.options.clone());
            let page = list.status(RoomStatus::InProgress).unique_name(name).limit(1).response().await?;
            Ok(page.transpose(|mut page| page.items.pop()))
        }
        Err(error) => Err(error),
    }
}
