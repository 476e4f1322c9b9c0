//! A scenario: a ring, and what is done with it; played on a solution and on the
//! model until the first difference, then cut down to what that difference needs.

use std::fmt::{self, Display};
use std::num::NonZeroU32;
use std::panic::{self, AssertUnwindSafe};

use super::draw::Draw;
use crate::consistent_hashing::{RingError, RingHash};
use crate::grade::{Counterexample, Seed, Verdict};

/// How the ring of a scenario is made.
#[derive(Debug, Clone, Default)]
pub(super) struct Setup {
    /// The toy hash, whose positions can be read off the names; else XXH3.
    pub(super) labelled: bool,
    /// Points a server, or a unit of weight; `None` where the contract has one point.
    pub(super) points: Option<NonZeroU32>,
    /// ε in per cent and the servers, for bounded loads.
    pub(super) bounded: Option<(u32, Vec<String>)>,
}

impl Setup {
    pub(super) fn hash(&self) -> RingHash {
        if self.labelled {
            RingHash::LABELLED
        } else {
            RingHash::XXH3
        }
    }

    pub(super) fn point_count(&self) -> NonZeroU32 {
        self.points.unwrap_or(NonZeroU32::MIN)
    }
}

/// One request to a ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Add(String),
    AddWeighted(String, u32),
    SetWeight(String, u32),
    Remove(String),
    Owner(Vec<u8>),
    Replicas(Vec<u8>, usize),
    Assign(Vec<u8>),
    Release(Vec<u8>),
    Load(String),
}

/// A ring and the requests to it.
#[derive(Debug, Clone)]
pub(super) struct Scenario {
    pub(super) setup: Setup,
    pub(super) steps: Vec<Step>,
}

/// What a ring answers to a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Done(Result<(), RingError>),
    Server(Option<String>),
    Servers(Vec<String>),
    Placed(Result<String, RingError>),
    Load(Option<usize>),
}

/// Something that answers requests: a solution, or the model.
pub(super) trait Machine: Sized {
    /// The ring of this setup, or its refusal.
    fn build(setup: &Setup) -> Result<Self, String>;

    /// What the ring answers to this request.
    fn apply(&mut self, step: &Step) -> Answer;
}

/// How a scenario ended.
enum Ending {
    Agreed,
    Differed(Counterexample),
    /// The solution panicked in the step of this number.
    Panicked {
        step: usize,
        unwritten: bool,
    },
}

/// Plays `trials` scenarios drawn by `draw`, which gets sizes from 1 to `largest`,
/// on the solution `S` and on the model `M`.
pub(super) fn agree<S: Machine, M: Machine>(
    seed: Seed,
    trials: usize,
    largest: usize,
    draw: impl Fn(&mut Draw, usize) -> Scenario,
) -> Verdict {
    let mut random = Draw::new(seed);
    for trial in 0..trials {
        let size = 1 + trial * largest / trials;
        // The first half is for counterexamples that fit on paper.
        if 2 * trial >= trials {
            random.go_far();
        }
        let scenario = draw(&mut random, size);
        match scenario.play::<S, M>() {
            Ending::Agreed => {}
            Ending::Differed(found) => return Err(scenario.cut_difference::<S, M>(found)),
            Ending::Panicked { step, unwritten } => {
                return Err(scenario.cut_panic::<S, M>(step, unwritten));
            }
        }
    }
    Ok(())
}

impl Scenario {
    /// Plays until the first difference or panic.
    fn play<S: Machine, M: Machine>(&self) -> Ending {
        let mut step = 0;
        let played = panic::catch_unwind(AssertUnwindSafe(|| self.play_on::<S, M>(&mut step)));
        match played {
            Ok(None) => Ending::Agreed,
            Ok(Some(found)) => Ending::Differed(found),
            Err(payload) => {
                let unwritten = message(payload.as_ref()).starts_with("not yet implemented");
                // Not dropped: the payload is the solution's, and its `drop` could panic again.
                std::mem::forget(payload);
                Ending::Panicked { step, unwritten }
            }
        }
    }

    fn play_on<S: Machine, M: Machine>(&self, at: &mut usize) -> Option<Counterexample> {
        let (mut solution, mut model) = match (S::build(&self.setup), M::build(&self.setup)) {
            (Ok(solution), Ok(model)) => (solution, model),
            (Err(refusal), _) => return Some(Counterexample::new(self.text(0), "a ring", refusal)),
            (_, Err(refusal)) => unreachable!("scenarios make rings that exist: {refusal}"),
        };
        for (index, step) in self.steps.iter().enumerate() {
            *at = index + 1;
            let (actual, expected) = (solution.apply(step), model.apply(step));
            if actual != expected {
                return Some(Counterexample::new(
                    self.text(*at),
                    expected.to_string(),
                    actual.to_string(),
                ));
            }
        }
        None
    }

    /// Leaves out step after step, as long as the answers still differ.
    fn cut_difference<S: Machine, M: Machine>(&self, found: Counterexample) -> Counterexample {
        let mut smallest = found;
        self.cut(|shorter| match shorter.play::<S, M>() {
            Ending::Differed(found) => {
                smallest = found;
                true
            }
            Ending::Agreed | Ending::Panicked { .. } => false,
        });
        smallest
    }

    /// Leaves out step after step, as long as the solution still panics, prints
    /// what is left, and lets the panic happen once more, uncaught, so that the
    /// grader learns its message and place.
    fn cut_panic<S: Machine, M: Machine>(&self, step: usize, unwritten: bool) -> Counterexample {
        let mut shown = step;
        let smallest = self.cut(|shorter| match shorter.play::<S, M>() {
            Ending::Panicked {
                step,
                unwritten: same,
            } if same == unwritten => {
                shown = step;
                true
            }
            _ => false,
        });
        let input = smallest.text(shown);
        if !unwritten {
            eprintln!("the panic happens in the last line of:\n{input}");
        }
        // It returns only if the solution behaves differently the second time.
        smallest.play_on::<S, M>(&mut 0).unwrap_or_else(|| {
            let actual = "a panic at the first try, none at the second";
            Counterexample::new(input, "the same answer each time", actual)
        })
    }

    /// The scenario without every step that can go while `still_fails` holds.
    fn cut(&self, mut still_fails: impl FnMut(&Self) -> bool) -> Self {
        let mut smallest = self.clone();
        let mut changed = true;
        while changed {
            changed = false;
            // From the end: the questions after the failing one go first.
            for index in (0..smallest.steps.len()).rev() {
                let mut shorter = smallest.clone();
                shorter.steps.remove(index);
                if still_fails(&shorter) {
                    smallest = shorter;
                    changed = true;
                }
            }
        }
        smallest
    }

    /// The first `n_steps` steps as a learner would write them.
    fn text(&self, n_steps: usize) -> String {
        let mut lines = vec![format!("let mut ring = Mine::new({});", self.setup)];
        let steps = &self.steps[..n_steps];
        let mut rest = steps;
        while let Some((step, others)) = rest.split_first() {
            let (line, n_lines) = match count_of_crowd(&rest[..rest.len() - 1]) {
                n @ 4.. => (crowd_line(step, n), n),
                _ => (format!("ring.{step};"), 1),
            };
            lines.push(line);
            rest = &others[n_lines - 1..];
        }
        // Where positions cannot be read off the names, the key's is worth a line.
        if let (false, Some(Step::Owner(key) | Step::Replicas(key, _) | Step::Assign(key))) =
            (self.setup.labelled, steps.last())
        {
            lines.push(format!(
                "// the key sits at {:#018x}",
                RingHash::XXH3.key(key)
            ));
        }
        lines.join("\n")
    }
}

/// How many steps from the first on assign the keys `i@p`, `i+1@p`, `i+2@p` …
fn count_of_crowd(steps: &[Step]) -> usize {
    let numbers = steps.iter().map_while(crowd_number);
    let first = numbers.clone().next();
    let in_a_row = numbers
        .zip(0_u64..)
        .take_while(|((number, position), offset)| {
            first
                .as_ref()
                .is_some_and(|(start, wanted)| *number == start + offset && position == wanted)
        });
    in_a_row.count()
}

/// `i` and `p` of a step that assigns the key `i@p`.
fn crowd_number(step: &Step) -> Option<(u64, &str)> {
    let Step::Assign(key) = step else { return None };
    let (number, position) = std::str::from_utf8(key).ok()?.split_once('@')?;
    Some((number.parse().ok()?, position))
}

/// `count` such steps as one loop, where a line each would hide what matters.
fn crowd_line(first: &Step, count: usize) -> String {
    let (start, position) = crowd_number(first).unwrap_or_default();
    let end = start + count as u64;
    format!("for n in {start}..{end} {{ ring.assign(format!(\"{{n}}@{position}\").as_bytes()); }}")
}

fn message(payload: &(dyn std::any::Any + Send)) -> &str {
    let literal = payload.downcast_ref::<&'static str>().copied();
    literal
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or_default()
}

/// As `{:?}` shows the method's result.
impl Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(done) => write!(f, "{done:?}"),
            Self::Server(server) => write!(f, "{server:?}"),
            Self::Servers(servers) => write!(f, "{servers:?}"),
            Self::Placed(placed) => write!(f, "{placed:?}"),
            Self::Load(load) => write!(f, "{load:?}"),
        }
    }
}

impl Display for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.labelled {
            "RingHash::LABELLED"
        } else {
            "RingHash::XXH3"
        })?;
        if let Some(points) = self.points {
            write!(f, ", NonZeroU32::new({points}).unwrap()")?;
        }
        if let Some((epsilon_percent, servers)) = &self.bounded {
            write!(f, ", {epsilon_percent}, &{servers:?}")?;
        }
        Ok(())
    }
}

impl Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Add(server) => write!(f, "add({server:?})"),
            Self::AddWeighted(server, weight) => write!(f, "add({server:?}, {weight})"),
            Self::SetWeight(server, weight) => write!(f, "set_weight({server:?}, {weight})"),
            Self::Remove(server) => write!(f, "remove({server:?})"),
            Self::Owner(key) => write!(f, "owner(b\"{}\")", key.escape_ascii()),
            Self::Replicas(key, count) => {
                write!(f, "replicas(b\"{}\", {count})", key.escape_ascii())
            }
            Self::Assign(key) => write!(f, "assign(b\"{}\")", key.escape_ascii()),
            Self::Release(key) => write!(f, "release(b\"{}\")", key.escape_ascii()),
            Self::Load(server) => write!(f, "load({server:?})"),
        }
    }
}
