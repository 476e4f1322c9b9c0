//! Finding a Python that can make an environment.
//!
//! Any Python ≥ 3.9 will do, if it can make environments: Debian's has no
//! `ensurepip` until `python3-venv` is installed. Where `uv` is, it makes the
//! environment, faster, and brings a Python of its own if there is none.

use std::process::Command;

use super::prerequisites::{Mend, first_line};

/// The oldest Python that the pinned packages support.
const OLDEST: (u32, u32) = (3, 9);

/// Names to try: the usual one first, so that a learner who has several gets
/// the one that they call `python3` too.
const NAMES: [&str; 8] = [
    "python3",
    "python3.14",
    "python3.13",
    "python3.12",
    "python3.11",
    "python3.10",
    "python3.9",
    "python",
];

/// Prints the version, then whether environments can be made.
const PROBE: &str = "import sys
print('%d.%d.%d' % sys.version_info[:3])
try:
    import venv, ensurepip
    print('venv')
except ImportError:
    print('no venv')";

/// How to get it.
pub(crate) const MEND: Mend = Mend {
    debian: "sudo apt install python3 python3-venv",
    fedora: "sudo dnf install python3",
    macos: "brew install python",
};

/// What makes the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Interpreter {
    /// The program to call; with uv, the Python to ask uv for.
    pub(crate) program: String,
    /// Its version; with uv and without a Python, the word `Python`.
    pub(crate) version: String,
    /// Whether uv makes the environment instead of Python's own `venv`.
    pub(crate) uv: bool,
}

/// Why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lack {
    /// No Python at all.
    None,
    /// The newest one found is too old.
    TooOld(String),
    /// New enough, but cannot make environments.
    NoVenv(String),
}

impl std::fmt::Display for Lack {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None => write!(out, "no Python ≥ 3.9 and no uv"),
            Self::TooOld(version) => write!(out, "Python {version} is too old, 3.9 is needed"),
            Self::NoVenv(version) => {
                write!(
                    out,
                    "Python {version} lacks `venv` or `ensurepip` (Debian: package python3-venv)"
                )
            }
        }
    }
}

/// Looks for a way to make an environment.
///
/// # Errors
///
/// The reason that is nearest to working, since mending it is the least work.
pub(crate) fn search() -> Result<Interpreter, Lack> {
    let uv = first_line(Command::new("uv").arg("--version")).is_some();
    let mut lack = Lack::None;
    for program in NAMES {
        let Some(answer) = probe(program) else {
            continue;
        };
        match judge(&answer, uv) {
            Ok(version) => {
                return Ok(Interpreter {
                    program: program.to_owned(),
                    version,
                    uv,
                });
            }
            Err(worse) if lack == Lack::None || matches!(worse, Lack::NoVenv(_)) => lack = worse,
            Err(_) => {}
        }
    }
    if uv {
        let version = format!("Python {}.{} or later", OLDEST.0, OLDEST.1);
        return Ok(Interpreter {
            program: format!(">={}.{}", OLDEST.0, OLDEST.1),
            version,
            uv,
        });
    }
    Err(lack)
}

fn probe(program: &str) -> Option<String> {
    // -I: a PYTHONPATH of the learner's must not decide what is found.
    let output = Command::new(program)
        .args(["-I", "-c", PROBE])
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The version, if a Python that answered this can be used.
fn judge(answer: &str, uv: bool) -> Result<String, Lack> {
    let mut lines = answer.lines();
    let version = lines.next().unwrap_or_default().to_owned();
    let mut numbers = version.split('.').map(|part| part.parse().unwrap_or(0));
    let series = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if series < OLDEST {
        Err(Lack::TooOld(version))
    } else if !uv && lines.next() != Some("venv") {
        Err(Lack::NoVenv(version))
    } else {
        Ok(version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_python_is_used_if_it_is_new_enough_and_makes_environments() {
        assert_eq!(judge("3.9.0\nvenv\n", false), Ok("3.9.0".into()));
        assert_eq!(
            judge("3.13.2\nno venv\n", false),
            Err(Lack::NoVenv("3.13.2".into()))
        );
        assert_eq!(
            judge("3.8.20\nvenv\n", false),
            Err(Lack::TooOld("3.8.20".into()))
        );
        assert_eq!(
            judge("2.7.18\nno venv\n", false),
            Err(Lack::TooOld("2.7.18".into()))
        );
    }

    #[test]
    fn uv_makes_environments_for_a_python_that_cannot() {
        assert_eq!(judge("3.13.2\nno venv\n", true), Ok("3.13.2".into()));
        assert_eq!(
            judge("3.8.20\nvenv\n", true),
            Err(Lack::TooOld("3.8.20".into()))
        );
    }

    #[test]
    fn the_lack_of_debians_package_names_it() {
        assert!(
            Lack::NoVenv("3.11.2".into())
                .to_string()
                .contains("python3-venv")
        );
    }
}
