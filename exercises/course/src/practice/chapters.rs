//! Finding the chapter that a learner means, and which of its exercises are its last.

use std::collections::BTreeSet;

use anyhow::bail;
use exercises::catalog::{self, Exercise};

use super::names;

/// The exercises of the chapters that are meant, in the catalog's order.
///
/// # Errors
///
/// When there is no such chapter, with the nearest names.
pub(crate) fn exercises(asked: &str) -> anyhow::Result<Vec<Exercise>> {
    let mut all = catalog::all();
    let chapters: BTreeSet<&str> = all.iter().map(|exercise| exercise.chapter).collect();
    all.retain(|exercise| is_chapter(exercise.chapter, asked));
    if all.is_empty() {
        let known = Vec::from_iter(chapters);
        let kind = "chapter with exercises";
        bail!(
            "{}",
            names::unknown(kind, asked, &known, "cargo course list")
        );
    }
    Ok(all)
}

/// The exercises of the one chapter that is meant.
///
/// # Errors
///
/// When there is no such chapter, or several are meant.
pub(crate) fn exercises_of_one(asked: &str) -> anyhow::Result<Vec<Exercise>> {
    let found = exercises(asked)?;
    let chapters: BTreeSet<&str> = found.iter().map(|exercise| exercise.chapter).collect();
    if chapters.len() > 1 {
        let all = Vec::from_iter(chapters).join(", ");
        bail!("`{asked}` may be any of {all}; name one of them by its number");
    }
    Ok(found)
}

/// Whether `28-consistent-hashing` is meant by `28`, `hashing` or the whole of it.
/// A number must be the chapter's number: `8` is not chapter 28.
fn is_chapter(chapter: &str, asked: &str) -> bool {
    match asked.parse::<u32>() {
        Ok(number) => chapter
            .split('-')
            .next()
            .is_some_and(|prefix| prefix.parse() == Ok(number)),
        Err(_) => chapter.contains(&asked.to_lowercase().replace([' ', '_'], "-")),
    }
}

/// The exercises that no other one of these requires.
pub(crate) fn last(exercises: &[Exercise]) -> Vec<&Exercise> {
    let is_required = |id| exercises.iter().any(|other| other.requires.contains(&id));
    exercises
        .iter()
        .filter(|exercise| !is_required(exercise.id))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_is_found_by_number_word_and_name() {
        for asked in [
            "28",
            "028",
            "hashing",
            "Consistent hashing",
            "28-consistent-hashing",
        ] {
            assert!(is_chapter("28-consistent-hashing", asked), "{asked}");
        }
        for asked in ["8", "2", "29", "caching"] {
            assert!(!is_chapter("28-consistent-hashing", asked), "{asked}");
        }
    }

    #[test]
    fn the_last_exercises_are_those_that_nothing_builds_on() {
        let exercises = exercises_of_one("28").expect("there is a chapter 28");
        let ids: Vec<&str> = last(&exercises).iter().map(|it| it.id).collect();
        assert_eq!(
            ids,
            [
                "weighted_nodes",
                "rack_replicas",
                "bounded_loads",
                "rendezvous",
                "jump_hash",
                "maglev_table",
                "multi_probe",
            ]
        );
    }

    #[test]
    fn an_unknown_chapter_is_answered_with_the_near_ones() {
        let error = exercises("29-consistent-hashing").expect_err("there is none");
        assert!(
            error
                .to_string()
                .contains("did you mean 28-consistent-hashing"),
            "{error}"
        );
    }
}
