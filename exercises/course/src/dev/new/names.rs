//! The names that an exercise goes by, in all the shapes that its files need.

use anyhow::{bail, ensure};
use exercises::catalog::Exercise;

use super::Arguments;
use crate::dev::catalog::is_name;

/// The names of a new exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    /// `running_maximum`.
    pub(super) id: String,
    /// `RunningMaximum`.
    pub(super) type_name: String,
    /// `Running maximum`.
    pub(super) title: String,
    /// Module of the topic.
    pub(super) topic: String,
    /// Page of the book.
    pub(super) chapter: String,
    /// Whether the topic is there already.
    pub(super) topic_exists: bool,
}

impl Names {
    /// Names that are free, and have the right form.
    ///
    /// # Errors
    ///
    /// When they are not.
    pub(super) fn new(arguments: &Arguments, all: &[Exercise]) -> anyhow::Result<Self> {
        let Arguments {
            topic,
            exercise: id,
            chapter,
        } = arguments;
        for name in [topic, id] {
            ensure!(
                is_name(name, '_') && !name.starts_with(|c: char| c.is_ascii_digit()),
                "`{name}` is not snake_case: lower-case letters and digits, joined by `_`"
            );
        }
        let is_taken =
            |exercise: &Exercise| exercise.id == id || exercise.formerly.contains(&id.as_str());
        if let Some(taken) = all.iter().find(|exercise| is_taken(exercise)) {
            bail!(
                "`{id}` is, or was, the id of *{}*; progress is kept by id, so choose another",
                taken.title
            );
        }
        let topics = all.iter().find(|exercise| exercise.topic == topic);
        let chapter = match (topics, chapter) {
            (Some(sibling), None) => sibling.chapter.to_owned(),
            (_, Some(chapter)) => chapter.clone(),
            (None, None) => bail!(
                "`{topic}` would be a new topic; name its page with `--chapter NN-name`, \
                 or choose one of: {}",
                topics_of(all).join(", ")
            ),
        };
        Ok(Self {
            type_name: id.split('_').map(capitalised).collect(),
            title: capitalised(&id.replace('_', " ")),
            id: id.clone(),
            topic: topic.clone(),
            chapter,
            topic_exists: topics.is_some(),
        })
    }

    /// A template with these names in the places of their marks.
    pub(super) fn fill(&self, template: &str) -> String {
        // First, because braces of Rust may surround it.
        template
            .replace("{{Type}}", &self.type_name)
            .replace("{{id}}", &self.id)
            .replace("{{title}}", &self.title)
            .replace("{{topic}}", &self.topic)
            .replace("{{chapter}}", &self.chapter)
    }
}

fn topics_of(all: &[Exercise]) -> Vec<&str> {
    let mut topics: Vec<&str> = all.iter().map(|exercise| exercise.topic).collect();
    topics.dedup();
    topics
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use exercises::catalog;

    use super::*;

    fn names(topic: &str, id: &str, chapter: Option<&str>) -> Result<Names, String> {
        let arguments = Arguments {
            topic: topic.to_owned(),
            exercise: id.to_owned(),
            chapter: chapter.map(str::to_owned),
        };
        Names::new(&arguments, &catalog::all()).map_err(|error| error.to_string())
    }

    #[test]
    fn all_names_come_from_the_id_and_the_topic() {
        let names = names("consistent_hashing", "maglev_2_table", None).expect("free");
        assert_eq!(names.type_name, "Maglev2Table");
        assert_eq!(names.title, "Maglev 2 table");
        assert_eq!(names.chapter, "28-consistent-hashing");
        assert!(names.topic_exists);
        let filled = names.fill("use exercises::{{topic}}::{{{Type}}, checks};");
        assert_eq!(
            filled,
            "use exercises::consistent_hashing::{Maglev2Table, checks};"
        );
    }

    #[test]
    fn a_name_that_is_taken_or_misshapen_is_refused_with_the_reason() {
        let error = |topic, id, chapter| names(topic, id, chapter).expect_err("refused");
        assert!(error("consistent_hashing", "hash_ring", None).contains("*Hash ring*"));
        assert!(error("consistent_hashing", "Maglev", None).contains("snake_case"));
        assert!(error("caching", "lru", None).contains("--chapter"));
        assert!(names("caching", "lru", Some("26-eviction")).is_ok_and(|new| !new.topic_exists));
    }
}
