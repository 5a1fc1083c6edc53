//! The rooms of an account.

use twilio_rooms_api::types::Room;

use super::create_room::CreateRoom;
use super::room_list::RoomQuery;
use crate::listing::List;
use crate::transport::Connection;

/// The rooms of an account; created by [`Client::rooms`](crate::Client::rooms).
#[derive(Debug, Clone)]
pub struct Rooms {
    connection: Connection,
}

impl Rooms {
    pub(crate) fn new(connection: &Connection) -> Self {
        Self { connection: connection.clone() }
    }

    /// Lists rooms, newest first.
    ///
    /// **Without a status the service lists only rooms in progress.** Set a [`status`](List::<Room>::status) for
    /// others, or [`any_status`](List::<Room>::any_status) for all of them.
    ///
    /// ```no_run
    /// use twilio_rooms::RoomStatus;
    ///
    /// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
    /// let standups = client.rooms().list().status(RoomStatus::Completed).unique_name("DailyStandup").collect().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// See the vendor's documentation of
    /// [this operation](https://www.twilio.com/docs/video/api/rooms-resource#read-multiple-room-resources).
    pub fn list(&self) -> List<Room> {
        List::new(&self.connection, RoomQuery::default())
    }

    /// Creates a room, which is then in progress.
    ///
    /// ```no_run
    /// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
    /// let room = client.rooms().create().unique_name("DailyStandup").max_participants(10).await?;
    /// println!("{} is open", room.sid);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// See the vendor's documentation of
    /// [this operation](https://www.twilio.com/docs/video/api/rooms-resource#create-a-room-resource).
    pub fn create(&self) -> CreateRoom {
        CreateRoom::new(&self.connection)
    }

    /// Returns the room in progress with a [unique name](CreateRoom::unique_name), and creates it if there is none.
    ///
    /// ```no_run
    /// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
    /// let room = client.rooms().get_or_create().unique_name("DailyStandup").max_participants(10).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The other properties apply to a new room only: a room that is already open keeps its own. Concurrent callers get
    /// the same room, since the service never opens a second one with the same name.
    ///
    /// The name makes a repeated request harmless, so the client retries it as an idempotent one, also after a timeout or
    /// a broken connection. [`Response::attempts`](crate::Response::attempts) counts the requests to create
    /// the room and to fetch it.
    ///
    /// # Errors
    ///
    /// There is no name ([`is_invalid_request`](crate::Error::is_invalid_request)); otherwise as [`CreateRoom::send`]. If the
    /// room ends each time before the client can fetch it, the error is that the name is taken
    /// ([`is_room_name_taken`](crate::Error::is_room_name_taken)).
    pub fn get_or_create(&self) -> CreateRoom {
        CreateRoom::new(&self.connection).or_get()
    }
}
