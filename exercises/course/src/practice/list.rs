//! `cargo course list`: what there is to do, and what is done.

use std::collections::BTreeSet;
use std::process::ExitCode;

use anyhow::bail;
use exercises::catalog::{self, Exercise};

use super::keeping::stubs;
use super::names;
use super::progress::Progress;
use super::workspace::Workspace;

/// What to list.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only the exercises of this chapter: its number, or a part of its name.
    #[arg(long, value_name = "CHAPTER")]
    chapter: Option<String>,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let exercises = wanted(arguments.chapter.as_deref())?;
    let progress = Progress::load(workspace)?;
    let rows: Vec<[String; 6]> = exercises
        .iter()
        .map(|exercise| row(workspace, &progress, exercise))
        .collect();
    print!(
        "{}",
        table(
            ["chapter", "exercise", "title", "state", "points", "minutes"],
            &rows
        )
    );
    match exercises
        .iter()
        .find(|exercise| !progress.of(exercise.id).solved)
    {
        Some(next) => println!(
            "\nnext: edit {}, then run `cargo course check {}`",
            workspace.stub_name(next.id),
            next.id
        ),
        None => println!("\nall of them are solved"),
    }
    Ok(ExitCode::SUCCESS)
}

fn wanted(chapter: Option<&str>) -> anyhow::Result<Vec<Exercise>> {
    let all = catalog::all();
    let Some(asked) = chapter else { return Ok(all) };
    let chapters: BTreeSet<&str> = all.iter().map(|exercise| exercise.chapter).collect();
    let found: Vec<Exercise> = all
        .into_iter()
        .filter(|exercise| is_chapter(exercise.chapter, asked))
        .collect();
    if found.is_empty() {
        bail!(
            "{}",
            names::unknown(
                "chapter with exercises",
                asked,
                &Vec::from_iter(chapters),
                "cargo course list"
            )
        );
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

fn row(workspace: &Workspace, progress: &Progress, exercise: &Exercise) -> [String; 6] {
    let entry = progress.of(exercise.id);
    let of: u32 = (exercise.checks)().iter().map(|check| check.points).sum();
    let untouched = !stubs::is_own_work(workspace, exercise.id);
    let open: Vec<&str> = exercise
        .requires
        .iter()
        .copied()
        .filter(|id| !progress.of(id).solved)
        .collect();
    let state = if entry.solved {
        "solved".to_owned()
    } else if entry.n_checked > 0 || !untouched {
        "begun".to_owned()
    } else if open.is_empty() {
        "new".to_owned()
    } else {
        format!("after {}", open.join(", "))
    };
    let state = match entry.solution_seen {
        true => format!("{state}, solution seen"),
        false => state,
    };
    [
        exercise.chapter.to_owned(),
        exercise.id.to_owned(),
        exercise.title.to_owned(),
        state,
        format!("{} of {of}", entry.best_points),
        exercise.minutes.to_string(),
    ]
}

/// Columns as wide as their widest cell, separated by two spaces.
fn table(head: [&str; 6], rows: &[[String; 6]]) -> String {
    let head = head.map(str::to_owned);
    let all: Vec<&[String; 6]> = std::iter::once(&head).chain(rows).collect();
    let widths: [usize; 6] = std::array::from_fn(|column| {
        all.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    });
    let mut text = String::new();
    for row in all {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        text += cells.join("  ").trim_end();
        text.push('\n');
    }
    text
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
}
