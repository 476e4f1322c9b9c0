//! Breaks text into lines that fit a screen.
//!
//! Not `textwrap`: the compiler's messages are columns, which must stay where they are as
//! far as they fit, and the text may hold codes that move the cursor, which must not
//! reach the terminal.

use console::AnsiCodeIterator;
use unicode_width::UnicodeWidthChar;

/// Lines of at most so many columns, broken at blanks where there are some.
///
/// Colours stay, if they are wanted; other control codes go: the learner's file and
/// program may have put them there.
///
/// # Time complexity
///
/// Linear in the length of the text.
pub(super) fn fold(text: &str, columns: usize, colours: bool) -> Vec<String> {
    text.lines()
        .flat_map(|line| fold_line(line, columns.max(1), colours))
        .collect()
}

fn fold_line(line: &str, columns: usize, colours: bool) -> Vec<String> {
    let mut folded = Folded::new(columns);
    for (piece, is_code) in AnsiCodeIterator::new(line) {
        if !is_code {
            let visible = |c: char| if c.is_control() { '\u{fffd}' } else { c };
            let text = piece.replace('\t', "    ");
            text.chars().map(visible).for_each(|c| folded.push(c));
        } else if colours && piece.starts_with("\u{1b}[") && piece.ends_with('m') {
            folded.last += piece;
        }
    }
    folded.lines.push(folded.last);
    folded.lines
}

/// A line that is being broken.
struct Folded {
    columns: usize,
    lines: Vec<String>,
    last: String,
    /// Columns of `last`.
    used: usize,
    /// Behind the last blank in `last`: bytes, and columns.
    blank: Option<(usize, usize)>,
}

impl Folded {
    fn new(columns: usize) -> Self {
        Self {
            columns,
            lines: Vec::new(),
            last: String::new(),
            used: 0,
            blank: None,
        }
    }

    fn push(&mut self, c: char) {
        let width = c.width().unwrap_or(0);
        if self.used + width > self.columns {
            self.wrap();
        }
        self.last.push(c);
        self.used += width;
        if c == ' ' {
            self.blank = Some((self.last.len(), self.used));
        }
    }

    /// Begins a new line: with the word that does not fit, unless it takes most of one.
    fn wrap(&mut self) {
        let blank = self.blank.take();
        let rest = match blank {
            Some((bytes, columns)) if columns > self.columns / 2 => {
                self.used -= columns;
                self.last.split_off(bytes)
            }
            _ => {
                self.used = 0;
                String::new()
            }
        };
        let full = std::mem::replace(&mut self.last, rest);
        self.lines.push(full.trim_end_matches(' ').to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(fold(text, 8, true), expected);
    }

    #[test]
    fn lines_break_at_blanks_and_long_words_anywhere() {
        check("one two three", &["one two", "three"]);
        check("a\n\nb", &["a", "", "b"]);
        check("abcdefghijkl", &["abcdefgh", "ijkl"]);
        check("a bcdefghijkl", &["a bcdefg", "hijkl"]);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        check("日本語日本", &["日本語日", "本"]);
    }

    #[test]
    fn colours_take_no_columns_and_other_codes_go() {
        check(
            "\x1b[31mabcdefghi\x1b[0m",
            &["\x1b[31mabcdefgh", "i\x1b[0m"],
        );
        check("a\x1b[2Jb\x1b[Hc\u{7}", &["abc\u{fffd}"]);
        assert_eq!(fold("\x1b[31ma\x1b[0m", 8, false), ["a"]);
    }

    #[test]
    fn nothing_visible_is_lost() {
        let text = "the quick brown fox jumps over the lazy dog, twice";
        for columns in 0..60 {
            let folded = fold(text, columns, true).concat();
            assert_eq!(folded.replace(' ', ""), text.replace(' ', ""), "{columns}");
        }
    }
}
