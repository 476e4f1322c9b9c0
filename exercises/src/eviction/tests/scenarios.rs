//! Small traces whose outcome is known from papers and textbooks.

use std::num::NonZeroUsize;

use expect_test::{Expect, expect};

use super::super::Kind;

/// Misses of each policy.
#[track_caller]
fn check(trace: &[u64], capacity: usize, kinds: &[Kind], expected: Expect) {
    let capacity = NonZeroUsize::new(capacity).expect("there is room");
    let lines: Vec<String> = kinds
        .iter()
        .map(|kind| format!("{kind} {}", kind.misses(trace, capacity)))
        .collect();
    expected.assert_eq(&lines.join(", "));
}

#[test]
fn an_access_counts_for_lru_and_mru_and_not_for_fifo_and_lifo() {
    check(
        &[1, 2, 1, 3, 1],
        2,
        &[Kind::Fifo, Kind::Lru, Kind::Lifo, Kind::Mru],
        expect!["FIFO 4, LRU 3, LIFO 3, MRU 4"],
    );
}

/// The reference string of Belady, Nelson and Shedler (1969).
#[test]
fn more_room_makes_fifo_worse_on_beladys_string_and_never_lru_or_the_optimum() {
    let trace = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];
    let kinds = [Kind::Fifo, Kind::Lru, Kind::Belady];
    check(&trace, 3, &kinds, expect!["FIFO 9, LRU 10, optimum 7"]);
    check(&trace, 4, &kinds, expect!["FIFO 10, LRU 8, optimum 6"]);
}

#[test]
fn a_loop_one_key_too_long_defeats_those_who_wait_and_not_those_who_do_not() {
    let trace: Vec<u64> = (0..100).map(|request| request % 5).collect();
    check(
        &trace,
        4,
        &[Kind::Fifo, Kind::Lru, Kind::Lifo, Kind::Mru, Kind::Belady],
        expect!["FIFO 100, LRU 100, LIFO 43, MRU 28, optimum 28"],
    );
}

#[test]
fn a_key_that_was_hot_once_stays_with_lfu_for_ever() {
    let mut trace = vec![1; 50];
    trace.extend((0..50).map(|request| 2 + request % 2));
    check(&trace, 2, &[Kind::Lru, Kind::Lfu], expect!["LRU 3, LFU 51"]);
}
