//! Decoding of responses.

use serde_json::{Value, json};
use twilio_rooms::{Minutes, Page, Room, RoomStatus, Seconds};

use crate::support::{Reply, Server, Test, changed, client, example, page};

async fn read(body: &Value) -> Result<Page<Room>, Box<dyn std::error::Error>> {
    let server = Server::start([Reply::json(200, body)]).await?;
    Ok(client(&server)?.rooms().list().send().await?)
}

#[tokio::test]
async fn the_vendors_documented_example_survives_a_round_trip() -> Test {
    let body = example("list-rooms-documentation")?;
    let page = read(&body).await?;
    assert_eq!(page.next_page_url.as_deref(), Some("https://example.com"));
    assert_eq!(changed(&body, &json!({ "meta": page.meta, "rooms": page.items }), ""), None);
    assert_eq!(known(&body, &page), None);
    Ok(())
}

/// Returns a field of the first room that is in the body, but not in the decoded value.
fn known(body: &Value, page: &Page<Room>) -> Option<String> {
    let written = serde_json::to_value(&page.items).ok()?;
    let fields = body["rooms"][0].as_object()?.keys();
    fields.into_iter().find(|field| written[0].get(field.as_str()).is_none()).cloned()
}

#[tokio::test]
async fn nulls_and_values_survive_a_round_trip() -> Test {
    for name in ["list-rooms-first-page", "list-rooms-completed", "list-rooms-empty"] {
        let body = example(name)?;
        let page = read(&body).await?;
        assert_eq!(changed(&body, &json!({ "meta": page.meta, "rooms": page.items }), ""), None, "{name}");
        assert_eq!(known(&body, &page), None, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn values_decode_to_their_types() -> Test {
    let page = read(&example("list-rooms-completed")?).await?;
    let room = page.items.first().ok_or("no room")?;
    assert_eq!(room.status, Some(RoomStatus::Completed));
    assert_eq!(room.duration, Some(Seconds::new(930)));
    assert_eq!(room.empty_room_timeout, Some(Minutes::new(5)));
    assert_eq!(room.duration.map(std::time::Duration::from), Some(std::time::Duration::from_secs(930)));
    let created = room.date_created.ok_or("no date")?;
    assert_eq!(created.to_rfc3339(), "2026-11-01T09:00:00+00:00");
    assert!(room.sid.is_well_formed());
    Ok(())
}

#[tokio::test]
async fn an_unknown_enum_value_survives_a_round_trip() -> Test {
    let mut body = page([1], None);
    let room = json!({
        "sid": "RM1", "status": "of-tomorrow", "type": "Of Tomorrow", "video_codecs": ["of-tomorrow", "vp8", "VP8"],
        "status_callback_method": "OF_TOMORROW", "links": null,
    });
    body["rooms"] = json!([room]);
    let page = read(&body).await?;
    let written = serde_json::to_value(&page.items)?;
    for (name, value) in room.as_object().into_iter().flatten() {
        assert_eq!(&written[0][name], value, "{name}");
    }
    insta::assert_debug_snapshot!(
        "unknown_values",
        page.items.iter().map(|room| (&room.status, &room.type_, &room.video_codecs)).collect::<Vec<_>>()
    );
    Ok(())
}

#[tokio::test]
async fn additional_fields_are_ignored_and_missing_ones_are_none() -> Test {
    let mut body = page([7], Some(""));
    body["rooms"][0]["api_key_sid"] = json!("SK0123456789abcdef0123456789abcdef");
    body["rooms"][0]["nested"] = json!({ "deep": [1, 2] });
    body["meta"]["count"] = json!(1);
    body["more"] = json!(true);
    let page = read(&body).await?;
    assert_eq!(page.next_page_url, None, "an empty URL is the end of the listing");
    let written = serde_json::to_value(&page.items)?;
    for (name, value) in written[0].as_object().into_iter().flatten() {
        assert_eq!(name == "sid", !value.is_null(), "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn any_2xx_status_is_a_success() -> Test {
    for status in [200, 201, 202, 203] {
        let server = Server::start([Reply::json(status, &page([1], None))]).await?;
        assert_eq!(client(&server)?.rooms().list().send().await?.items.len(), 1);
    }
    Ok(())
}
