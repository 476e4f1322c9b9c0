//! Copies on a ring: the next `n` distinct servers clockwise.
//!
//! Use it to decide which servers store a key's copies; the first is the owner.
//! With virtual nodes the next `n` *points* may belong to fewer servers, so
//! points of a server that is chosen already are passed over. It knows nothing of
//! racks and data centres, which real systems spread copies over as well.
//!
//! Source: G. DeCandia et al., *Dynamo*, SOSP 2007, §4.3.

use super::{Replicas, VirtualRing};

impl VirtualRing {
    // ANCHOR: replicas
    /// The first `count` distinct servers met clockwise from `key`.
    ///
    /// # Time complexity
    ///
    /// Expected O(log p + count²) when servers have equally many of the `p`
    /// points and are more than a few times `count`; O(p · count) at worst.
    pub fn replicas(&self, key: impl AsRef<[u8]>, count: usize) -> Vec<&str> {
        let mut chosen = Vec::new();
        let all = self.circle().servers().len();
        for server in self.circle().clockwise(self.position(key)) {
            // Once every server is chosen, the rest of the circle has nothing new.
            if chosen.len() == count.min(all) {
                break;
            }
            if !chosen.contains(&server) {
                chosen.push(server);
            }
        }
        chosen
    }
    // ANCHOR_END: replicas
}

impl Replicas for VirtualRing {
    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        self.replicas(key, count)
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use expect_test::{Expect, expect};

    use super::*;
    use crate::consistent_hashing::{RingHash, sample_keys, sample_servers};

    #[track_caller]
    fn check(key: &str, count: usize, expected: Expect) {
        let three = NonZeroU32::new(3).expect("3 is not 0");
        let mut ring = VirtualRing::new(RingHash::LABELLED, three);
        for server in ["a@10,20,90", "b@30,80,81", "c@50,60,70"] {
            ring.add(server).expect("no server comes twice");
        }
        expected.assert_eq(&ring.replicas(key, count).join(" "));
    }

    #[test]
    fn a_server_comes_once_where_it_is_met_first() {
        check("k@0", 1, expect!["a@10,20,90"]);
        check("k@0", 2, expect!["a@10,20,90 b@30,80,81"]);
        check("k@55", 3, expect!["c@50,60,70 b@30,80,81 a@10,20,90"]);
        check("k@85", 3, expect!["a@10,20,90 b@30,80,81 c@50,60,70"]);
    }

    #[test]
    fn there_are_never_more_copies_than_servers_nor_more_than_asked_for() {
        check("k@0", 0, expect![""]);
        check("k@0", 4, expect!["a@10,20,90 b@30,80,81 c@50,60,70"]);
        let empty = VirtualRing::new(RingHash::XXH3, NonZeroU32::MIN);
        assert!(empty.replicas("k", 3).is_empty());
    }

    #[test]
    fn when_the_owner_leaves_the_second_copy_becomes_the_owner() {
        let points = NonZeroU32::new(20).expect("20 is not 0");
        let mut ring = VirtualRing::new(RingHash::XXH3, points);
        for server in sample_servers(8) {
            ring.add(&server).expect("no server comes twice");
        }
        for key in sample_keys(3, 200) {
            let copies: Vec<String> = ring.replicas(&key, 3).into_iter().map(Into::into).collect();
            assert_eq!(ring.owner(&key), Some(copies[0].as_str()));
            let mut smaller = ring.clone();
            smaller
                .remove(&copies[0])
                .expect("the owner is on the ring");
            assert_eq!(smaller.replicas(&key, 2), copies[1..]);
        }
    }
}
