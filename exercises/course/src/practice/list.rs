//! `cargo course list`: what there is to do, and what is done.

use std::collections::BTreeMap;
use std::process::ExitCode;

use exercises::catalog::{self, Exercise};

use super::chapters;
use super::progress::Progress;
use super::standing::{self, Standing, State};
use super::workspace::Workspace;

/// What to list.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only the exercises of this chapter: its number, or a part of its name.
    #[arg(long, value_name = "CHAPTER")]
    chapter: Option<String>,
    /// Only exercises in this state; several, separated by commas, select any of them.
    #[arg(long, value_name = "STATE", value_delimiter = ',')]
    state: Vec<State>,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut exercises = match &arguments.chapter {
        Some(chapter) => chapters::exercises(chapter)?,
        None => catalog::all(),
    };
    let progress = Progress::load(workspace)?;
    if !arguments.state.is_empty() {
        exercises.retain(|exercise| {
            let standing = Standing::of(workspace, &progress, exercise);
            arguments.state.contains(&standing.state())
        });
    }
    print!("{}", text(workspace, &progress, &exercises));
    match standing::next(&progress, &catalog::all()) {
        Some(next) => println!("\nnext: {}, with `cargo course learn`", next.id),
        None => println!("\nevery exercise of the course is done"),
    }
    Ok(ExitCode::SUCCESS)
}

/// The table, and a line of totals.
pub(crate) fn text(workspace: &Workspace, progress: &Progress, exercises: &[Exercise]) -> String {
    let rows: Vec<Row> = exercises
        .iter()
        .map(|exercise| Row {
            exercise,
            standing: Standing::of(workspace, progress, exercise),
            best_points: progress.of(exercise.id).best_points,
            solution_seen: progress.of(exercise.id).solution_seen,
        })
        .collect();
    let mut text = String::new();
    if !rows.is_empty() {
        let head = ["chapter", "exercise", "title", "state", "points", "minutes"];
        text += &table(head, &rows.iter().map(Row::cells).collect::<Vec<_>>());
        text.push('\n');
    }
    text + &totals(&rows)
}

/// A line of the table.
struct Row<'a> {
    exercise: &'a Exercise,
    standing: Standing,
    best_points: u32,
    solution_seen: bool,
}

impl Row<'_> {
    fn cells(&self) -> [String; 6] {
        let Exercise {
            chapter,
            id,
            title,
            minutes,
            ..
        } = self.exercise;
        [
            (*chapter).to_owned(),
            (*id).to_owned(),
            (*title).to_owned(),
            match self.solution_seen {
                true => format!("{}, solution seen", self.standing),
                false => self.standing.to_string(),
            },
            format!("{} of {}", self.best_points, self.exercise.points()),
            minutes.to_string(),
        ]
    }

    fn is_done(&self) -> bool {
        matches!(self.standing, Standing::Solved | Standing::TestedOut)
    }
}

/// How many there are in each state, their points, and how long the rest takes.
fn totals(rows: &[Row<'_>]) -> String {
    let mut counts: BTreeMap<State, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.standing.state()).or_default() += 1;
    }
    let counts: Vec<String> = counts
        .into_iter()
        .map(|(state, n)| format!("{n} {state}"))
        .collect();
    let best: u32 = rows.iter().map(|row| row.best_points).sum();
    let of: u32 = rows.iter().map(|row| row.exercise.points()).sum();
    let left: u32 = rows
        .iter()
        .filter(|row| !row.is_done())
        .map(|row| row.exercise.minutes)
        .sum();
    match rows.len() {
        0 => "no exercise is like that; `cargo course list` shows them all\n".to_owned(),
        n => format!(
            "{n} {}: {}; {best} of {of} points; {left} minutes left\n",
            if n == 1 { "exercise" } else { "exercises" },
            counts.join(", ")
        ),
    }
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
    use expect_test::{Expect, expect};

    use super::super::progress::Entry;
    use super::*;

    /// The list of a learner who has these entries and has no files.
    #[track_caller]
    fn check(entries: &[(&str, Entry)], of: &[&str], expected: Expect) {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let mut progress = Progress::default();
        for (id, entry) in entries {
            *progress.exercises.entry((*id).to_owned()).or_default() = entry.clone();
        }
        let mut exercises = catalog::all();
        exercises.retain(|exercise| of.contains(&exercise.id));
        expected.assert_eq(&text(&Workspace::at(folder.path()), &progress, &exercises));
    }

    #[test]
    fn the_totals_count_states_points_and_the_minutes_that_are_left() {
        let solved = Entry {
            solved: true,
            best_points: 10,
            n_checked: 2,
            ..Entry::default()
        };
        let tested_out = Entry {
            tested_out: true,
            ..Entry::default()
        };
        let entries = [("modulo_placement", tested_out), ("hash_ring", solved)];
        let of = ["modulo_placement", "hash_ring", "virtual_nodes", "replicas"];
        check(
            &entries,
            &of,
            expect![[r#"
                chapter                exercise          title             state                points    minutes
                28-consistent-hashing  modulo_placement  Modulo placement  tested out           0 of 6    10
                28-consistent-hashing  hash_ring         Hash ring         solved               10 of 10  25
                28-consistent-hashing  virtual_nodes     Virtual nodes     new                  0 of 10   20
                28-consistent-hashing  replicas          Replicas          after virtual_nodes  0 of 11   15

                4 exercises: 1 new, 1 solved, 1 tested out, 1 locked; 10 of 37 points; 35 minutes left
            "#]],
        );
    }

    #[test]
    fn a_selection_without_an_exercise_says_so() {
        check(
            &[],
            &[],
            expect![[r#"
                no exercise is like that; `cargo course list` shows them all
            "#]],
        );
    }
}
