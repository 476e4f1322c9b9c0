//! SHA-1, for the WebSocket handshake and for nothing else.
//!
//! It is broken as a signature: two texts with the same hash can be made. The handshake
//! does not sign: it shows that a server has read the key, and RFC 6455 fixed the function
//! in 2011. By hand, in forty lines, because every notebook session compiles this crate,
//! and the crate `sha1` brings seven others; the tests compare with the published vectors.
//!
//! Source: FIPS 180-4, § 6.1, <https://doi.org/10.6028/NIST.FIPS.180-4>.

const BLOCK_BYTES: usize = 64;

/// The hash of these bytes.
///
/// # Examples
///
/// ```
/// use exercises::realtime::sha1;
///
/// assert_eq!(sha1(b"abc")[..4], [0xa9, 0x99, 0x3e, 0x36]);
/// ```
///
/// # Time complexity
///
/// O(bytes), with a copy of them.
pub fn sha1(bytes: &[u8]) -> [u8; 20] {
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    while padded.len() % BLOCK_BYTES != BLOCK_BYTES - 8 {
        padded.push(0);
    }
    padded.extend((bytes.len() as u64 * 8).to_be_bytes());
    let start = [
        0x6745_2301,
        0xefcd_ab89,
        0x98ba_dcfe,
        0x1032_5476,
        0xc3d2_e1f0,
    ];
    let end = padded.chunks_exact(BLOCK_BYTES).fold(start, with_block);
    let mut hash = [0; 20];
    for (place, word) in hash.chunks_exact_mut(4).zip(end) {
        place.copy_from_slice(&word.to_be_bytes());
    }
    hash
}

fn with_block(before: [u32; 5], block: &[u8]) -> [u32; 5] {
    let mut words = [0_u32; 80];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes
            .iter()
            .fold(0, |word, byte| word << 8 | u32::from(*byte));
    }
    for i in 16..80 {
        words[i] = (words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16]).rotate_left(1);
    }
    let [mut a, mut b, mut c, mut d, mut e] = before;
    for (i, word) in words.into_iter().enumerate() {
        let (mixed, constant) = match i / 20 {
            0 => (b & c | !b & d, 0x5a82_7999),
            1 => (b ^ c ^ d, 0x6ed9_eba1),
            2 => (b & c | b & d | c & d, 0x8f1b_bcdc),
            _ => (b ^ c ^ d, 0xca62_c1d6_u32),
        };
        let next = [a.rotate_left(5), mixed, e, constant, word];
        (e, d, c, b) = (d, c, b.rotate_left(30), a);
        a = next.into_iter().fold(0, u32::wrapping_add);
    }
    let mut after = before;
    for (word, change) in after.iter_mut().zip([a, b, c, d, e]) {
        *word = word.wrapping_add(change);
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let hash: String = sha1(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(hash, expected);
    }

    #[test]
    fn published_texts_have_their_published_hashes() {
        check(b"", "da39a3ee5e6b4b0d3255bfef95601890afd80709");
        check(b"abc", "a9993e364706816aba3e25717850c26c9cd0d89d");
        check(
            b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
        );
        check(
            &[b'a'; 1_000_000],
            "34aa973cd4c4daa4f61eeb2bdbad27316534016f",
        );
    }
}
