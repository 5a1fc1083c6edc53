//! A participant of a room, and how it is answered.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::error::Error;
use crate::instant::{instant, seconds};
use crate::list::Listed;
use crate::query::{Paging, date, get};
use crate::rules::Rules;
use crate::track::Track;

const STATUSES: [&str; 3] = ["connected", "disconnected", "reconnecting"];

/// A participant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Participant {
    pub(crate) sid: String,
    pub(crate) room_sid: String,
    /// Its place in listings.
    place: u64,
    /// The SID, once it is anonymous.
    pub(crate) identity: String,
    pub(crate) joined: DateTime<Utc>,
    /// When it left; `None` while it is connected.
    pub(crate) left: Option<DateTime<Utc>>,
    /// What it has published while it was connected, the oldest first.
    pub(crate) tracks: Vec<Track>,
    /// For what it is subscribed to.
    pub(crate) subscribe_rules: Rules,
}

impl Participant {
    /// Somebody who joins now.
    pub(crate) fn new(sid: String, room_sid: String, place: u64, identity: &str, now: DateTime<Utc>) -> Self {
        let (identity, subscribe_rules) = (identity.to_owned(), Rules::include_all());
        Self { sid, room_sid, place, identity, joined: now, left: None, tracks: Vec::new(), subscribe_rules }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> String {
        format!("/v1/Rooms/{}/Participants/{}", self.room_sid, self.sid)
    }

    /// Puts the SID in the place of the identity, and says whether it was not there yet.
    pub(crate) fn anonymize(&mut self) -> bool {
        let was_known = self.identity != self.sid;
        self.identity.clone_from(&self.sid);
        was_known
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.left.is_none()
    }

    /// Whether a rule that names a publisher means it: by its SID or, while it is connected, by its identity.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.sid == name || self.goes_by(name)
    }

    /// Whether it is there under this identity.
    pub(crate) fn goes_by(&self, identity: &str) -> bool {
        self.is_connected() && self.identity == identity
    }

    fn status(&self) -> &'static str {
        if self.is_connected() { "connected" } else { "disconnected" }
    }

    /// What it publishes: nothing once it has left.
    pub(crate) fn published(&self) -> &[Track] {
        if self.is_connected() { &self.tracks } else { &[] }
    }
}

impl Listed for Participant {
    fn place(&self) -> u64 {
        self.place
    }

    fn answer(&self, origin: &str) -> Value {
        let url = format!("{origin}{}", self.path());
        json!({
            "account_sid": crate::auth::ACCOUNT_SID,
            "date_created": instant(self.joined),
            "date_updated": self.left.map(instant),
            "duration": self.left.map(|left| seconds(self.joined, left)),
            "end_time": self.left.map(instant),
            "identity": self.identity,
            "links": {
                "anonymize": format!("{url}/Anonymize"),
                "published_tracks": format!("{url}/PublishedTracks"),
                "subscribe_rules": format!("{url}/SubscribeRules"),
                "subscribed_tracks": format!("{url}/SubscribedTracks"),
            },
            "room_sid": self.room_sid,
            "sid": self.sid,
            "start_time": instant(self.joined),
            "status": self.status(),
            "url": url,
        })
    }
}

/// Which participants to list.
#[derive(Debug)]
pub(crate) struct Filter {
    status: Option<&'static str>,
    identity: Option<String>,
    joined_on_or_after: Option<DateTime<Utc>>,
    joined_before: Option<DateTime<Utc>>,
}

impl Filter {
    /// Reads the query of a listing at this path. Of a room in progress, those who are connected are listed by default.
    pub(crate) fn parse(path: &str, in_progress: bool, pairs: &[(String, String)]) -> Result<(Self, Paging), Error> {
        let status = match get(pairs, "Status") {
            None => in_progress.then_some("connected"),
            Some(text) => {
                let known = STATUSES.into_iter().find(|known| *known == text);
                Some(known.ok_or_else(|| Error::bad_parameter(format!("Invalid Status: {text}")))?)
            }
        };
        let instant = |name: &str| get(pairs, name).map(|text| date(name, text)).transpose();
        let (joined_on_or_after, joined_before) = (instant("DateCreatedAfter")?, instant("DateCreatedBefore")?);
        let identity = get(pairs, "Identity").map(str::to_owned);
        let names = ["Status", "Identity", "DateCreatedAfter", "DateCreatedBefore"];
        Ok((Self { status, identity, joined_on_or_after, joined_before }, Paging::parse(path, pairs, &names)?))
    }

    pub(crate) fn matches(&self, participant: &Participant) -> bool {
        self.status.is_none_or(|status| status == participant.status())
            && self.identity.as_ref().is_none_or(|identity| participant.identity == *identity)
            && self.joined_on_or_after.is_none_or(|when| participant.joined >= when)
            && self.joined_before.is_none_or(|when| participant.joined < when)
    }
}
