//! Patterns with `*` and `?`, in which front ends search the history.
//!
//! Use it for text that was typed as one line or many: `*` matches across line ends.
//! It knows no `[…]` and no escapes, so that brackets, which code is full of, are
//! searched for as they stand.

/// Whether `text` matches a pattern with `*` (any run) and `?` (any one character).
///
/// The greedy algorithm: on a mismatch, the last `*` takes one character more.
///
/// # Time complexity
///
/// O(p · t), with p and t characters; O(p + t) for patterns with one `*`.
pub(super) fn matches(pattern: &[char], text: &[char]) -> bool {
    let (mut at, mut in_pattern) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(in_pattern) {
            Some('*') => {
                star = Some((in_pattern, at));
                in_pattern += 1;
            }
            Some(&wanted) if wanted == '?' || wanted == text[at] => {
                in_pattern += 1;
                at += 1;
            }
            _ => {
                let Some((star_at, taken)) = star else {
                    return false;
                };
                star = Some((star_at, taken + 1));
                in_pattern = star_at + 1;
                at = taken + 1;
            }
        }
    }
    pattern[in_pattern..].iter().all(|&left| left == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: bool) {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        assert_eq!(matches(&chars(pattern), &chars(text)), expected);
    }

    #[test]
    fn a_star_matches_across_several_tries() {
        check("*ab", "aab", true);
        check("*a*b*", "xxaxxbxx", true);
        check("*ab", "aba", false);
        check("**", "", true);
    }

    #[test]
    fn a_question_mark_matches_one_character_of_any_length() {
        check("?", "🦀", true);
        check("?", "", false);
        check("?", "ab", false);
    }

    #[test]
    fn brackets_are_characters_like_any_other() {
        check("v[0]*", "v[0] + 1", true);
        check("v[0]*", "v0 + 1", false);
    }
}
