//! The inputs of this session, for `history_request`.
//!
//! Kept in memory: a restarted kernel starts with an empty history. Session
//! numbers are therefore always [`SESSION`].

use jupyter_protocol::messaging::{HistoryEntry, HistoryReply, HistoryRequest};

/// The number of the one session there is.
const SESSION: usize = 1;

/// Inputs and their plain-text results, in the order in which they ran.
#[derive(Debug, Default)]
pub(crate) struct History(Vec<Entry>);

#[derive(Debug, Clone)]
struct Entry {
    line: usize,
    input: String,
    output: String,
}

impl History {
    /// Adds an input that is about to run.
    pub(crate) fn push(&mut self, line: usize, input: &str) {
        self.0.push(Entry {
            line,
            input: input.to_owned(),
            output: String::new(),
        });
    }

    /// Adds the result of the input pushed last.
    pub(crate) fn set_output(&mut self, text: &str) {
        if let Some(last) = self.0.last_mut() {
            text.clone_into(&mut last.output);
        }
    }

    /// Answers a request.
    ///
    /// # Time complexity
    ///
    /// O(n · m) for a search, with n inputs of m characters; O(n) otherwise.
    pub(crate) fn reply(&self, request: &HistoryRequest) -> HistoryReply {
        let (found, with_output) = match request {
            HistoryRequest::Range {
                session,
                start,
                stop,
                output,
                ..
            } => (self.range(session.unwrap_or(0), *start, *stop), *output),
            HistoryRequest::Tail { n, output, .. } => (last(self.0.iter().collect(), *n), *output),
            HistoryRequest::Search {
                pattern,
                unique,
                output,
                n,
                ..
            } => (last(self.search(pattern, *unique), *n), *output),
        };
        HistoryReply::new(
            found
                .into_iter()
                .map(|entry| entry.to_message(with_output))
                .collect(),
        )
    }

    /// Session 0 is the current one, negative ones count back from it.
    fn range(&self, session: i32, start: i32, stop: i32) -> Vec<&Entry> {
        let is_this_session = session == 0 || usize::try_from(session) == Ok(SESSION);
        let entries = self.0.iter().filter(|entry| {
            let line = i32::try_from(entry.line).unwrap_or(i32::MAX);
            is_this_session && line >= start && line < stop
        });
        entries.collect()
    }

    fn search(&self, pattern: &str, unique: bool) -> Vec<&Entry> {
        let pattern: Vec<char> = pattern.chars().collect();
        let mut found: Vec<&Entry> = Vec::new();
        for entry in &self.0 {
            let input: Vec<char> = entry.input.chars().collect();
            if !matches_glob(&pattern, &input) {
                continue;
            }
            if unique {
                found.retain(|earlier| earlier.input != entry.input);
            }
            found.push(entry);
        }
        found
    }
}

impl Entry {
    fn to_message(&self, with_output: bool) -> HistoryEntry {
        let input = self.input.clone();
        if with_output {
            HistoryEntry::InputOutput(SESSION, self.line, (input, self.output.clone()))
        } else {
            HistoryEntry::Input(SESSION, self.line, input)
        }
    }
}

/// The last `n`; all of them for a negative `n`.
fn last(mut entries: Vec<&Entry>, n: i32) -> Vec<&Entry> {
    let n = usize::try_from(n).unwrap_or(entries.len());
    entries.split_off(entries.len().saturating_sub(n))
}

/// Whether `text` matches a pattern with `*` (any run) and `?` (any one character).
///
/// The greedy algorithm: on a mismatch, the last `*` takes one character more.
fn matches_glob(pattern: &[char], text: &[char]) -> bool {
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
    use expect_test::{Expect, expect};
    use serde_json::json;

    #[track_caller]
    fn check(request: serde_json::Value, expected: Expect) {
        let mut history = History::default();
        for (line, input) in ["let a = 1;", "a + 1", "a + 1", "a * 2"].iter().enumerate() {
            history.push(line + 1, input);
        }
        history.set_output("2");
        let request: HistoryRequest = serde_json::from_value(request).unwrap();
        let reply = history.reply(&request);
        expected.assert_eq(&serde_json::to_string(&reply.history).unwrap());
    }

    #[test]
    fn a_range_leaves_out_its_stop() {
        check(
            json!({"hist_access_type": "range", "session": 0, "start": 1, "stop": 3, "output": false, "raw": true}),
            expect![[r#"[[1,1,"let a = 1;"],[1,2,"a + 1"]]"#]],
        );
    }

    #[test]
    fn a_session_that_is_not_kept_is_empty() {
        check(
            json!({"hist_access_type": "range", "session": -1, "start": 1, "stop": 3, "output": false, "raw": true}),
            expect!["[]"],
        );
    }

    #[test]
    fn the_tail_gives_outputs_where_they_are_asked_for() {
        check(
            json!({"hist_access_type": "tail", "n": 2, "output": true, "raw": true}),
            expect![[r#"[[1,3,["a + 1",""]],[1,4,["a * 2","2"]]]"#]],
        );
    }

    #[test]
    fn a_unique_search_keeps_the_latest_of_equal_inputs() {
        check(
            json!({"hist_access_type": "search", "pattern": "a ? ?", "unique": true, "n": 9, "output": false, "raw": true}),
            expect![[r#"[[1,3,"a + 1"],[1,4,"a * 2"]]"#]],
        );
    }

    #[test]
    fn a_star_matches_across_several_tries() {
        let glob = |pattern: &str, text: &str| {
            let chars = |s: &str| s.chars().collect::<Vec<_>>();
            matches_glob(&chars(pattern), &chars(text))
        };
        assert!(glob("*ab", "aab"));
        assert!(glob("*a*b*", "xxaxxbxx"));
        assert!(!glob("*ab", "aba"));
        assert!(glob("**", ""));
        assert!(!glob("?", ""));
    }
}
