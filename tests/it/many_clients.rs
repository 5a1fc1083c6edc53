//! Many clients of one account at once.

use std::collections::HashSet;

use futures_util::future::join_all;
use twilio_rooms_sandbox::Sandbox;

use crate::support::{Test, client_of, start};

#[tokio::test]
async fn two_hundred_clients_create_every_room_exactly_once() -> Test {
    const CLIENTS: usize = 200;
    const ROOMS: usize = 25;

    let sandbox = start(Sandbox::builder().rooms(0)).await?;
    let client = client_of(&sandbox).build()?;
    let work = (0..CLIENTS).map(|number| {
        // Each client has its own connections.
        let builder = client_of(&sandbox);
        tokio::spawn(async move {
            let client = builder.build()?;
            for room in 0..ROOMS {
                let name = format!("room {number}/{room}");
                let created = client.rooms().create().unique_name(&name).await?;
                client.room(&created.sid).complete().await?;
            }
            Ok::<(), twilio_rooms::Error>(())
        })
    });
    for result in join_all(work).await {
        result??;
    }
    let rooms = client.rooms().list().any_status().collect().await?;
    let sids: HashSet<_> = rooms.iter().map(|room| &room.sid).collect();
    let names: HashSet<_> = rooms.iter().map(|room| &room.unique_name).collect();
    assert_eq!((rooms.len(), sids.len(), names.len()), (CLIENTS * ROOMS, CLIENTS * ROOMS, CLIENTS * ROOMS));
    assert_eq!(usize::try_from(sandbox.changes())?, 2 * CLIENTS * ROOMS);
    Ok(())
}
