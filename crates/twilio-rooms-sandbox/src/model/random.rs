//! Pseudorandom numbers and identifiers.

/// The difference between consecutive states.
const INCREMENT: u64 = 0x9e37_79b9_7f4a_7c15;

/// The generator `SplitMix64` (Steele, Lea and Flood 2014). Its state is a single number.
#[derive(Debug)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The generator of this seed after this many numbers.
    pub(super) fn at(seed: u64, count: u64) -> Self {
        Self { state: seed.wrapping_add(count.wrapping_mul(INCREMENT)) }
    }

    /// Generates a SID with this prefix.
    pub(crate) fn sid(&mut self, prefix: &str) -> String {
        format!("{prefix}{:016x}{:016x}", self.next(), self.next())
    }

    /// Generates the identifier of a transcription, which contains a UUID of version 4 (RFC 9562, section 5.4).
    pub(crate) fn ttid(&mut self) -> String {
        let digits = format!("{:016x}{:016x}", self.next(), self.next());
        let [time, low, high, clock, node] = [0..8, 8..12, 13..16, 17..20, 20..32].map(|range| &digits[range]);
        format!("video_extension_{time}-{low}-4{high}-8{clock}-{node}")
    }

    pub(super) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(INCREMENT);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high - low) + 1;
        low + u32::try_from(self.next() % span).unwrap_or_default()
    }

    /// Returns one of the values.
    pub(crate) fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        let last = u32::try_from(values.len() - 1).unwrap_or_default();
        values[self.between(0, last) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_have_the_form_of_the_service_and_follow_from_the_seed() {
        let (sid, ttid) = (Random::new(1).sid("RM"), Random::new(1).ttid());
        assert_eq!((sid.len(), ttid.len()), (34, "video_extension_".len() + 36));
        assert!(ttid.starts_with("video_extension_") && ttid.as_bytes()[30] == b'4', "{ttid}");
        assert_eq!(sid, Random::new(1).sid("RM"));
        assert_ne!(sid, Random::new(2).sid("RM"));
    }

    #[test]
    fn numbers_can_be_skipped() {
        let mut random = Random::new(7);
        let numbers: Vec<u64> = (0..5).map(|_| random.next()).collect();
        let skipped: Vec<u64> = (0..5).map(|count| Random::at(7, count).next()).collect();
        assert_eq!(numbers, skipped);
    }

    #[test]
    fn a_number_lies_within_its_bounds() {
        let mut random = Random::new(7);
        let mut numbers: Vec<u32> = (0..100).map(|_| random.between(3, 5)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers, [3, 4, 5]);
    }
}
