//! The progress file as JSON, before anything of it is understood.
//!
//! A newer course may have written fields and exercises that this one cannot name.
//! They stay where they are: a change touches the fields that it is about, and the
//! rest of the file is carried along.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::super::keeping::ids::Ids;
use super::Entry;
use super::salvage::salvage;
use super::values::best;

/// Goes up when a field changes its meaning. A new field is no reason: those who do
/// not know it carry it along. Files without a version are older than versions.
const VERSION: u64 = 1;

const EXERCISES: &str = "exercises";

/// A learner's progress, as kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Document(Map<String, Value>);

/// What is wrong with a text that should be a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Damage {
    /// In one line.
    pub(crate) what: String,
    /// What cannot be read, as far as it has a name.
    pub(crate) lost: Vec<String>,
}

impl Document {
    /// Reads a file's text, and tells what of it cannot be read.
    pub(crate) fn read(text: &[u8], ids: &Ids) -> (Self, Option<Damage>) {
        let salvaged = salvage(text);
        let mut damage = salvaged.damage.map(|error| Damage {
            lost: vec![behind(&salvaged.within, &error)],
            what: error.to_string(),
        });
        let (document, misfits) = Self::of(salvaged.value, ids);
        if !misfits.is_empty() {
            let damage = damage.get_or_insert_default();
            if damage.what.is_empty() {
                damage.what = "it holds what is no record of progress".to_owned();
            }
            damage.lost.extend(misfits);
        }
        (document, damage)
    }

    /// Takes a JSON value for a document; answers with the names of what does not fit,
    /// which is left out.
    pub(crate) fn of(value: Value, ids: &Ids) -> (Self, Vec<String>) {
        let mut root = match value {
            Value::Object(root) => root,
            Value::Null => return (Self::default(), Vec::new()),
            _ => {
                return (
                    Self::default(),
                    vec!["everything: it is no object".to_owned()],
                );
            }
        };
        let mut lost = Vec::new();
        match root.get_mut(EXERCISES) {
            Some(Value::Object(exercises)) => exercises.retain(|id, entry| {
                let known = ids.knows(ids.now(id));
                !known || keep_readable(id, entry, &mut lost)
            }),
            Some(_) => {
                root.remove(EXERCISES);
                lost.push("every exercise: the list of them is none".to_owned());
            }
            None => {}
        }
        (Self(root), lost)
    }

    /// The records by exercise id; also those that this course cannot read.
    pub(crate) fn exercises(&self) -> impl Iterator<Item = (&String, &Value)> {
        let exercises = self.0.get(EXERCISES).and_then(Value::as_object);
        exercises.into_iter().flatten()
    }

    /// The same, to be changed.
    pub(crate) fn exercises_mut(&mut self) -> &mut Map<String, Value> {
        let exercises = self
            .0
            .entry(EXERCISES)
            .or_insert_with(|| Value::Object(Map::new()));
        if !exercises.is_object() {
            *exercises = Value::Object(Map::new());
        }
        exercises.as_object_mut().expect("it was made one above")
    }

    /// The records that this course can read.
    pub(crate) fn entries(&self) -> BTreeMap<String, Entry> {
        let read =
            |(id, value): (&String, &Value)| Some((id.clone(), Entry::deserialize(value).ok()?));
        self.exercises().filter_map(read).collect()
    }

    /// Adds another learner's folder, or an earlier state of this one: the best of both.
    /// Answers with the ids whose record changed.
    pub(crate) fn unite(&mut self, other: &Self) -> Vec<String> {
        let mut changed = Vec::new();
        for (id, theirs) in other.exercises() {
            let exercises = self.exercises_mut();
            let united = match exercises.get(id) {
                Some(ours) => best(ours, theirs),
                None => theirs.clone(),
            };
            if exercises.get(id) != Some(&united) {
                exercises.insert(id.clone(), united);
                changed.push(id.clone());
            }
        }
        for (name, value) in &other.0 {
            if name != EXERCISES {
                self.0.entry(name).or_insert_with(|| value.clone());
            }
        }
        changed
    }

    /// Gives exercises that have a new id the record that they have under an old one.
    /// Answers with the new ids whose record changed.
    ///
    /// The old record stays, so that someone who goes back to an older course finds it.
    pub(crate) fn carry_over(&mut self, ids: &Ids) -> Vec<String> {
        let mut carried = Self::default();
        for (old, new) in ids.renamed() {
            let found = self.exercises().find(|(id, _)| *id == old);
            if let Some((_, record)) = found {
                let mut one = Self::default();
                one.exercises_mut().insert(new.clone(), record.clone());
                carried.unite(&one);
            }
        }
        match carried.exercises().next() {
            Some(_) => self.unite(&carried),
            None => Vec::new(),
        }
    }

    /// As written to the file.
    pub(crate) fn text(&self) -> Vec<u8> {
        let mut root = self.0.clone();
        let version = root.get("version").and_then(Value::as_u64).unwrap_or(0);
        root.insert("version".to_owned(), version.max(VERSION).into());
        let mut text = format!("{:#}", Value::Object(root)).into_bytes();
        text.push(b'\n');
        text
    }

    /// The document as a value, for an export.
    pub(crate) fn value(&self) -> Value {
        serde_json::from_slice(&self.text()).expect("it was JSON a moment ago")
    }
}

/// Takes out of a record what cannot be read; `false` if that is everything.
fn keep_readable(id: &str, record: &mut Value, lost: &mut Vec<String>) -> bool {
    let Value::Object(fields) = record else {
        lost.push(id.to_owned());
        return false;
    };
    fields.retain(|name, value| {
        // A record of this field alone: every other one has a default.
        let alone = Value::Object(Map::from_iter([(name.clone(), value.clone())]));
        let readable = Entry::deserialize(&alone).is_ok();
        if !readable {
            lost.push(format!("{id}: {name}"));
        }
        readable
    });
    true
}

/// What is lost where the text breaks off.
fn behind(within: &[String], error: &serde_json::Error) -> String {
    let place = format!(
        "what stood behind line {} column {}",
        error.line(),
        error.column()
    );
    match within {
        [root, id, field, ..] if root == EXERCISES => format!("{place}, from {id}: {field} on"),
        [root, id] if root == EXERCISES => format!("{place}, from the middle of {id} on"),
        _ => place,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ids() -> Ids {
        Ids::new([("ring", &["circle", "hoop"][..]), ("modulo", &[])])
    }

    fn document(exercises: Value) -> Document {
        let (document, lost) = Document::of(json!({"exercises": exercises}), &ids());
        assert!(lost.is_empty(), "{lost:?}");
        document
    }

    #[test]
    fn fields_and_exercises_of_a_newer_course_are_carried_along() {
        let text = json!({
            "version": 9, "streak": 4,
            "exercises": {"ring": {"best_points": 2, "stars": [1]}, "later": "of another kind"},
        });
        let (document, damage) = Document::read(text.to_string().as_bytes(), &ids());
        assert_eq!(damage, None);
        assert_eq!(document.value(), text);
        assert_eq!(document.entries().keys().collect::<Vec<_>>(), ["ring"]);
    }

    #[test]
    fn a_field_that_cannot_be_read_is_named_and_the_others_are_kept() {
        let text =
            r#"{"exercises": {"ring": {"best_points": "two", "solved": true}, "modulo": 7}}"#;
        let (document, damage) = Document::read(text.as_bytes(), &ids());
        let damage = damage.expect("it is damaged");
        assert_eq!(damage.lost, ["modulo", "ring: best_points"]);
        assert!(document.entries()["ring"].solved);
    }

    #[test]
    fn where_the_text_breaks_off_is_named() {
        let text = "{\"exercises\": {\"modulo\": {\"solved\": true},\n \"ring\": {\"solved\": true, \"best_po";
        let (document, damage) = Document::read(text.as_bytes(), &ids());
        assert!(document.entries()["ring"].solved && document.entries()["modulo"].solved);
        let damage = damage.expect("it is damaged");
        assert_eq!(
            damage.lost,
            ["what stood behind line 2 column 34, from the middle of ring on"]
        );
    }

    #[test]
    fn a_renamed_exercise_has_the_best_of_its_old_records_which_stay() {
        let mut document = document(json!({
            "circle": {"best_points": 3, "n_checked": 5}, "hoop": {"solved": true},
            "ring": {"best_points": 1, "n_checked": 1},
        }));
        assert_eq!(document.carry_over(&ids()), ["ring"]);
        let ring = document.entries()["ring"].clone();
        assert_eq!(
            (ring.best_points, ring.solved, ring.n_checked),
            (3, true, 5)
        );
        assert!(document.entries().contains_key("circle"));
        assert!(document.carry_over(&ids()).is_empty(), "a second time");
    }
}
