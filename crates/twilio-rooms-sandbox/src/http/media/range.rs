//! The header `Range` (RFC 9110, section 14.2).

use std::ops::Range;

/// The part of the media to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Selection {
    Whole,
    Part(Range<u64>),
    Unsatisfiable,
}

/// Selects the part of media of this size that a `Range` header asks for. A header with several ranges, or one that cannot be
/// parsed, asks for the whole.
pub(super) fn select(header: &str, size: u64) -> Selection {
    let Some((unit, range)) = header.split_once('=') else { return Selection::Whole };
    let Some((first, last)) = range.trim().split_once('-') else { return Selection::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Selection::Whole;
    }
    let range = match (number(first), number(last)) {
        (Some(first), None) if last.is_empty() => first..size,
        (Some(first), Some(last)) if first <= last => first..size.min(last.saturating_add(1)),
        (None, Some(suffix)) if first.is_empty() => size.saturating_sub(suffix)..size,
        _ => return Selection::Whole,
    };
    if range.is_empty() { Selection::Unsatisfiable } else { Selection::Part(range) }
}

/// Parses digits; a number that is too large is the largest one.
fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_selects_a_part() {
        for (header, part) in [
            ("bytes=0-0", 0..1),
            ("bytes=0-9", 0..10),
            ("bytes=3-", 3..10),
            ("bytes=9-99999999999999999999", 9..10),
            ("bytes=-4", 6..10),
            ("bytes=-99", 0..10),
            ("Bytes= 1-2", 1..3),
        ] {
            assert_eq!(select(header, 10), Selection::Part(part), "{header}");
        }
        for header in ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999999-"] {
            assert_eq!(select(header, 10), Selection::Unsatisfiable, "{header}");
        }
        assert_eq!(select("bytes=0-", 0), Selection::Unsatisfiable);
        for header in ["", "bytes", "bytes=", "bytes=-", "bytes=3-1", "bytes=0-1,3-4", "bytes=+1-2", "lines=0-1"] {
            assert_eq!(select(header, 10), Selection::Whole, "{header}");
        }
    }
}
