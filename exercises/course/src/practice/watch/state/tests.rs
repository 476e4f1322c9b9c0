//! Events in, actions and state out.

use super::super::verdict::tests::{broken, solved};
use super::*;

fn card(id: &str, requires: &[&str]) -> Card {
    Card {
        id: id.to_owned(),
        title: id.to_uppercase(),
        chapter: "28-consistent-hashing".to_owned(),
        minutes: 10,
        file: format!("stubs/{id}.rs"),
        requires: requires.iter().map(|&id| id.to_owned()).collect(),
        is_done: false,
    }
}

/// `a`, and `b` and `c` after it; `a` is watched and being graded.
fn begun() -> Core {
    let cards = vec![card("a", &[]), card("b", &["a"]), card("c", &["a"])];
    let mut core = Core::new(cards, 0);
    assert_eq!(core.handle(Event::Saved), [grade(1, "a")]);
    core
}

fn grade(run: u64, id: &str) -> Action {
    Action::Grade {
        run,
        id: id.to_owned(),
    }
}

fn typed(core: &mut Core, text: &str) -> Vec<Action> {
    core.handle(Event::Typed(text.to_owned()))
}

fn judged(core: &mut Core, run: u64, verdict: Verdict) -> Vec<Action> {
    core.handle(Event::Judged { run, verdict })
}

#[track_caller]
fn says(actions: &[Action], text: &str) {
    assert!(
        matches!(actions, [Action::Say(said), ..] if said.contains(text)),
        "{actions:?}"
    );
}

#[test]
fn a_save_is_graded_and_its_verdict_shown() {
    let mut core = begun();
    assert!(core.is_checking());
    assert_eq!(judged(&mut core, 1, broken()), [Action::Show]);
    assert!(!core.is_checking());
    assert_eq!(core.verdict(), Some(&broken()));
    assert_eq!(core.handle(Event::Saved), [grade(2, "a")]);
    assert_eq!(core.verdict(), Some(&broken()), "it stays until the next");
}

#[test]
fn a_save_does_not_wait_for_the_run_before_it() {
    let mut core = begun();
    assert_eq!(core.handle(Event::Saved), [grade(2, "a")]);
    assert_eq!(judged(&mut core, 2, broken()), [Action::Show]);
    assert!(!core.awaits(1));
    assert_eq!(judged(&mut core, 1, solved()), []);
    assert_eq!(core.verdict(), Some(&broken()));
    assert_eq!(core.done(), (0, 3), "what was overtaken does not count");
}

#[test]
fn saves_beyond_two_runs_become_one_run_more() {
    let mut core = begun();
    assert_eq!(core.handle(Event::Saved), [grade(2, "a")]);
    assert_eq!(core.handle(Event::Saved), []);
    assert_eq!(core.handle(Event::Saved), []);
    assert_eq!(judged(&mut core, 1, broken()), [grade(3, "a")]);
    assert_eq!(judged(&mut core, 2, broken()), []);
    assert!(core.is_checking());
    assert_eq!(judged(&mut core, 3, solved()), [Action::Show]);
    assert_eq!(core.done(), (1, 3));
}

#[test]
fn next_leads_to_the_exercises_that_are_open_in_a_circle() {
    let mut core = begun();
    says(
        &typed(&mut core, "n"),
        "Every other exercise of the chapter builds on",
    );
    assert!(core.missing().is_empty());
    judged(&mut core, 1, solved());
    let actions = typed(&mut core, "n");
    says(&actions, "B (b), in stubs/b.rs");
    assert_eq!(actions[1..], [grade(2, "b")]);
    assert_eq!(core.verdict(), None, "the verdict was another exercise's");
    assert_eq!(typed(&mut core, "next")[1..], [grade(3, "c")]);
    judged(&mut core, 2, solved());
    judged(&mut core, 3, solved());
    assert_eq!(core.done(), (2, 3), "the result of b came too late");
    assert_eq!(typed(&mut core, "next")[1..], [grade(4, "b")]);
    says(&typed(&mut core, "n"), "This is the last exercise");
    judged(&mut core, 4, solved());
    says(
        &typed(&mut core, "n"),
        "Every exercise of the course is done",
    );
}

#[test]
fn a_result_of_the_exercise_before_is_not_taken_for_the_next_ones() {
    let mut core = begun();
    judged(&mut core, 1, solved());
    core.handle(Event::Saved);
    core.handle(Event::Saved);
    assert_eq!(typed(&mut core, "n").len(), 1, "no run is free");
    assert!(core.is_checking() && !core.awaits(3));
    assert_eq!(judged(&mut core, 3, solved()), [grade(4, "b")]);
    assert_eq!(core.verdict(), None);
}

#[test]
fn an_exercise_out_of_its_turn_says_what_comes_before_it() {
    let mut core = Core::new(vec![card("a", &[]), card("b", &["a"])], 1);
    assert_eq!(core.missing(), ["a"]);
    assert_eq!(core.handle(Event::Saved), [grade(1, "b")]);
    says(&typed(&mut core, "n"), "A (a)");
}

#[test]
fn a_solved_exercise_stays_done_when_it_is_broken_again() {
    let mut core = begun();
    judged(&mut core, 1, solved());
    core.handle(Event::Saved);
    judged(&mut core, 2, broken());
    assert_eq!(core.done(), (1, 3));
    assert_eq!(core.next().map(|card| card.id.as_str()), Some("b"));
}

#[test]
fn reset_asks_first_and_takes_only_yes() {
    for (answer, resets) in [("y", true), ("n", false), ("", false), ("q", false)] {
        let mut core = begun();
        says(&typed(&mut core, "r"), "stubs/a.rs");
        assert_eq!(core.question(), Some(Question::Reset));
        let actions = typed(&mut core, answer);
        assert_eq!(actions == [Action::Reset], resets, "{answer}");
        assert_eq!(core.question(), None);
    }
}

#[test]
fn a_verdict_does_not_take_a_question_away() {
    let mut core = begun();
    typed(&mut core, "r");
    judged(&mut core, 1, broken());
    assert_eq!(core.question(), Some(Question::Reset));
    assert!(core.said().is_some_and(|said| said.contains("yes or no")));
}

#[test]
fn open_asks_what_and_n_is_then_the_notebook() {
    let mut core = begun();
    says(&typed(&mut core, "o"), "book, notebook or editor");
    assert_eq!(typed(&mut core, "n"), [Action::Open(Place::Notebook)]);
    assert_eq!(typed(&mut core, "open book"), [Action::Open(Place::Book)]);
    typed(&mut core, "o");
    says(&typed(&mut core, "x"), "Nothing was opened");
}

#[test]
fn a_hint_is_above_the_verdict_until_the_next_one() {
    let mut core = begun();
    judged(&mut core, 1, broken());
    assert_eq!(typed(&mut core, "h"), [Action::Hint]);
    core.handle(Event::Told("Hint 1 of 3: think".to_owned()));
    assert_eq!(core.said(), Some("Hint 1 of 3: think"));
    core.handle(Event::Saved);
    assert_eq!(core.said(), Some("Hint 1 of 3: think"));
    judged(&mut core, 2, broken());
    assert_eq!(core.said(), None);
}

#[test]
fn the_list_covers_the_verdict_until_its_key_or_escape() {
    for close in ["l", "\u{1b}"] {
        let mut core = begun();
        assert_eq!(typed(&mut core, "l"), [Action::List]);
        core.handle(Event::Listed("a\nb\n".to_owned()));
        assert_eq!(core.list(), Some("a\nb\n"));
        assert_eq!(typed(&mut core, close), []);
        assert_eq!(core.list(), None);
    }
}

#[test]
fn a_signal_and_q_end_the_loop_even_while_it_grades() {
    assert_eq!(typed(&mut begun(), "q"), [Action::Leave]);
    assert_eq!(begun().handle(Event::Stopped), [Action::Leave]);
}

#[test]
fn what_means_nothing_is_said_to() {
    says(&typed(&mut begun(), "x"), "`x` means nothing here");
    assert_eq!(typed(&mut begun(), "  "), []);
    says(&typed(&mut begun(), "help"), "n or next");
}
