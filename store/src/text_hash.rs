//! Which texts may be equal, in 8 bytes.

use sha2::{Digest, Sha256};

/// The first 8 bytes of the text's SHA-256: what the index of texts is made of. Two texts may
/// share it, so a look-up compares the text as well.
pub(crate) fn text_hash(text: &str) -> i64 {
    let [a, b, c, d, e, f, g, h, ..] = Sha256::digest(text.as_bytes()).0;
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf %s 'abc' | sha256sum | cut -c1-16`
    #[test]
    fn the_hash_is_the_begin_of_sha_256_and_must_not_change() {
        assert_eq!(text_hash("abc"), 0xba78_16bf_8f01_cfea_u64.cast_signed());
    }
}
