//! A scenario: a cache, and what it is asked, as data and as the lines that a learner
//! would write.

use std::fmt::{self, Display};
use std::num::NonZeroUsize;

use crate::eviction::{Access, Policy};

/// One request to a cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Access(u64),
    Contains(u64),
    Len,
}

impl Step {
    /// The request with another key.
    pub(super) fn with_key(self, renamed: impl FnOnce(u64) -> u64) -> Self {
        match self {
            Self::Access(key) => Self::Access(renamed(key)),
            Self::Contains(key) => Self::Contains(renamed(key)),
            Self::Len => Self::Len,
        }
    }

    pub(super) fn key(self) -> Option<u64> {
        match self {
            Self::Access(key) | Self::Contains(key) => Some(key),
            Self::Len => None,
        }
    }

    pub(super) fn is_question(self) -> bool {
        !matches!(self, Self::Access(_))
    }

    /// What the cache answers.
    pub(super) fn ask(self, cache: &mut dyn Policy) -> Answer {
        match self {
            Self::Access(key) => Answer::Access(cache.access(key)),
            Self::Contains(key) => Answer::Contains(cache.contains(key)),
            Self::Len => Answer::Len(cache.len()),
        }
    }
}

impl Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Access(key) => write!(f, "access({key})"),
            Self::Contains(key) => write!(f, "contains({key})"),
            Self::Len => f.write_str("len()"),
        }
    }
}

/// What a cache answers to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Access(Access),
    Contains(bool),
    Len(usize),
}

/// As `{:?}` shows the method's result.
impl Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Access(access) => write!(f, "{access:?}"),
            Self::Contains(held) => write!(f, "{held}"),
            Self::Len(n_held) => write!(f, "{n_held}"),
        }
    }
}

/// A cache and the requests to it.
#[derive(Debug, Clone)]
pub(super) struct Scenario {
    pub(super) capacity: NonZeroUsize,
    pub(super) steps: Vec<Step>,
    /// Only what `contains` and `len` answer is compared.
    pub(super) only_questions: bool,
}

impl Scenario {
    /// A cache for `capacity` keys, which are asked for in this order.
    pub(super) fn of_keys(capacity: usize, keys: impl IntoIterator<Item = u64>) -> Self {
        Self {
            capacity: NonZeroUsize::new(capacity).expect("scenarios have room for a key"),
            steps: keys.into_iter().map(Step::Access).collect(),
            only_questions: false,
        }
    }

    /// The first `n_steps` steps as a learner would write them.
    pub(super) fn code(&self, n_steps: usize) -> String {
        let capacity = self.capacity;
        let mut lines = vec![format!(
            "let mut cache = Mine::new(NonZeroUsize::new({capacity}).unwrap());"
        )];
        let mut rest = &self.steps[..n_steps];
        while let Some((step, others)) = rest.split_first() {
            // The last line stays alone: it is the call that went wrong.
            let run = &rest[..rest.len() - 1];
            let keys: Vec<String> = run
                .iter()
                .map_while(|step| match step {
                    Step::Access(key) => Some(key.to_string()),
                    _ => None,
                })
                .collect();
            if keys.len() > 8 {
                lines.push(format!(
                    "for key in [{}] {{ cache.access(key); }}",
                    keys.join(", ")
                ));
                rest = &rest[keys.len()..];
            } else {
                lines.push(format!("cache.{step};"));
                rest = others;
            }
        }
        lines.join("\n")
    }
}
