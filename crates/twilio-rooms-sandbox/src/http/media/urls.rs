//! Signed URLs of media, with the parameters that those of S3 have.

use std::hash::{BuildHasher, RandomState};

use chrono::{NaiveDateTime, TimeDelta};

use super::error::MediaError;
use crate::http::query::parameter;
use crate::model::Timestamp;

/// The validity of a URL, in seconds.
const EXPIRES_IN: i64 = 3600;
const DATE_FORMAT: &str = "%Y%m%dT%H%M%SZ";

/// Signs and verifies URLs of media, with keys that are drawn when the sandbox starts.
#[derive(Debug, Default)]
pub(crate) struct MediaUrls {
    keys: [RandomState; 2],
}

impl MediaUrls {
    /// Returns the path and the query of a URL that is valid from now on for a time.
    pub(crate) fn sign(&self, room_sid: &str, sid: &str, now: Timestamp) -> String {
        let date = now.format(DATE_FORMAT).to_string();
        let signature = self.signature(room_sid, sid, &date);
        format!(
            "/media/{room_sid}/{sid}?X-Amz-Date={date}&X-Amz-Expires={EXPIRES_IN}&X-Amz-SignedHeaders=host\
             &X-Amz-Signature={signature}"
        )
    }

    /// Checks that this sandbox has signed the URL, and that it has not expired.
    pub(crate) fn verify(
        &self,
        room_sid: &str,
        sid: &str,
        query: &[(String, String)],
        now: Timestamp,
    ) -> Result<(), MediaError> {
        let get = |name| parameter(query, name).ok_or(MediaError::InvalidSignature);
        let (date, expires, signature) = (get("X-Amz-Date")?, get("X-Amz-Expires")?, get("X-Amz-Signature")?);
        if self.signature(room_sid, sid, date) != signature || expires != EXPIRES_IN.to_string() {
            return Err(MediaError::InvalidSignature);
        }
        let date = NaiveDateTime::parse_from_str(date, DATE_FORMAT).map_err(|_| MediaError::InvalidSignature)?;
        let until = date.and_utc().checked_add_signed(TimeDelta::seconds(EXPIRES_IN));
        if until.is_some_and(|until| now < until) { Ok(()) } else { Err(MediaError::Expired) }
    }

    fn signature(&self, room_sid: &str, sid: &str, date: &str) -> String {
        let [one, other] = self.keys.each_ref().map(|key| key.hash_one((room_sid, sid, date)));
        format!("{one:016x}{other:016x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn query(url: &str) -> Vec<(String, String)> {
        let pairs = url.split_once('?').map_or("", |(_, query)| query).split('&');
        pairs.filter_map(|pair| pair.split_once('=')).map(|(name, value)| (name.into(), value.into())).collect()
    }

    #[test]
    fn a_url_is_valid_for_its_recording_for_an_hour() {
        let urls = MediaUrls::default();
        let url = query(&urls.sign("RM1", "RT1", at(7)));
        assert_eq!(urls.verify("RM1", "RT1", &url, at(7)), Ok(()));
        assert_eq!(urls.verify("RM1", "RT1", &url, at(3606)), Ok(()));
        assert_eq!(urls.verify("RM1", "RT1", &url, at(3607)), Err(MediaError::Expired));
        assert_eq!(urls.verify("RM1", "RT2", &url, at(7)), Err(MediaError::InvalidSignature));
        assert_eq!(MediaUrls::default().verify("RM1", "RT1", &url, at(7)), Err(MediaError::InvalidSignature));
        for name in ["X-Amz-Date", "X-Amz-Expires", "X-Amz-Signature"] {
            let changed = url.iter().cloned().map(|(key, value)| {
                let value = if key == name { value.replace(['1', 'a', '3'], "2") + "0" } else { value };
                (key, value)
            });
            let changed: Vec<_> = changed.collect();
            assert_eq!(urls.verify("RM1", "RT1", &changed, at(7)), Err(MediaError::InvalidSignature), "{name}");
            let missing: Vec<_> = url.iter().filter(|(key, _)| key != name).cloned().collect();
            assert_eq!(urls.verify("RM1", "RT1", &missing, at(7)), Err(MediaError::InvalidSignature), "{name}");
        }
    }
}
