//! The graders are graded: references pass under many seeds, every named wrong solution is
//! rejected by the check that names its rule, with a counterexample that fits on paper.

use std::panic::{self, AssertUnwindSafe};

use expect_test::{Expect, expect};

use crate::catalog::Exercise;
use crate::eviction::exercises;
use crate::grade::{Check, Counterexample, Seed};

const SEEDS: std::ops::Range<Seed> = 0..20;

/// The rules that end a slow solution by the grader's time limit, which is not there in a
/// unit test; `cargo course dev check` tries them.
const BY_TIME: [&str; 2] = ["many-accesses", "long-trace"];

/// Whether the check finds nothing wrong; a panic of the solution is a rejection.
fn passes(check: &Check, seed: Seed) -> bool {
    panic::catch_unwind(AssertUnwindSafe(|| check.run(seed))).is_ok_and(|verdict| verdict.is_ok())
}

fn exercise(id: &str) -> Exercise {
    let found = exercises().into_iter().find(|exercise| exercise.id == id);
    found.expect("the topic has the exercise")
}

#[test]
fn every_reference_passes_every_check_under_every_seed() {
    for exercise in exercises() {
        for check in (exercise.checks)() {
            for seed in SEEDS {
                let verdict = check.run(seed);
                assert_eq!(
                    verdict,
                    Ok(()),
                    "{}: {}, seed {seed}",
                    exercise.id,
                    check.name
                );
                if BY_TIME.contains(&check.name) {
                    break;
                }
            }
        }
    }
}

#[test]
fn every_wrong_solution_is_rejected_by_its_check_under_every_seed() {
    for exercise in exercises() {
        let with_answers = exercise
            .wrong
            .iter()
            .filter(|wrong| !BY_TIME.contains(&wrong.rejected_by));
        for wrong in with_answers {
            let checks = (wrong.checks)();
            let named = checks.iter().find(|check| check.name == wrong.rejected_by);
            let named =
                named.unwrap_or_else(|| panic!("{} has no {}", exercise.id, wrong.rejected_by));
            for seed in SEEDS {
                assert!(
                    !passes(named, seed),
                    "{}: {}, seed {seed}",
                    exercise.id,
                    wrong.name
                );
            }
        }
    }
}

/// What a named wrong solution's rejection looks like to a learner.
#[track_caller]
fn check_shown(id: &str, wrong: &str, expected: Expect) {
    let exercise = exercise(id);
    let wrong = exercise
        .wrong
        .iter()
        .find(|candidate| candidate.name == wrong)
        .expect("it is listed");
    let check = (wrong.checks)()
        .into_iter()
        .find(|check| check.name == wrong.rejected_by);
    let Err(Counterexample {
        input,
        expected: wanted,
        actual,
    }) = check.expect("it exists").run(0)
    else {
        panic!("{} passes", wrong.name);
    };
    expected.assert_eq(&format!("{input}\nexpected {wanted}\nactual   {actual}\n"));
}

#[test]
fn counterexamples_are_small_enough_to_try_by_hand() {
    check_shown(
        "eviction_fifo",
        "MovesOnHit",
        expect![[r#"
        let mut cache = Mine::new(NonZeroUsize::new(2).unwrap());
        cache.access(1);
        cache.access(2);
        cache.access(1);
        cache.access(3);
        expected Miss { evicted: Some(1) }
        actual   Miss { evicted: Some(2) }
    "#]],
    );
    check_shown(
        "eviction_lru",
        "ForgetsToMove",
        expect![[r#"
        let mut cache = Mine::new(NonZeroUsize::new(2).unwrap());
        cache.access(1);
        cache.access(2);
        cache.access(1);
        cache.access(3);
        expected Miss { evicted: Some(2) }
        actual   Miss { evicted: Some(1) }
    "#]],
    );
    check_shown(
        "eviction_lru",
        "AskingIsUse",
        expect![[r#"
        let mut cache = Mine::new(NonZeroUsize::new(2).unwrap());
        cache.access(1);
        cache.access(2);
        cache.contains(1);
        cache.access(3);
        cache.contains(2);
        expected true
        actual   false
    "#]],
    );
    check_shown(
        "eviction_mru",
        "Lifo",
        expect![[r#"
        let mut cache = Mine::new(NonZeroUsize::new(2).unwrap());
        cache.access(1);
        cache.access(2);
        cache.access(1);
        cache.access(3);
        expected Miss { evicted: Some(1) }
        actual   Miss { evicted: Some(2) }
    "#]],
    );
    check_shown(
        "eviction_lfu",
        "ForgetsToResetTheLeast",
        expect![[r#"
        let mut cache = Mine::new(NonZeroUsize::new(2).unwrap());
        cache.access(1);
        cache.access(1);
        cache.access(2);
        cache.access(3);
        expected Miss { evicted: Some(2) }
        actual   Miss { evicted: Some(1) }
    "#]],
    );
    check_shown(
        "eviction_clock",
        "ClearsAllMarks",
        expect![[r#"
        let mut cache = Mine::new(NonZeroUsize::new(2).unwrap());
        cache.access(1);
        cache.access(2);
        cache.access(2);
        cache.access(3);
        cache.access(4);
        expected Miss { evicted: Some(3) }
        actual   Miss { evicted: Some(2) }
    "#]],
    );
}

#[test]
fn a_hand_and_ghosts_take_a_few_requests_more() {
    check_shown(
        "eviction_sieve",
        "SwapRemoves",
        expect![[r#"
        let mut cache = Mine::new(NonZeroUsize::new(3).unwrap());
        cache.access(1);
        cache.access(2);
        cache.access(3);
        cache.access(4);
        cache.access(1);
        expected Miss { evicted: Some(2) }
        actual   Miss { evicted: Some(3) }
    "#]],
    );
    check_shown(
        "eviction_sieve",
        "HandOnTheNewcomer",
        expect![[r#"
        let mut cache = Mine::new(NonZeroUsize::new(2).unwrap());
        cache.access(1);
        cache.access(1);
        cache.access(2);
        cache.access(3);
        cache.access(2);
        expected Miss { evicted: Some(1) }
        actual   Miss { evicted: Some(3) }
    "#]],
    );
    check_shown(
        "eviction_two_queue",
        "LooksTooLate",
        expect![[r#"
        let mut cache = Mine::new(NonZeroUsize::new(2).unwrap());
        cache.access(1);
        cache.access(2);
        cache.access(3);
        cache.access(1);
        cache.access(2);
        cache.access(1);
        cache.access(3);
        expected Miss { evicted: Some(2) }
        actual   Miss { evicted: Some(1) }
    "#]],
    );
    check_shown(
        "eviction_s3_fifo",
        "GhostsOfTheMainQueue",
        expect![[r#"
            let mut cache = Mine::new(NonZeroUsize::new(2).unwrap());
            cache.access(1);
            cache.access(1);
            cache.access(2);
            cache.access(1);
            cache.access(3);
            cache.access(2);
            cache.access(3);
            expected Miss { evicted: Some(2) }
            actual   Miss { evicted: Some(1) }
        "#]],
    );
    check_shown(
        "eviction_s3_fifo",
        "CountsWithoutLimit",
        expect![[r#"
            let mut cache = Mine::new(NonZeroUsize::new(2).unwrap());
            for key in [1, 2, 2, 2, 3, 2, 2, 4, 4, 4, 5, 3, 1, 5, 1] { cache.access(key); }
            cache.access(4);
            expected Miss { evicted: Some(2) }
            actual   Miss { evicted: Some(1) }
        "#]],
    );
}

#[test]
fn counterexamples_that_are_traces_are_cut_as_well() {
    check_shown(
        "eviction_belady",
        "NeverIsNow",
        expect![[r#"
        Mine::run(&[1, 2, 3, 2], NonZeroUsize::new(2).unwrap()).into_iter().map(Access::is_hit).collect::<Vec<_>>()
        expected [false, false, false, true]
        actual   [false, false, false, false]
    "#]],
    );
    check_shown(
        "eviction_belady",
        "LetsNewcomersPass",
        expect![[r#"
        Mine::run(&[1, 2], NonZeroUsize::new(1).unwrap())
        expected [Miss { evicted: None }, Miss { evicted: Some(1) }]
        actual   [Miss { evicted: None }, Miss { evicted: Some(2) }]
    "#]],
    );
    check_shown(
        "stack_distance",
        "CountsRequests",
        expect![[r#"
        Mine::distances(&[1, 2, 2, 1])
        expected [None, None, Some(1), Some(2)]
        actual   [None, None, Some(1), Some(3)]
    "#]],
    );
    check_shown(
        "stack_distance",
        "MissesAtCapacity",
        expect![[r#"
        Mine::misses(&[1, 1], 1)
        expected 1
        actual   2
    "#]],
    );
    check_shown(
        "hit_ratio_model",
        "MissesSkipTheCache",
        expect![[r#"
        Mine::mean(Duration::from_millis(1), Duration::from_millis(2), 0.2)
        expected 2.6ms
        actual   1.8ms
    "#]],
    );
    check_shown(
        "count_min_sketch",
        "SamePlaceInAllRows",
        expect![[r#"
        let mut sketch = Mine::new(NonZeroUsize::new(3).unwrap(), NonZeroUsize::new(4).unwrap());
        sketch.add(1);
        sketch.estimate(3);
        expected 0
        actual   1
    "#]],
    );
    check_shown(
        "belady_anomaly",
        "OnlyTheLargest",
        expect![[r#"
        Mine::anomalies(&[1, 2, 3, 4, 5, 1, 2, 6, 1, 2, 3, 4, 5, 6], 5)
        expected [4]
        actual   []
    "#]],
    );
}
