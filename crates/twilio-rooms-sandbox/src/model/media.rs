//! The media of recordings: bytes that follow from the SID of the recording.

use std::ops::Range;

use super::random::Random;

/// The number of bytes that one number of the generator yields.
const WORD: u64 = 8;

/// The media of a recording. It is not in memory: any part of it can be generated separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Media {
    seed: u64,
    /// The length in bytes.
    pub(crate) size: u64,
}

impl Media {
    /// The media of the recording with this SID.
    pub(crate) fn new(sid: &str, size: u64) -> Self {
        // FNV-1a, so that the bytes are the same in every run and on every platform.
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self { seed: sid.bytes().fold(0xcbf2_9ce4_8422_2325, hash), size }
    }

    /// Generates the bytes of a range, which is cut at the end of the media.
    pub(crate) fn bytes(&self, range: Range<u64>) -> Vec<u8> {
        let (start, end) = (range.start, range.end.min(self.size));
        if start >= end {
            return Vec::new();
        }
        let words = start / WORD..end.div_ceil(WORD);
        let mut bytes: Vec<u8> = words.flat_map(|word| Random::at(self.seed, word).next().to_le_bytes()).collect();
        let skipped = usize::try_from(start % WORD).unwrap_or_default();
        bytes.drain(..skipped);
        bytes.truncate(usize::try_from(end - start).unwrap_or_default());
        bytes
    }

    /// The entity tag, which is that of no other media.
    pub(crate) fn etag(&self) -> String {
        format!("\"{:016x}-{:x}\"", self.seed, self.size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_the_media_is_a_part_of_the_whole() {
        let media = Media::new("RT1", 1001);
        let whole = media.bytes(0..u64::MAX);
        assert_eq!(whole.len(), 1001);
        for (start, end) in [(0, 1), (0, 8), (1, 8), (7, 9), (8, 16), (3, 1001), (993, 1001), (1000, 1001)] {
            let part = media.bytes(u64::try_from(start).unwrap_or_default()..u64::try_from(end).unwrap_or_default());
            assert_eq!(part, whole[start..end], "{start}..{end}");
        }
        assert_eq!(media.bytes(1000..2000), whole[1000..]);
        assert!(media.bytes(1001..1002).is_empty() && media.bytes(5..5).is_empty());
    }

    #[test]
    fn the_media_follow_from_the_recording() {
        let [one, same, other] = ["RT1", "RT1", "RT2"].map(|sid| Media::new(sid, 64));
        assert_eq!((one.bytes(0..64), one.etag()), (same.bytes(0..64), same.etag()));
        assert_ne!(one.bytes(0..64), other.bytes(0..64));
        assert_ne!(one.etag(), other.etag());
    }
}
