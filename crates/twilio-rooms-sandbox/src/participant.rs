//! A participant of a room, and how it is answered.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use crate::error::Error;
use crate::list::Listed;
use crate::query::{Paging, date, get};
use crate::track::Track;

/// A participant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Participant {
    pub(crate) sid: String,
    pub(crate) room_sid: String,
    /// `None` once it is anonymous.
    pub(crate) identity: Option<String>,
    pub(crate) joined: DateTime<Utc>,
    /// When it left; `None` while it is connected.
    pub(crate) left: Option<DateTime<Utc>>,
    /// What it has published while it was connected, the oldest first.
    pub(crate) tracks: Vec<Track>,
}

impl Participant {
    pub(crate) fn is_connected(&self) -> bool {
        self.left.is_none()
    }

    /// Whether this is what it is called: by its SID or, while it is connected, by its identity.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.sid == name || (self.is_connected() && self.identity.as_deref() == Some(name))
    }

    /// What it publishes: nothing once it has left.
    pub(crate) fn published(&self) -> &[Track] {
        if self.is_connected() { &self.tracks } else { &[] }
    }
}

impl Listed for Participant {
    fn sid(&self) -> &str {
        &self.sid
    }

    fn answer(&self, origin: &str) -> Value {
        let instant = |instant: DateTime<Utc>| instant.to_rfc3339_opts(SecondsFormat::Secs, true);
        let url = format!("{origin}/v1/Rooms/{}/Participants/{}", self.room_sid, self.sid);
        json!({
            "account_sid": crate::auth::ACCOUNT_SID,
            "date_created": instant(self.joined),
            "date_updated": instant(self.left.unwrap_or(self.joined)),
            "duration": self.left.map(|left| (left - self.joined).num_seconds().max(0)),
            "end_time": self.left.map(instant),
            "identity": self.identity,
            "links": {
                "published_tracks": format!("{url}/PublishedTracks"),
                "subscribe_rules": format!("{url}/SubscribeRules"),
                "subscribed_tracks": format!("{url}/SubscribedTracks"),
            },
            "room_sid": self.room_sid,
            "sid": self.sid,
            "start_time": instant(self.joined),
            "status": if self.is_connected() { "connected" } else { "disconnected" },
            "url": url,
        })
    }
}

/// Which participants to list.
#[derive(Debug)]
pub(crate) struct Filter {
    connected: Option<bool>,
    identity: Option<String>,
    joined_on_or_after: Option<DateTime<Utc>>,
    joined_before: Option<DateTime<Utc>>,
}

impl Filter {
    /// Reads the query of a listing at this path.
    pub(crate) fn parse(path: &str, pairs: &[(String, String)]) -> Result<(Self, Paging), Error> {
        let connected = match get(pairs, "Status") {
            None => None,
            Some("connected") => Some(true),
            Some("disconnected") => Some(false),
            Some(other) => return Err(Error::bad_parameter(format!("Invalid Status: {other}"))),
        };
        let instant = |name: &str| get(pairs, name).map(|text| date(name, text)).transpose();
        let (joined_on_or_after, joined_before) = (instant("DateCreatedAfter")?, instant("DateCreatedBefore")?);
        let identity = get(pairs, "Identity").map(str::to_owned);
        let names = ["Status", "Identity", "DateCreatedAfter", "DateCreatedBefore"];
        Ok((Self { connected, identity, joined_on_or_after, joined_before }, Paging::parse(path, pairs, &names)?))
    }

    pub(crate) fn matches(&self, participant: &Participant) -> bool {
        self.connected.is_none_or(|connected| connected == participant.is_connected())
            && self.identity.as_ref().is_none_or(|identity| participant.identity.as_ref() == Some(identity))
            && self.joined_on_or_after.is_none_or(|when| participant.joined >= when)
            && self.joined_before.is_none_or(|when| participant.joined < when)
    }
}
