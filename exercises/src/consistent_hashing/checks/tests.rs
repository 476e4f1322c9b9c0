//! The graders are graded: references pass under many seeds, every named wrong
//! solution is rejected by the check that names its rule. That right solutions of
//! another shape pass is proven with `exercises/alternatives/`, by `cargo course dev check`.

use std::panic::{self, AssertUnwindSafe};

use expect_test::{Expect, expect};

use crate::catalog::Exercise;
use crate::consistent_hashing::exercises;
use crate::grade::{Check, Counterexample, Seed};

const SEEDS: std::ops::Range<Seed> = 0..20;

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
                assert_eq!(
                    check.run(seed),
                    Ok(()),
                    "{}: {}, seed {seed}",
                    exercise.id,
                    check.name
                );
            }
        }
    }
}

#[test]
fn every_wrong_solution_is_rejected_by_its_check_under_every_seed() {
    for exercise in exercises() {
        assert!(
            exercise.wrong.len() >= 5,
            "{} has few wrong solutions",
            exercise.id
        );
        for wrong in &exercise.wrong {
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

#[test]
fn every_check_has_a_wrong_solution_that_it_rejects() {
    for exercise in exercises() {
        for check in (exercise.checks)() {
            let named = exercise
                .wrong
                .iter()
                .any(|wrong| wrong.rejected_by == check.name);
            let passed_by_all = exercise
                .wrong
                .iter()
                .flat_map(|wrong| (wrong.checks)())
                .filter(|of| of.name == check.name)
                .all(|of| passes(&of, 0));
            assert!(
                named || !passed_by_all,
                "{}: nothing fails {}",
                exercise.id,
                check.name
            );
        }
    }
}

#[test]
fn checks_have_three_hints_and_names_of_their_own() {
    for exercise in exercises() {
        let checks = (exercise.checks)();
        assert!(
            (3..=6).contains(&checks.len()),
            "{} has {} checks",
            exercise.id,
            checks.len()
        );
        for (index, check) in checks.iter().enumerate() {
            assert!(
                check.hints.iter().all(|hint| !hint.is_empty()),
                "{}",
                check.name
            );
            assert!(
                checks[..index].iter().all(|other| other.name != check.name),
                "{}",
                check.name
            );
            assert!(
                check.rule.ends_with('.') && check.points > 0,
                "{}",
                check.name
            );
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
        "hash_ring",
        "NoWrapAround",
        expect![[r#"
            let mut ring = Mine::new(RingHash::LABELLED);
            ring.add("i@4");
            ring.owner(b"k@5");
            expected Some("i@4")
            actual   None
        "#]],
    );
    check_shown(
        "hash_ring",
        "StrictSuccessor",
        expect![[r#"
            let mut ring = Mine::new(RingHash::LABELLED);
            ring.add("q@2");
            ring.add("j@7");
            ring.owner(b"k@7");
            expected Some("j@7")
            actual   Some("q@2")
        "#]],
    );
    check_shown(
        "hash_ring",
        "Unsorted",
        expect![[r#"
            let mut ring = Mine::new(RingHash::LABELLED);
            ring.add("q@5");
            ring.add("j@2");
            ring.owner(b"k@0");
            expected Some("j@2")
            actual   Some("q@5")
        "#]],
    );
    check_shown(
        "hash_ring",
        "FirstComeWins",
        expect![[r#"
            let mut ring = Mine::new(RingHash::LABELLED);
            ring.add("f@4");
            ring.add("d@4");
            ring.owner(b"k@3");
            expected Some("d@4")
            actual   Some("f@4")
        "#]],
    );
}

#[test]
fn counterexamples_name_every_point_and_weight() {
    check_shown(
        "virtual_nodes",
        "IndexFromOne",
        expect![[r#"
            let mut ring = Mine::new(RingHash::LABELLED, NonZeroU32::new(2).unwrap());
            ring.add("l@0,10,16");
            ring.add("m@4,19,7");
            ring.owner(b"k@16");
            expected Some("m@4,19,7")
            actual   Some("l@0,10,16")
        "#]],
    );
    check_shown(
        "virtual_nodes",
        "SamePoint",
        expect![[r#"
            Mine::new(RingHash::XXH3, NonZeroU32::new(160).unwrap()), 10 servers ["cache-5800", "cache-1953", "cache-5073", "cache-7298", "Zürich-9011", "cache-8235", "cache-4147", "10.0.21.233:6379", "cache-4942", "cache-6546"], keys user:0 to user:3999
            expected no server holds more than 600 of the 4000 keys
            actual   `cache-4942` holds 1071
        "#]],
    );
    check_shown(
        "weighted_nodes",
        "OnlyGrows",
        expect![[r#"
            let mut ring = Mine::new(RingHash::LABELLED, NonZeroU32::new(2).unwrap());
            ring.add("a@43,49,44,0,40,14,2,16", 3);
            ring.add("c@23,24,12,9,29,30,7,48", 2);
            ring.set_weight("a@43,49,44,0,40,14,2,16", 1);
            ring.owner(b"k@14");
            expected Some("c@23,24,12,9,29,30,7,48")
            actual   Some("a@43,49,44,0,40,14,2,16")
        "#]],
    );
    check_shown(
        "replicas",
        "DedupsNeighbours",
        expect![[r#"
            let mut ring = Mine::new(RingHash::LABELLED, NonZeroU32::new(4).unwrap());
            ring.add("y@18,15,3,9");
            ring.add("b@10,11,25,28");
            ring.replicas(b"k@15", 3);
            expected ["y@18,15,3,9", "b@10,11,25,28"]
            actual   ["y@18,15,3,9", "b@10,11,25,28", "y@18,15,3,9"]
        "#]],
    );
}

#[test]
fn counterexamples_keep_what_a_failure_needs_and_no_more() {
    check_shown(
        "bounded_loads",
        "FloatCapacity",
        expect![[r#"
            let mut ring = Mine::new(RingHash::LABELLED, NonZeroU32::new(2).unwrap(), 10, &["d@26,1", "u@23,16", "a@24,20", "v@18,27", "c@25,6"]).unwrap();
            for n in 0..49 { ring.assign(format!("{n}@56").as_bytes()); }
            ring.assign(b"49@56");
            expected Ok("a@24,20")
            actual   Ok("d@26,1")
        "#]],
    );
    check_shown(
        "bounded_loads",
        "KeepsLoad",
        expect![[r#"
            let mut ring = Mine::new(RingHash::LABELLED, NonZeroU32::new(1).unwrap(), 100, &["w@4", "i@5"]).unwrap();
            ring.assign(b"k@6");
            ring.release(b"k@6");
            ring.load("w@4");
            expected Some(0)
            actual   Some(1)
        "#]],
    );
    check_shown(
        "modulo_placement",
        "Estimates",
        expect![[r#"
        Mine::moved(&[b"user:2828"], 1, 2)
        expected 1
        actual   0
    "#]],
    );
}
