//! Putting two records of one exercise together, as JSON.
//!
//! On values rather than on [`Entry`](super::Entry), so that fields of a newer course,
//! which this one cannot name, follow the same rules and are never lost.

use std::cmp::Ordering;

use serde_json::{Map, Value};

/// Fields that start so are counts.
const COUNT: &str = "n_";
/// The count by which the later of two records is told.
const N_CHECKED: &str = "n_checked";

/// The better of two records: the greater number, and `true` where either says so.
/// What cannot be better or worse, such as a list, is the one's that was checked more
/// often.
///
/// It never lowers a number, and the order of the two makes no difference.
pub(crate) fn best(one: &Value, other: &Value) -> Value {
    let n_checked = |value: &Value| value.get(N_CHECKED).and_then(Value::as_u64).unwrap_or(0);
    unite(n_checked(one).cmp(&n_checked(other)), one, other)
}

/// The best of both; `age` says which of the two is the later.
fn unite(age: Ordering, one: &Value, other: &Value) -> Value {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let mut united = one.clone();
            for (name, value) in other {
                let value = match one.get(name) {
                    Some(one) => unite(age, one, value),
                    None => value.clone(),
                };
                united.insert(name.clone(), value);
            }
            Value::Object(united)
        }
        (Value::Number(_), Value::Number(_)) => greater(one, other).clone(),
        (Value::Bool(one), Value::Bool(other)) => Value::Bool(*one | *other),
        (Value::Null, value) | (value, Value::Null) => value.clone(),
        // Of the same age, the texts decide, so that the order of the two does not.
        (one, other) => match age.then_with(|| one.to_string().cmp(&other.to_string())) {
            Ordering::Less => other.clone(),
            _ => one.clone(),
        },
    }
}

fn greater<'a>(one: &'a Value, other: &'a Value) -> &'a Value {
    match (one.as_u64(), other.as_u64()) {
        (Some(a), Some(b)) if a >= b => one,
        (Some(_), Some(_)) => other,
        _ if one.as_f64() >= other.as_f64() => one,
        _ => other,
    }
}

/// Brings what changed from `before` to `after` into `file`, which others may have
/// changed meanwhile.
pub(crate) fn bring_in(
    file: &mut Map<String, Value>,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) {
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        if file.get(name) == before.get(name) {
            file.remove(name);
        }
    }
    for (name, now) in after {
        let was = before.get(name);
        if was == Some(now) {
            continue;
        }
        match (file.get_mut(name), was, now) {
            (Some(Value::Object(file)), was, Value::Object(now)) => {
                let was = was.and_then(Value::as_object).cloned().unwrap_or_default();
                bring_in(file, &was, now);
            }
            (Some(there), was, now) if Some(&*there) != was => {
                *there = both_changed(name, there, was, now);
            }
            _ => {
                file.insert(name.clone(), now.clone());
            }
        }
    }
}

/// The value of a field that two commands have changed at once.
fn both_changed(name: &str, there: &Value, was: Option<&Value>, now: &Value) -> Value {
    if name.starts_with(COUNT)
        && let (Some(there), Some(now)) = (there.as_u64(), now.as_u64())
    {
        let was = was.and_then(Value::as_u64).unwrap_or(0);
        return there.saturating_add(now.saturating_sub(was)).into();
    }
    unite(Ordering::Greater, now, there)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn entry() -> impl Strategy<Value = Value> {
        let failed = prop::collection::vec("[a-c]", 0..3);
        let hints = prop::collection::btree_map("[a-c]", 0_u32..4, 0..3);
        (0_u32..4, any::<bool>(), 0_u32..4, failed, hints).prop_map(
            |(points, solved, n_checked, failed, hints)| {
                json!({
                    "best_points": points, "solved": solved, "n_checked": n_checked,
                    "last_failed": failed, "hints_shown": hints,
                })
            },
        )
    }

    proptest! {
        #[test]
        fn the_better_of_two_records_is_no_worse_than_either(a in entry(), b in entry()) {
            let united = best(&a, &b);
            for one in [&a, &b] {
                prop_assert!(united["best_points"].as_u64() >= one["best_points"].as_u64());
                prop_assert!(united["solved"].as_bool() >= one["solved"].as_bool());
                prop_assert!(united["n_checked"].as_u64() >= one["n_checked"].as_u64());
                for (check, shown) in one["hints_shown"].as_object().expect("a map") {
                    prop_assert!(united["hints_shown"][check].as_u64() >= shown.as_u64());
                }
            }
        }

        #[test]
        fn the_order_makes_no_difference_and_twice_is_once(a in entry(), b in entry(), c in entry()) {
            prop_assert_eq!(best(&a, &b), best(&b, &a));
            prop_assert_eq!(&best(&a, &a), &a);
            prop_assert_eq!(best(&best(&a, &b), &b), best(&a, &b));
            prop_assert_eq!(best(&best(&a, &b), &c), best(&a, &best(&b, &c)));
        }
    }

    #[track_caller]
    fn check(file: Value, before: Value, after: Value, expected: Value) {
        let map = |value: Value| value.as_object().cloned().expect("a map");
        let mut file = map(file);
        bring_in(&mut file, &map(before), &map(after));
        assert_eq!(Value::Object(file), expected);
    }

    #[test]
    fn what_nobody_else_changed_is_taken_as_it_is() {
        check(
            json!({"last_failed": ["a"], "new": 7}),
            json!({"last_failed": ["a"], "hints": {"a": 1}}),
            json!({"last_failed": [], "hints": {"a": 1}}),
            json!({"last_failed": [], "new": 7}),
        );
    }

    #[test]
    fn counts_of_two_commands_add_up_and_the_better_result_stays() {
        check(
            json!({"n_checked": 3, "best_points": 9, "hints_shown": {"a": 2, "b": 1}}),
            json!({"n_checked": 2, "best_points": 1, "hints_shown": {"a": 1}}),
            json!({"n_checked": 3, "best_points": 4, "hints_shown": {"a": 1, "c": 1}}),
            json!({"n_checked": 4, "best_points": 9, "hints_shown": {"a": 2, "b": 1, "c": 1}}),
        );
    }

    #[test]
    fn a_field_that_went_is_removed_unless_another_command_changed_it() {
        check(
            json!({"a": 1, "b": 2}),
            json!({"a": 1, "b": 1}),
            json!({}),
            json!({"b": 2}),
        );
    }
}
