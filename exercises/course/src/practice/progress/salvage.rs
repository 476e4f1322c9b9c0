//! Reads what can be read of a damaged JSON file.
//!
//! A file that was cut short, or overwritten from some byte on, is sound up to there.
//! The parser is serde_json's own: the values are taken down as it meets them, instead
//! of at the end.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Salvage {
    /// All that stands before the damage.
    pub(crate) value: Value,
    /// What is wrong, and at which line; none for a sound file.
    pub(crate) damage: Option<serde_json::Error>,
    /// The names of the fields in which the damage begins, outermost first.
    pub(crate) within: Vec<String>,
}

/// Reads JSON as far as it goes.
pub(crate) fn salvage(text: &[u8]) -> Salvage {
    let mut salvage = Salvage::default();
    let mut parser = serde_json::Deserializer::from_slice(text);
    let seed = Into {
        place: &mut salvage.value,
        within: &mut salvage.within,
    };
    let outcome = seed.deserialize(&mut parser).and_then(|()| parser.end());
    salvage.damage = outcome.err();
    salvage
}

/// Where the parser puts a value, piece by piece.
struct Into<'a> {
    place: &'a mut Value,
    within: &'a mut Vec<String>,
}

impl<'de> DeserializeSeed<'de> for Into<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Into<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        *self.place = value.into();
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        *self.place = value.into();
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        *self.place = value.into();
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        *self.place = value.into();
        Ok(())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        *self.place = value.into();
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut values = Vec::new();
        loop {
            let mut value = Value::Null;
            let seed = Into {
                place: &mut value,
                within: self.within,
            };
            if list.next_element_seed(seed)?.is_none() {
                break;
            }
            values.push(value);
        }
        // Half a list would pass for a whole one, so it is put down when complete.
        *self.place = Value::Array(values);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        *self.place = Value::Object(Map::new());
        let Value::Object(fields) = self.place else {
            return Ok(());
        };
        let mut last: Option<String> = None;
        loop {
            let name = match map.next_key::<String>() {
                Ok(Some(name)) => name,
                Ok(None) => return Ok(()),
                Err(error) => {
                    // `12` may be what is left of `125`.
                    if let Some(name) = last
                        && fields.get(&name).is_some_and(Value::is_number)
                    {
                        fields.remove(&name);
                        self.within.push(name);
                    }
                    return Err(error);
                }
            };
            let mut value = Value::Null;
            self.within.push(name.clone());
            let seed = Into {
                place: &mut value,
                within: self.within,
            };
            let outcome = map.next_value_seed(seed);
            // What an object holds so far is kept; a null is a value that never came.
            if outcome.is_ok() || !value.is_null() {
                fields.insert(name.clone(), value);
            }
            outcome?;
            self.within.pop();
            last = Some(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const WHOLE: &str = r#"{"version": 1, "exercises": {"a": {"points": 12, "failed": ["x"]}, "b": {"points": 3}}}"#;

    #[track_caller]
    fn check(text: &str, value: Value, within: &[&str]) {
        let salvage = salvage(text.as_bytes());
        assert_eq!(salvage.value, value, "{text}");
        assert_eq!(salvage.within, within, "{text}");
        assert!(salvage.damage.is_some(), "{text}");
    }

    #[test]
    fn a_sound_file_is_read_whole() {
        let salvage = salvage(WHOLE.as_bytes());
        assert!(salvage.damage.is_none());
        assert_eq!(
            salvage.value,
            serde_json::from_str::<Value>(WHOLE).expect("JSON")
        );
    }

    #[test]
    fn what_stands_before_the_cut_is_read() {
        check(
            r#"{"version": 1, "exercises": {"a": {"points": 12, "failed": ["x"]}, "b": {"points"#,
            json!({"version": 1, "exercises": {"a": {"points": 12, "failed": ["x"]}, "b": {}}}),
            &["exercises", "b"],
        );
        check(
            r#"{"a": {"failed": ["x", "#,
            json!({"a": {}}),
            &["a", "failed"],
        );
        check("", Value::Null, &[]);
    }

    #[test]
    fn a_number_at_the_cut_is_not_believed() {
        check(r#"{"a": {"points": 12"#, json!({"a": {}}), &["a", "points"]);
    }

    #[test]
    fn a_cut_at_any_byte_invents_nothing() {
        let whole: Value = serde_json::from_str(WHOLE).expect("JSON");
        for length in 0..WHOLE.len() {
            let found = salvage(&WHOLE.as_bytes()[..length]);
            assert!(found.damage.is_some(), "{length}");
            assert!(is_part(&found.value, &whole), "{length}: {}", found.value);
        }
    }

    fn is_part(part: &Value, whole: &Value) -> bool {
        match (part, whole) {
            (Value::Null, _) => true,
            (Value::Object(part), Value::Object(whole)) => part
                .iter()
                .all(|(name, value)| whole.get(name).is_some_and(|whole| is_part(value, whole))),
            _ => part == whole,
        }
    }
}
