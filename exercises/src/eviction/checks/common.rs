//! Rules that all policies share, and how they are tried.

use super::draw::Draw;
use super::play::{Effort, Pair, agree};
use crate::grade::kit::Rule;
use crate::grade::{Seed, Verdict};

pub(super) const ROOM: Rule = Rule {
    name: "room",
    text: "While there is room, a new key goes in and nothing is evicted; a key that is there is a hit.",
    points: 1,
    section: "",
    hints: [
        "When is a cache for 3 keys full: when it holds 2, or when it holds 3?",
        "Look for the key first. Only if it is not there, ask whether the cache is full.",
        "`if self.contains(key) { … return Access::Hit; }` and then `let full = self.len() == self.capacity.get();`",
    ],
};

pub(super) const QUESTIONS: Rule = Rule {
    name: "questions",
    text: "`contains` and `len` tell what the cache holds, and asking is not a use.",
    points: 1,
    section: "",
    hints: [
        "Does an evicted key disappear from everything that you keep? And does a question change anything?",
        "`contains` takes `&self`: look the key up, and write nothing. Where there is a map beside a list, an evicted key leaves both.",
        "`if let Some(gone) = evicted { self.map.remove(&gone); }`, and in `contains` just `self.map.contains_key(&key)`",
    ],
};

pub(super) fn room(pair: Pair, seed: Seed) -> Verdict {
    agree(pair, seed, Effort::USUAL, Draw::with_room)
}

pub(super) fn without_hits(pair: Pair, seed: Seed) -> Verdict {
    agree(pair, seed, Effort::USUAL, Draw::without_hits)
}

pub(super) fn with_hits(pair: Pair, seed: Seed) -> Verdict {
    agree(pair, seed, Effort::USUAL, Draw::with_hits)
}

pub(super) fn one_sweep(pair: Pair, seed: Seed) -> Verdict {
    agree(pair, seed, Effort::USUAL, Draw::one_sweep)
}

pub(super) fn questions(pair: Pair, seed: Seed) -> Verdict {
    agree(pair, seed, Effort::USUAL, Draw::with_questions)
}
