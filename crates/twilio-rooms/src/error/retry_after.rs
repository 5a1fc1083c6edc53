//! The `Retry-After` header, in seconds or as a date.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, NaiveDateTime, Utc};
use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// Returns the delay that the service asks for.
///
/// A date is relative to the `Date` header of the response, so that a wrong local clock does no harm, or to `now` if
/// there is no such header. A date in the past means no delay.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than a number can hold are still a very long delay.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let retry_at = date(text)?;
    let responded = headers.get(DATE).and_then(|value| date(value.to_str().ok()?)).unwrap_or_else(|| now.into());
    Some((retry_at - responded).to_std().unwrap_or_default())
}

/// Parses an HTTP date such as `Sun, 06 Nov 1994 08:49:37 GMT`, or one in an obsolete format (RFC 9110, section 5.6.7).
/// The day of the week is ignored, since it may be wrong.
fn date(text: &str) -> Option<DateTime<Utc>> {
    let text = match text.split_once([',', ' ']) {
        Some((day, rest)) if day.bytes().all(|byte| byte.is_ascii_alphabetic()) => rest.trim_start(),
        _ => text,
    };
    let obsolete = |format| NaiveDateTime::parse_from_str(text, format).ok().map(|date| date.and_utc());
    let date = DateTime::parse_from_rfc2822(text).ok().map(|date| date.to_utc());
    date.or_else(|| obsolete("%d-%b-%y %H:%M:%S GMT")).or_else(|| obsolete("%b %e %H:%M:%S %Y"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(value: &str, date: Option<&str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, value.parse().ok()?);
        if let Some(date) = date {
            headers.insert(DATE, date.parse().ok()?);
        }
        retry_after(&headers, SystemTime::UNIX_EPOCH)
    }

    #[test]
    fn the_header_holds_seconds_or_a_date() {
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(parse("120", None), seconds(120));
        assert_eq!(parse(" 0 ", None), seconds(0));
        let date = Some("Sun, 06 Nov 1994 08:49:07 GMT");
        assert_eq!(parse("Sun, 06 Nov 1994 08:49:37 GMT", date), seconds(30));
        assert_eq!(parse("Sun, 06 Nov 1994 08:49:00 GMT", date), seconds(0));
        assert_eq!(parse("Sunday, 06-Nov-94 08:49:37 GMT", date), seconds(30));
        assert_eq!(parse("Sun Nov  6 08:49:37 1994", date), seconds(30));
        assert_eq!(parse("Thu, 01 Jan 1970 00:01:00 GMT", None), seconds(60));
        assert_eq!(parse("Mon, 06 Nov 1994 08:49:37 GMT", date), seconds(30), "it was a Sunday");
        assert_eq!(parse("Friday, 06-Nov-94 08:49:37 GMT", date), seconds(30));
        assert_eq!(parse("18446744073709551616", None), seconds(u64::MAX));
        for invalid in ["", "-1", "+1", "1.5", "soon", "Sun, 06 Nov 1994"] {
            assert_eq!(parse(invalid, None), None, "{invalid}");
        }
    }
}
