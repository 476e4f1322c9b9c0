//! Function, file and line of the calls that led to a panic.
//!
//! From the debug information of the libraries, by `addr2line`. One address stands for
//! several calls where the compiler has inlined some.

use crate::channel::Call;
use addr2line::Loader;
use std::collections::HashMap;
use std::path::PathBuf;

/// A call, as far as its library tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) library: PathBuf,
    pub(super) function: String,
    /// Source file and line, from 1. Optimised code does not always tell.
    pub(super) at: Option<(String, usize)>,
}

/// Looks calls up, in their order.
pub(super) fn resolve<'a>(calls: impl Iterator<Item = &'a Call>) -> Vec<Step> {
    let mut loaders: HashMap<&str, Option<Loader>> = HashMap::new();
    let mut steps = Vec::new();
    for call in calls {
        let loader = loaders
            .entry(&call.library)
            .or_insert_with(|| load(&call.library));
        match loader {
            Some(loader) => look_up(loader, call, &mut steps),
            None => steps.push(step(call, None, None)),
        }
    }
    steps
}

fn load(library: &str) -> Option<Loader> {
    let loader = Loader::new(library);
    let loader = loader.inspect_err(|error| tracing::debug!(library, %error, "not readable"));
    loader.ok()
}

fn look_up(loader: &Loader, call: &Call, steps: &mut Vec<Step>) {
    // For a function that nothing is inlined into, only the table of symbols has a name.
    let symbol = || {
        let name = loader.find_symbol(call.address)?;
        Some(addr2line::demangle_auto(name.into(), None).into_owned())
    };
    let before = steps.len();
    if let Ok(mut frames) = loader.find_frames(call.address) {
        while let Ok(Some(frame)) = frames.next() {
            let name = frame.function.as_ref();
            let name = name.and_then(|name| Some(name.demangle().ok()?.into_owned()));
            let name = name.or_else(symbol);
            let at = frame.location.and_then(|at| {
                let line = usize::try_from(at.line?).ok()?;
                Some((at.file?.to_owned(), line))
            });
            steps.push(step(call, name, at));
        }
    }
    if steps.len() == before {
        steps.push(step(call, symbol(), None));
    }
}

const UNKNOWN: &str = "<unknown>";

fn step(call: &Call, function: Option<String>, at: Option<(String, usize)>) -> Step {
    Step {
        library: PathBuf::from(&call.library),
        function: function.unwrap_or_else(|| UNKNOWN.to_owned()),
        at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_of_an_unknown_library_is_kept() {
        let call = Call {
            library: "/nowhere/lib.so".to_owned(),
            address: 1,
        };
        let steps = resolve([&call].into_iter());
        assert_eq!(steps, [step(&call, None, None)]);
    }
}
