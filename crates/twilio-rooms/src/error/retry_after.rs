//! `Retry-After`: in seconds, or as a date.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, NaiveDateTime, Utc};
use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// How long the service asks to wait. A date is compared with that of the answer, so that no clock needs to be right, and
/// with ours when there is none; a date that is over means not at all.
pub(crate) fn read(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = date(text)?;
    let answered = headers.get(DATE).and_then(|value| date(value.to_str().ok()?)).unwrap_or_else(|| now.into());
    Some((then - answered).to_std().unwrap_or_default())
}

/// A date as HTTP writes it, such as `Sun, 06 Nov 1994 08:49:37 GMT`, or wrote it once (RFC 9110, section 5.6.7).
fn date(text: &str) -> Option<DateTime<Utc>> {
    let of_old = |format| NaiveDateTime::parse_from_str(text, format).ok().map(|date| date.and_utc());
    let date = DateTime::parse_from_rfc2822(text).ok().map(|date| date.to_utc());
    date.or_else(|| of_old("%A, %d-%b-%y %H:%M:%S GMT")).or_else(|| of_old("%a %b %e %H:%M:%S %Y"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(retry_after: &str, date: Option<&str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, retry_after.parse().ok()?);
        if let Some(date) = date {
            headers.insert(DATE, date.parse().ok()?);
        }
        read(&headers, SystemTime::UNIX_EPOCH)
    }

    #[test]
    fn it_is_seconds_or_a_date() {
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(with("120", None), seconds(120));
        assert_eq!(with(" 0 ", None), seconds(0));
        let answered = Some("Sun, 06 Nov 1994 08:49:07 GMT");
        assert_eq!(with("Sun, 06 Nov 1994 08:49:37 GMT", answered), seconds(30));
        assert_eq!(with("Sun, 06 Nov 1994 08:49:00 GMT", answered), seconds(0));
        assert_eq!(with("Sunday, 06-Nov-94 08:49:37 GMT", answered), seconds(30));
        assert_eq!(with("Sun Nov  6 08:49:37 1994", answered), seconds(30));
        assert_eq!(with("Thu, 01 Jan 1970 00:01:00 GMT", None), seconds(60));
        assert_eq!(with("99999999999999999999", None), None);
        for odd in ["", "-1", "1.5", "soon", "Sun, 06 Nov 1994"] {
            assert_eq!(with(odd, None), None, "{odd}");
        }
    }
}
