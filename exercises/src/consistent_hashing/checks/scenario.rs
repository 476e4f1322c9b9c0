//! A scenario: a ring, and what is done with it, as data and as the lines that a
//! learner would write.

use std::fmt::{self, Display};
use std::num::NonZeroU32;

use crate::consistent_hashing::{RingError, RingHash};

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
    AddInRack(String, String),
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

impl Answer {
    /// Whether this says no: an error, nobody, nothing.
    pub(super) fn is_no(&self) -> bool {
        match self {
            Self::Done(done) => done.is_err(),
            Self::Server(server) => server.is_none(),
            Self::Servers(servers) => servers.is_empty(),
            Self::Placed(placed) => placed.is_err(),
            Self::Load(load) => load.is_none(),
        }
    }
}

/// Something that answers requests: a solution, or the model.
pub(super) trait Machine {
    /// What the ring answers to this request.
    fn apply(&mut self, step: &Step) -> Answer;
}

/// Makes the ring of a setup, or says why there is none.
///
/// A pointer to a function rather than a type parameter: checks are instantiated
/// for every wrong solution, and every notebook compiles them all.
pub(super) type Build = fn(&Setup) -> Result<Box<dyn Machine>, String>;

impl Scenario {
    /// The first `n_steps` steps as a learner would write them.
    pub(super) fn code(&self, n_steps: usize) -> String {
        // Only this ring's constructor can refuse.
        let unwrapped = match self.setup.bounded {
            Some(_) => ".unwrap()",
            None => "",
        };
        let mut lines = vec![format!(
            "let mut ring = Mine::new({}){unwrapped};",
            self.setup
        )];
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
            Self::AddInRack(server, rack) => write!(f, "add({server:?}, {rack:?})"),
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
