//! The name of a feature in 32 bits, the same on every machine and for ever: bundles hold it.

/// FNV-1a in 64 bits (Fowler, Noll and Vo), with the finaliser of `MurmurHash3` (Appleby), which
/// spreads the last bytes over all bits. Of a million features about a hundred share a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name(u64);

impl Name {
    /// The beginning of the names of one kind of features.
    pub(super) const fn of_kind(kind: u8) -> Self {
        Self(0xcbf2_9ce4_8422_2325).and(kind)
    }

    /// With these bytes.
    pub(super) fn with(self, bytes: &[u8]) -> Self {
        bytes.iter().fold(self, |name, &byte| name.and(byte))
    }

    /// With the end of a token, which no token can hold: `at` `one` is not `a` `tone`.
    pub(super) const fn end_of_token(self) -> Self {
        self.and(0xff)
    }

    /// In 32 bits.
    pub(super) const fn finish(self) -> u32 {
        let mut x = self.0;
        x = (x ^ (x >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        x = (x ^ (x >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        ((x ^ (x >> 33)) >> 32) as u32
    }

    const fn and(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// The 64-bit FNV-1a of "foobar" in the algorithm's test vectors.
    #[test]
    fn the_sum_is_fnv_1a() {
        let empty = Name(0xcbf2_9ce4_8422_2325);
        assert_eq!(empty.with(b"foobar").0, 0x8594_4171_f739_67e8);
    }

    /// Worked out by a second implementation, in Python.
    #[test]
    fn a_name_never_changes() {
        assert_eq!(Name::of_kind(b'w').with(b"late").end_of_token().finish(), 2_619_238_677);
    }

    #[test]
    fn names_are_spread_over_all_bits() {
        let upper: HashSet<u32> = (0..1000_u32)
            .map(|n| Name::of_kind(b'w').with(&n.to_le_bytes()).finish() >> 22)
            .collect();
        // 1,000 balls in 1,024 boxes leave about 1,024 · e^(−1,000/1,024) = 386 empty.
        assert!((600..680).contains(&upper.len()), "{}", upper.len());
    }
}
