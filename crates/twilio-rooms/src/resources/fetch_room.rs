//! Fetching a room.

use twilio_rooms_api::types::Room;

use super::names::validate_path_name;
use crate::error::Error;
use crate::request::RequestContext;
use crate::transport::{Effect, Response};

/// Fetches a room by its SID or unique name.
pub(super) async fn fetch_room(context: &RequestContext, sid_or_unique_name: &str) -> Result<Response<Room>, Error> {
    let name = validate_path_name("room", sid_or_unique_name)?;
    let response = context.call(Effect::Read, async move |api| api.fetch_room().sid(name).send().await).await?;
    response.require_sid(name, |room| room.sid.as_str())
}
