//! What the catalog knows of an exercise.

use crate::grade::Check;

/// An exercise: what it asks, where it belongs, and the solutions that prove its grader.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// Permanent snake_case id. It is also the name of the test target
    /// (`cargo test -p exercises --test ID`) and of the stub (`stubs/ID.rs`),
    /// so that a learner meets one name only.
    pub id: &'static str,
    /// Ids that it had in earlier releases: progress and stubs under them are carried over.
    pub formerly: &'static [&'static str],
    /// Title for people: `Hash ring`.
    pub title: &'static str,
    /// What the learner builds, in one sentence.
    pub summary: &'static str,
    /// Module of the topic in this crate: `consistent_hashing`. Its module `checks::ID`
    /// has the checks, as `all::<T>()`.
    pub topic: &'static str,
    /// Source of the book's page below `book/src/`, without `.md`: `28-consistent-hashing`.
    /// The notebook of the chapter has the same name below `notebooks/`.
    pub chapter: &'static str,
    /// Heading of that page which teaches what the exercise asks for, as links name it.
    pub section: &'static str,
    /// Source file of the reference implementation, from the repository's root.
    pub reference: &'static str,
    /// How long a learner who has read the chapter needs, in minutes.
    pub minutes: u32,
    /// Ids of the exercises to solve first.
    pub requires: &'static [&'static str],
    /// The checks, applied to the reference implementation.
    pub checks: fn() -> Vec<Check>,
    /// Wrong solutions that the checks must reject.
    pub wrong: Vec<Wrong>,
}

impl Exercise {
    /// Page and heading that explain a rule, else what the exercise asks for, below the
    /// root of the built book; empty while the chapter is [`super::UNWRITTEN`].
    pub fn book_page(&self, check: Option<&Check>) -> String {
        if super::UNWRITTEN.contains(&self.chapter) {
            return String::new();
        }
        let section = check
            .map(|check| check.section)
            .filter(|section| !section.is_empty())
            .unwrap_or(self.section);
        format!("{}.html#{section}", self.chapter)
    }

    /// What all its checks are worth.
    pub fn points(&self) -> u32 {
        (self.checks)().iter().map(|check| check.points).sum()
    }
}

/// A wrong solution that people really write, and the check that must reject it.
#[derive(Debug, Clone, Copy)]
pub struct Wrong {
    /// Name of the type in the topic's `wrong` module.
    pub name: &'static str,
    /// What is wrong with it, as a diagnosis to show to a learner.
    pub diagnosis: &'static str,
    /// Name of the check whose rule it breaks.
    pub rejected_by: &'static str,
    /// The checks, applied to it.
    pub checks: fn() -> Vec<Check>,
}
