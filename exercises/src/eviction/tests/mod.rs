//! Every policy against a slow and obvious model, step by step: hits, who went, and what is held.

mod exact;
mod ghost_models;
mod model;
mod models;
mod scenarios;

use std::num::NonZeroUsize;

use proptest::prelude::*;

use super::kit::FastHash;
use super::{
    Arc, Cache, Clock, Fetched, Fifo, Insertion, Lfu, Lifo, Lru, Mru, Random, Replacer, S3Fifo,
    Sieve, TinyLfu, TwoQueue,
};
use model::Model;

/// What is done to a cache. The keys are few, so that they meet again.
#[derive(Debug, Clone, Copy)]
enum Step {
    Fetch(u64),
    Get(u64),
    Insert(u64, u32),
    Peek(u64),
    Remove(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let key = || 0..14_u64;
    let step = prop_oneof![
        6 => key().prop_map(Step::Fetch),
        2 => key().prop_map(Step::Get),
        2 => (key(), any::<u32>()).prop_map(|(key, value)| Step::Insert(key, value)),
        1 => key().prop_map(Step::Peek),
        1 => key().prop_map(Step::Remove),
    ];
    prop::collection::vec(step, 1..150)
}

/// The value of a key that comes in by being fetched.
fn made(key: u64) -> u32 {
    key as u32 + 1000
}

/// Plays the steps on a cache and a model, which must agree on everything.
fn check<R: Replacer>(
    capacity: usize,
    steps: &[Step],
    mut model: impl Model,
) -> Result<(), TestCaseError> {
    let capacity = NonZeroUsize::new(capacity).expect("there is room");
    let mut cache = Cache::<R, u64, u32, FastHash>::new(capacity);
    let mut values = std::collections::BTreeMap::new();
    for step in steps {
        match *step {
            Step::Fetch(key) => {
                let (hit, value, evicted) = match cache.get_or_insert_with(key, || made(key)) {
                    Fetched::Hit(value) => (true, *value, None),
                    Fetched::Miss { value, evicted } => (false, *value, evicted),
                };
                prop_assert_eq!(hit, values.contains_key(&key), "{:?}", step);
                if hit {
                    model.used(key);
                } else {
                    let gone = admit(&mut model, &mut values, capacity, key, made(key));
                    prop_assert_eq!(evicted, gone, "{:?}", step);
                }
                prop_assert_eq!(value, values[&key]);
            }
            Step::Get(key) => {
                let found = cache.get(&key).map(|value| *value);
                prop_assert_eq!(found, values.get(&key).copied(), "{:?}", step);
                if found.is_some() {
                    model.used(key);
                }
            }
            Step::Insert(key, value) => {
                let expected = insert(&mut model, &mut values, capacity, key, value);
                prop_assert_eq!(cache.insert(key, value), expected, "{:?}", step);
            }
            Step::Peek(key) => {
                prop_assert_eq!(cache.peek(&key), values.get(&key));
            }
            Step::Remove(key) => {
                let removed = values.remove(&key);
                if removed.is_some() {
                    model.remove(key);
                }
                prop_assert_eq!(cache.remove(&key), removed, "{:?}", step);
            }
        }
        cache.validate();
        let held: std::collections::BTreeMap<u64, u32> =
            cache.iter().map(|(key, value)| (*key, *value)).collect();
        prop_assert_eq!(&held, &values, "{:?}", step);
    }
    Ok(())
}

/// What an insertion must answer.
fn insert(
    model: &mut impl Model,
    values: &mut std::collections::BTreeMap<u64, u32>,
    capacity: NonZeroUsize,
    key: u64,
    value: u32,
) -> Insertion<u64, u32> {
    if let Some(held) = values.get_mut(&key) {
        model.used(key);
        let value = std::mem::replace(held, value);
        return Insertion::Replaced { value };
    }
    match admit(model, values, capacity, key, value) {
        Some((key, value)) => Insertion::Evicted { key, value },
        None => Insertion::Added,
    }
}

/// Lets the model choose who goes, and keeps the values in step.
fn admit(
    model: &mut impl Model,
    values: &mut std::collections::BTreeMap<u64, u32>,
    capacity: NonZeroUsize,
    key: u64,
    value: u32,
) -> Option<(u64, u32)> {
    let gone = model.admit(key, values.len() == capacity.get());
    let evicted = gone.and_then(|gone| values.remove_entry(&gone));
    values.insert(key, value);
    evicted
}

macro_rules! agrees_with_its_model {
    ($($name:ident: $replacer:ty, $model:expr;)*) => {
        proptest! {
            $(
                #[test]
                fn $name(capacity in 1..9_usize, steps in steps()) {
                    check::<$replacer>(capacity, &steps, $model(capacity))?;
                }
            )*
        }
    };
}

agrees_with_its_model! {
    fifo_agrees_with_its_model: Fifo, models::Queue::fifo;
    lifo_agrees_with_its_model: Lifo, models::Queue::lifo;
    lru_agrees_with_its_model: Lru, models::Queue::lru;
    mru_agrees_with_its_model: Mru, models::Queue::mru;
    lfu_agrees_with_its_model: Lfu, models::Counts::new;
    clock_agrees_with_its_model: Clock, models::Frames::new;
    sieve_agrees_with_its_model: Sieve, models::Sieve::new;
    two_queue_agrees_with_its_model: TwoQueue, ghost_models::TwoQueue::new;
    s3_fifo_agrees_with_its_model: S3Fifo, ghost_models::S3Fifo::new;
    arc_agrees_with_its_model: Arc, ghost_models::Arc::new;
    tiny_lfu_agrees_with_its_model: TinyLfu, ghost_models::TinyLfu::new;
    random_agrees_with_its_model: Random, models::Places::new;
}

#[test]
fn random_replacement_chooses_every_slot_alike() {
    let capacity = NonZeroUsize::new(8).expect("8 is not 0");
    let mut random = Random::seeded(capacity, 1);
    let mut chosen = [0_u32; 8];
    let n = 80_000;
    for _ in 0..n {
        chosen[random.admit(0, None) as usize] += 1;
    }
    // Binomial: four standard errors of sqrt(n p (1 - p)) = 93.5 are 374.
    for (slot, times) in chosen.iter().enumerate() {
        assert!(
            times.abs_diff(n / 8) < 374,
            "slot {slot} was chosen {times} times"
        );
    }
}

#[test]
fn keys_of_any_type_are_found_by_what_they_borrow_as() {
    let two = NonZeroUsize::new(2).expect("2 is not 0");
    let mut cache = Cache::<Lru, String, Vec<u8>>::new(two);
    cache.insert("a".to_owned(), vec![1]);
    cache.get("a").expect("it was put in").push(2);
    assert_eq!(cache.peek("a"), Some(&vec![1, 2]));
    assert_eq!(cache.remove("a"), Some(vec![1, 2]));
    assert!(cache.is_empty());
    cache.validate();
}
