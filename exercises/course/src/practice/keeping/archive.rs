//! The file that `cargo course export` writes and `import` reads.
//!
//! One JSON object, described in the book's page *Exercises*. Whoever imports it may
//! have it from anywhere, so every name in it is looked at before anything is done.

use std::collections::BTreeMap;

use anyhow::{Context, bail, ensure};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ids::is_id;
use super::stash::Stashed;

/// Tells the file from any other JSON.
pub(crate) const FORMAT: &str = "system-design-in-rust/work";

/// Goes up when an older course would misread the file. A new field is no reason.
const VERSION: u64 = 1;

/// A learner's work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Archive {
    format: String,
    version: u64,
    /// When it was made: RFC 3339, in UTC.
    pub(crate) exported_at: String,
    /// Version of the course that made it.
    pub(crate) course: String,
    /// As in `.course/progress.json`.
    pub(crate) progress: Value,
    /// The learner's own stubs, by exercise id.
    pub(crate) stubs: BTreeMap<String, Stub>,
    /// The stash, by name: `hash_ring-1`.
    pub(crate) stash: BTreeMap<String, String>,
}

/// A stub that the learner has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stub {
    /// The file's text.
    pub(crate) text: String,
    /// The text that the learner started from, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) base: Option<String>,
}

impl Archive {
    /// An archive of this version of the course.
    pub(crate) fn new(progress: Value, exported_at: String) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            exported_at,
            course: env!("CARGO_PKG_VERSION").to_owned(),
            progress,
            stubs: BTreeMap::new(),
            stash: BTreeMap::new(),
        }
    }

    /// Reads an archive, and looks at every name in it.
    ///
    /// # Errors
    ///
    /// When it is another file, newer, cut short, or names what no course names.
    pub(crate) fn read(text: &[u8]) -> anyhow::Result<Self> {
        let value: Value = serde_json::from_slice(text)
            .context("it is damaged, cut short, or no export at all; export it again")?;
        ensure!(
            value.get("format").and_then(Value::as_str) == Some(FORMAT),
            "it is no export of this course; give a file that `cargo course export` wrote"
        );
        match value.get("version").and_then(Value::as_u64) {
            Some(version) if version > VERSION => bail!(
                "a newer course wrote it (version {version} of the format, and this course reads \
                 {VERSION}); update the course with `git pull`, then import it"
            ),
            Some(_) => {}
            None => bail!("it has no version, so it is damaged; export it again"),
        }
        let archive: Self =
            serde_json::from_value(value).context("it is damaged; export it again")?;
        archive.check_names()?;
        Ok(archive)
    }

    fn check_names(&self) -> anyhow::Result<()> {
        let progress = self.progress.get("exercises").and_then(Value::as_object);
        let records = progress.into_iter().flatten().map(|(id, _)| id);
        let odd = records.chain(self.stubs.keys()).find(|id| !is_id(id));
        let odd = odd.or(self
            .stash
            .keys()
            .find(|name| Stashed::named(name).is_none_or(|stashed| stashed.name() != **name)));
        match odd {
            Some(name) => bail!(
                "it names {name:?}, which is no exercise's name; `cargo course export` does not \
                 write such a file, so do not trust it"
            ),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn archive() -> Value {
        json!({
            "format": FORMAT, "version": 1, "exported_at": "2026-01-31T09:30:00Z", "course": "0.1.0",
            "progress": {"version": 1, "exercises": {"hash_ring": {"best_points": 4}}},
            "stubs": {"hash_ring": {"text": "mine", "base": "fresh"}},
            "stash": {"hash_ring-1": "earlier"}, "of_a_later_course": [],
        })
    }

    #[track_caller]
    fn refuses(value: &Value, because: &str) {
        let error = Archive::read(value.to_string().as_bytes()).expect_err("it is refused");
        let error = format!("{error:#}");
        assert!(error.contains(because), "{error}");
    }

    #[test]
    fn the_documented_example_is_read_and_written_alike() {
        let page = include_str!("../../../../../book/src/exercises.md");
        let example = page
            .split("```json\n")
            .nth(1)
            .and_then(|rest| rest.split("```").next());
        let example = example.expect("the page has an example");
        let archive = Archive::read(example.as_bytes()).expect("it is an archive");
        let written = serde_json::to_value(&archive).expect("JSON");
        let documented: Value = serde_json::from_str(example).expect("JSON");
        assert_eq!(written, documented);
    }

    #[test]
    fn another_file_a_newer_one_and_half_of_one_are_told_apart() {
        Archive::read(archive().to_string().as_bytes()).expect("it is one");
        refuses(&json!({"exercises": {}}), "no export of this course");
        let mut newer = archive();
        newer["version"] = json!(2);
        refuses(&newer, "update the course");
        let text = archive().to_string();
        for length in 0..text.len() {
            assert!(
                Archive::read(&text.as_bytes()[..length]).is_err(),
                "{length}"
            );
        }
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_refused_wherever_it_stands() {
        for (at, entry) in [
            ("/stubs", json!({"../../x": {"text": ""}})),
            ("/stash", json!({"../../x-1": ""})),
            ("/stash", json!({"hash_ring": ""})),
            ("/progress/exercises", json!({"a/b": {}})),
        ] {
            let mut tricky = archive();
            *tricky.pointer_mut(at).expect("it is there") = entry;
            refuses(&tricky, "is no exercise's name");
        }
    }
}
