//! What stands on which line of a screen. Nothing here writes to it.

use console::Style;

use super::fold::fold;
use super::plain;
use super::state::Core;
use super::words::{KEYS, PLACES, Question, YES_OR_NO};

/// A screen's size, and what of the text is on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct View {
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// How many lines of the middle part are above the screen.
    pub(super) above: usize,
    pub(super) colours: bool,
}

/// The lines of the screen from its top, and how far the middle part can be moved.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) lines: Vec<String>,
    pub(super) max_above: usize,
    /// How many lines of the middle part are on the screen.
    pub(super) n_middle: usize,
}

/// Lays the state out: where one is, above; what one can do, below; and between them as
/// much of what there is to read as fits.
pub(super) fn page(core: &Core, remark: Option<&str>, view: View) -> Page {
    let fold = |text: &str| fold(text, view.columns, view.colours);
    let head = fold(&head(core, remark, view.colours));
    let middle = fold(middle(core, view.colours).trim_end());
    let keys = fold(&keys(core.question()));
    // A line of its own says where one is, so that the rest does not move with it.
    let n_around = head.len() + 1 + keys.len() + 1;
    let n_middle = view.rows.saturating_sub(n_around).max(1);
    let max_above = middle.len().saturating_sub(n_middle);
    let above = view.above.min(max_above);
    let mut lines = head;
    lines.push(String::new());
    let shown = middle.iter().skip(above).take(n_middle);
    lines.extend(shown.cloned());
    lines.resize(
        lines.len() + n_middle - (middle.len() - above).min(n_middle),
        String::new(),
    );
    lines.push(match max_above {
        0 => String::new(),
        _ => {
            let place = format!(
                "-- lines {} to {} of {}: arrow keys, page up, page down --",
                above + 1,
                above + n_middle,
                middle.len()
            );
            fold(&place).swap_remove(0)
        }
    });
    lines.extend(keys);
    // On a screen that is too small, the end matters more.
    let n_too_many = lines.len().saturating_sub(view.rows);
    lines.drain(..n_too_many);
    Page {
        lines,
        max_above,
        n_middle,
    }
}

fn head(core: &Core, remark: Option<&str>, colours: bool) -> String {
    let card = core.card();
    let (n_done, n_all) = core.done();
    let title = Style::new().bold().apply_to(&card.title);
    let mut text = format!(
        "{} ({}), chapter {}, {} minutes\n{}  {n_done} of {n_all} exercises done\n{}",
        title.force_styling(colours),
        card.id,
        card.chapter,
        card.minutes,
        bar(n_done, n_all),
        card.file
    );
    if core.is_checking() {
        text += "  checking ...";
    }
    if let Some(before) = plain::builds_on(core) {
        text += &format!("\n{before}");
    }
    if let Some(remark) = remark {
        text += &format!("\n{remark}");
    }
    text
}

/// A bar of twenty marks, of which more are `#` the more is done.
fn bar(n_done: usize, n_all: usize) -> String {
    const WIDTH: usize = 20;
    let full = (n_done * WIDTH).checked_div(n_all).unwrap_or(0);
    format!("[{}{}]", "#".repeat(full), ".".repeat(WIDTH - full))
}

fn middle(core: &Core, colours: bool) -> String {
    if let Some(list) = core.list() {
        return list.to_owned();
    }
    let mut text = String::new();
    // Above the verdict, which may be longer than the screen.
    if let Some(said) = core.said() {
        text += &format!("{}\n\n", said.trim_end());
    }
    match core.verdict() {
        None => {}
        Some(verdict) if verdict.is_solved() => {
            let solved = Style::new().green().bold().apply_to(plain::solved(core));
            let solved = solved.force_styling(colours);
            text += &format!("{solved}\n\n{}", verdict.text(colours));
        }
        Some(verdict) => text += &verdict.text(colours),
    }
    text
}

fn keys(question: Option<Question>) -> String {
    let keys: &[(char, &str)] = match question {
        None => &KEYS,
        Some(Question::Open) => &PLACES,
        Some(Question::Reset) => &YES_OR_NO,
    };
    let keys: Vec<String> = keys
        .iter()
        .map(|(key, word)| format!("{key} {word}"))
        .collect();
    keys.join("   ")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::state::{Card, Event};
    use super::super::verdict::Verdict;
    use super::super::verdict::tests::{broken, solved};
    use super::*;

    fn core(verdict: Option<Verdict>) -> Core {
        let card = |id: &str, requires: &[&str]| Card {
            id: id.to_owned(),
            title: "Hash ring".to_owned(),
            chapter: "28-consistent-hashing".to_owned(),
            minutes: 25,
            file: format!("exercises/stubs/{id}.rs"),
            requires: requires.iter().map(|&id| id.to_owned()).collect(),
            is_done: false,
        };
        let cards = vec![card("hash_ring", &[]), card("replicas", &["hash_ring"])];
        let mut core = Core::new(cards, 0);
        core.handle(Event::Saved);
        if let Some(verdict) = verdict {
            core.handle(Event::Judged { run: 1, verdict });
        }
        core
    }

    const VIEW: View = View {
        columns: 70,
        rows: 19,
        above: 0,
        colours: false,
    };

    #[track_caller]
    fn check(core: &Core, view: View, expected: Expect) {
        let page = page(core, None, view);
        assert!(page.lines.len() <= view.rows);
        expected.assert_eq(&(page.lines.join("\n") + "\n"));
    }

    #[test]
    fn the_first_failure_and_the_keys_are_on_the_screen() {
        check(
            &core(Some(broken())),
            VIEW,
            expect![[r#"
                Hash ring (hash_ring), chapter 28-consistent-hashing, 25 minutes
                [....................]  0 of 2 exercises done
                exercises/stubs/hash_ring.rs

                2 of 4 points: 1 of 2 rules hold (0.3 s).

                failed  wraps-around  0 of 2 points
                passed  join          2 of 2 points

                wraps-around does not hold:
                  rule      Each key has an owner.
                  input     servers a, b
                            key k17
                  expected  a
                  actual    none �[2J
                  printed   k17


                n next   h hint   l list   o open   c check   r reset   q quit
            "#]],
        );
    }

    #[test]
    fn a_solved_exercise_says_where_next_leads() {
        check(
            &core(Some(solved())),
            View { rows: 13, ..VIEW },
            expect![[r#"
                Hash ring (hash_ring), chapter 28-consistent-hashing, 25 minutes
                [##########..........]  1 of 2 exercises done
                exercises/stubs/hash_ring.rs

                Every rule holds: Hash ring is solved. `next` leads to Hash ring
                (replicas).

                2 of 4 points: 2 of 2 rules hold (0.3 s).

                passed  wraps-around  2 of 2 points
                passed  join          2 of 2 points

                n next   h hint   l list   o open   c check   r reset   q quit
            "#]],
        );
    }

    #[test]
    fn what_does_not_fit_is_reached_line_by_line() {
        let view = View {
            rows: 9,
            above: 4,
            ..VIEW
        };
        check(
            &core(Some(broken())),
            view,
            expect![[r#"
                Hash ring (hash_ring), chapter 28-consistent-hashing, 25 minutes
                [....................]  0 of 2 exercises done
                exercises/stubs/hash_ring.rs


                wraps-around does not hold:
                  rule      Each key has an owner.
                -- lines 5 to 7 of 12: arrow keys, page up, page down --
                n next   h hint   l list   o open   c check   r reset   q quit
            "#]],
        );
    }

    #[test]
    fn a_question_shows_its_own_keys() {
        let mut core = core(None);
        core.handle(Event::Typed("r".to_owned()));
        check(
            &core,
            View { rows: 8, ..VIEW },
            expect![[r#"
                Hash ring (hash_ring), chapter 28-consistent-hashing, 25 minutes
                [....................]  0 of 2 exercises done
                exercises/stubs/hash_ring.rs  checking ...

                Put a fresh exercises/stubs/hash_ring.rs in place of yours, which is
                kept? yes or no

                y yes   n no
            "#]],
        );
    }

    #[test]
    fn no_size_is_too_small() {
        for rows in 0..12 {
            for columns in 0..12 {
                let view = View {
                    rows,
                    columns,
                    ..VIEW
                };
                let page = page(&core(Some(broken())), Some("polled"), view);
                assert!(page.lines.len() <= rows, "{rows} x {columns}");
            }
        }
    }
}
