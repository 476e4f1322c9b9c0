//! Keys and server names that look like those of a real system, from a seed.
//!
//! For figures, notebooks and tests. Keys are distinct. It models no popularity:
//! every key comes once.

use rand::RngExt;

use crate::random;

/// `count` distinct keys: users, carts, sessions, pictures and pages.
///
/// # Time complexity
///
/// O(`count`).
///
/// ```
/// use exercises::consistent_hashing::sample_keys;
///
/// assert_eq!(sample_keys(28, 3), sample_keys(28, 3));
/// ```
pub fn sample_keys(seed: u64, count: usize) -> Vec<String> {
    let mut random = random::seeded(seed);
    (0..count)
        .map(|number| {
            let id: u32 = random.random();
            // The running number keeps keys apart where the random part repeats.
            match random.random_range(0..5) {
                0 => format!("user:{number}"),
                1 => format!("cart:{id}:{number}"),
                2 => format!("session:{id:08x}{number:08x}"),
                3 => format!("/img/{}/{number}.webp", id % 1000),
                _ => format!("https://shop.example/p/{number}?ref={}", id % 100),
            }
        })
        .collect()
}

/// `count` distinct server names: `cache-00.example:6379` and so on.
///
/// # Time complexity
///
/// O(`count`).
pub fn sample_servers(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| format!("cache-{number:02}.example:6379"))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use expect_test::expect;

    use super::*;

    #[test]
    fn keys_are_distinct_and_repeatable() {
        let keys = sample_keys(1, 20_000);
        let distinct: BTreeSet<&String> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
        expect![[r#"
            session:8ca40db100000000
            user:1
            session:3607066500000002
            cart:1661472066:3
            cart:3575368677:4"#]]
        .assert_eq(&keys[..5].join("\n"));
    }
}
