//! The inputs of all sessions that are known, in order, and the ways to find some.
//!
//! Use it for what a `history_request` asks once the session's number is settled. It
//! knows nothing of files and not which session is running. The meaning of each
//! argument is IPython's (`IPython/core/history.py`), except that a range counts back
//! from the end of any session, not only of the current one.

use super::glob;
use jupyter_protocol::messaging::HistoryEntry;
use std::collections::{BTreeMap, HashSet};

/// Where an input stands: session and line.
pub(super) type Place = (usize, usize);

/// Inputs by their place.
///
/// Sessions follow each other, even those that ran at the same time: the inputs of one
/// session belong together.
#[derive(Debug, Default)]
pub(super) struct Inputs(BTreeMap<Place, Entry>);

/// An input and its plain-text result; the latter is empty where there is none.
#[derive(Debug)]
struct Entry {
    input: String,
    output: String,
}

/// An input that answers a request.
pub(super) struct Found<'a>(Place, &'a Entry);

impl Inputs {
    /// Adds an input, which has no result yet.
    pub(super) fn insert(&mut self, place: Place, input: String) {
        let output = String::new();
        self.0.insert(place, Entry { input, output });
    }

    /// Adds the result of an input; of an unknown one, it is dropped.
    pub(super) fn set_output(&mut self, place: Place, output: String) {
        if let Some(entry) = self.0.get_mut(&place) {
            entry.output = output;
        }
    }

    /// The inputs of a session from line `start` to the one before `stop`.
    ///
    /// Negative ones count back from behind the last line; a `stop` of 0 is there, too.
    ///
    /// # Time complexity
    ///
    /// O(log n + m), with n inputs of which m are found.
    pub(super) fn range(&self, session: usize, start: i32, stop: i32) -> Vec<Found<'_>> {
        let lines = self.0.range((session, 0)..=(session, usize::MAX));
        let end = lines
            .last()
            .map_or(0, |(place, _)| place.1.saturating_add(1));
        let start = counted(start, end);
        let stop = if stop == 0 { end } else { counted(stop, end) };
        // A map panics at a range that ends before it starts.
        let found = self.0.range((session, start)..(session, stop.max(start)));
        found.map(to_found).collect()
    }

    /// The last `n` inputs of all sessions; all of them for a negative `n`.
    ///
    /// # Time complexity
    ///
    /// O(log i + n), with i inputs.
    pub(super) fn tail(&self, n: i32) -> Vec<Found<'_>> {
        last(self.0.iter().map(to_found), n)
    }

    /// The last `n` inputs that match a pattern; of equal ones the latest, if `unique`.
    ///
    /// # Time complexity
    ///
    /// O(i · p · m), with i inputs of m characters and a pattern of p.
    pub(super) fn search(&self, pattern: &str, unique: bool, n: i32) -> Vec<Found<'_>> {
        let pattern: Vec<char> = pattern.chars().collect();
        let matching = self.0.iter().map(to_found).filter(|Found(_, entry)| {
            let input: Vec<char> = entry.input.chars().collect();
            glob::matches(&pattern, &input)
        });
        let mut seen = HashSet::new();
        // `last` goes from the end, so the latest of equal inputs is the first it meets.
        let wanted = matching.filter(move |Found(_, entry)| !unique || seen.insert(&entry.input));
        last(wanted, n)
    }
}

impl Found<'_> {
    /// What is sent about the input.
    pub(super) fn to_message(&self, with_output: bool) -> HistoryEntry {
        let Found((session, line), entry) = *self;
        let input = entry.input.clone();
        if with_output {
            HistoryEntry::InputOutput(session, line, (input, entry.output.clone()))
        } else {
            HistoryEntry::Input(session, line, input)
        }
    }
}

fn to_found<'a>((&place, entry): (&Place, &'a Entry)) -> Found<'a> {
    Found(place, entry)
}

/// The last `n` in their order; goes through them from the end.
fn last<'a>(all: impl DoubleEndedIterator<Item = Found<'a>>, n: i32) -> Vec<Found<'a>> {
    let mut found: Vec<Found<'a>> = all.rev().take(limit(n)).collect();
    found.reverse();
    found
}

/// A number of inputs; a negative one asks for all.
fn limit(n: i32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// A line; a negative one counts back from `end`.
fn counted(line: i32, end: usize) -> usize {
    usize::try_from(line).unwrap_or_else(|_| end.saturating_sub(line.unsigned_abs() as usize))
}
