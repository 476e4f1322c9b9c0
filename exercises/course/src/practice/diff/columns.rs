//! Two texts side by side, or one above the other, with a sign where they differ.
//!
//! The signs are those of `diff -y` and of `diff -u`, and the legend says so: nothing is
//! told by colour. Blanks at the left do not count as a difference, because the two sides
//! come from different depths.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Below this, columns would break most lines of code.
const LEAST_WIDTH: usize = 100;
/// Between the columns: a blank, a sign, a blank.
const GAP: usize = 3;
/// What stands where a side has nothing of this name.
pub(super) const NOTHING: &str = "(nothing of this name)";

/// How to show two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// In two columns of this many characters.
    Beside(usize),
    /// The learner's above the reference.
    Above,
}

impl Layout {
    /// What fits the terminal, if it is one.
    pub(super) fn of(plain: bool, width: Option<usize>) -> Self {
        match width {
            Some(width) if width >= LEAST_WIDTH && !plain => Self::Beside((width - GAP) / 2),
            _ => Self::Above,
        }
    }

    /// What the signs mean, and where the two sides come from.
    pub(super) fn legend(self, mine: &str, theirs: &str) -> String {
        match self {
            Self::Beside(width) => format!(
                "{mine:width$} | {theirs}\n\
                 Signs in the middle: | the lines differ, < only yours, > only the reference.\n"
            ),
            Self::Above => format!(
                "Yours: {mine}\nThe reference: {theirs}\n\
                 A line with `-` is only in yours, one with `+` only in the reference.\n"
            ),
        }
    }
}

/// One piece of the two, under its title.
pub(super) fn render(layout: Layout, title: &str, mine: &str, theirs: &str) -> String {
    let (mine, theirs) = (lines(mine), lines(theirs));
    let is_equal = |op: &DiffOp| matches!(op, DiffOp::Equal { .. });
    if compare(&mine, &theirs).iter().all(is_equal) {
        return format!("\n== {title}: the same in both ==\n{}\n", mine.join("\n"));
    }
    let body = match layout {
        Layout::Beside(width) => beside(&mine, &theirs, width),
        Layout::Above => above(&mine, &theirs),
    };
    format!("\n== {title} ==\n{body}")
}

fn lines(text: &str) -> Vec<String> {
    let text = if text.is_empty() { NOTHING } else { text };
    text.lines()
        .map(|line| line.replace('\t', "    "))
        .collect()
}

fn compare(mine: &[String], theirs: &[String]) -> Vec<DiffOp> {
    let trimmed = |lines: &[String]| -> Vec<String> {
        lines.iter().map(|line| line.trim().to_owned()).collect()
    };
    capture_diff_slices(Algorithm::Patience, &trimmed(mine), &trimmed(theirs))
}

fn above(mine: &[String], theirs: &[String]) -> String {
    let (mut top, mut bottom) = (String::new(), String::new());
    for op in compare(mine, theirs) {
        let is_equal = matches!(op, DiffOp::Equal { .. });
        let (minus, plus) = if is_equal { (" ", " ") } else { ("-", "+") };
        for line in &mine[op.old_range()] {
            top += format!("{minus} {line}").trim_end();
            top.push('\n');
        }
        for line in &theirs[op.new_range()] {
            bottom += format!("{plus} {line}").trim_end();
            bottom.push('\n');
        }
    }
    format!("yours:\n{top}the reference:\n{bottom}")
}

fn beside(mine: &[String], theirs: &[String], width: usize) -> String {
    let mut text = String::new();
    for op in compare(mine, theirs) {
        let is_equal = matches!(op, DiffOp::Equal { .. });
        let (left, right) = (&mine[op.old_range()], &theirs[op.new_range()]);
        for index in 0..left.len().max(right.len()) {
            let (left, right) = (left.get(index), right.get(index));
            let sign = match (left, right) {
                _ if is_equal => ' ',
                (Some(_), Some(_)) => '|',
                (Some(_), None) => '<',
                _ => '>',
            };
            text += &row(left, sign, right, width);
        }
    }
    text
}

/// One line of each side; a long one goes on below itself, with the sign again.
fn row(left: Option<&String>, sign: char, right: Option<&String>, width: usize) -> String {
    let broken = |line: Option<&String>| line.map_or_else(Vec::new, |line| broken(line, width));
    let (left, right) = (broken(left), broken(right));
    let mut text = String::new();
    for index in 0..left.len().max(right.len()).max(1) {
        let side = |lines: &[String]| lines.get(index).cloned().unwrap_or_default();
        let line = format!("{:width$} {sign} {}", side(&left), side(&right));
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// A line in parts that fit, broken at a blank where there is one in the second half;
/// further parts stand two deeper than the line.
fn broken(line: &str, width: usize) -> Vec<String> {
    let depth = line.len() - line.trim_start().len() + 2;
    // Never so deep that little would fit.
    let margin = " ".repeat(depth.min(width / 2));
    let mut parts = Vec::new();
    let mut rest: Vec<char> = line.chars().collect();
    while rest.len() > width {
        let blank = rest[..width].iter().rposition(|c| *c == ' ');
        let end = blank.filter(|end| *end > width / 2).unwrap_or(width);
        let further = rest.split_off(end);
        parts.push(rest.into_iter().collect::<String>());
        let begin = further.iter().take_while(|c| **c == ' ').count();
        rest = margin
            .chars()
            .chain(further.into_iter().skip(begin))
            .collect();
    }
    parts.push(rest.into_iter().collect());
    parts
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    const MINE: &str = "fn owner(&self) {\n    let i = self.find();\n    self.points[i]\n}\n";
    const THEIRS: &str = "fn owner(&self) {\n  let i = self.find();\n  // Round.\n  self.points.get(i)\n      .or_else(|| self.points.first())\n}\n";

    #[track_caller]
    fn check(layout: Layout, mine: &str, expected: Expect) {
        expected.assert_eq(&render(layout, "fn owner", mine, THEIRS));
    }

    #[test]
    fn columns_have_a_sign_where_they_differ() {
        check(
            Layout::Beside(26),
            MINE,
            expect![[r#"

                == fn owner ==
                fn owner(&self) {            fn owner(&self) {
                    let i = self.find();       let i = self.find();
                    self.points[i]         |   // Round.
                                           >   self.points.get(i)
                                           >       .or_else(||
                                           >         self.points.first(
                                           >         ))
                }                            }
            "#]],
        );
    }

    #[test]
    fn one_above_the_other_has_a_sign_before_each_line() {
        check(
            Layout::Above,
            MINE,
            expect![[r#"

                == fn owner ==
                yours:
                  fn owner(&self) {
                      let i = self.find();
                -     self.points[i]
                  }
                the reference:
                  fn owner(&self) {
                    let i = self.find();
                +   // Round.
                +   self.points.get(i)
                +       .or_else(|| self.points.first())
                  }
            "#]],
        );
    }

    #[test]
    fn what_is_the_same_is_shown_once() {
        let text = render(Layout::Above, "fn owner", THEIRS, THEIRS);
        assert!(text.contains("the same in both"), "{text}");
        assert_eq!(text.matches("fn owner(").count(), 1, "{text}");
    }

    #[test]
    fn what_is_missing_is_said() {
        let text = render(Layout::Above, "fn owner", "", THEIRS);
        assert!(text.contains(&format!("- {NOTHING}")), "{text}");
    }

    #[test]
    fn columns_are_for_terminals_that_are_wide_enough() {
        assert_eq!(Layout::of(false, Some(103)), Layout::Beside(50));
        for (plain, width) in [(true, Some(200)), (false, Some(99)), (false, None)] {
            assert_eq!(Layout::of(plain, width), Layout::Above);
        }
    }
}
