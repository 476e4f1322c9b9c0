//! What a point is, and how it becomes a fact about a kernel.

use crate::{Contestant, heard};
use jupyter_zmq_client::{ExecuteRequest, JupyterMessage, JupyterMessageContent as Content};
use kernel_client::{Error, Kernel, Ran, parent_of};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Point {
    /// What a cell or a front end does.
    pub title: &'static str,
    /// The fact that a person wants to hold.
    pub wanted: &'static str,
    /// How the fact is found.
    pub probe: Probe,
    /// Whether every run finds the same, so that it can be compared with an earlier one.
    pub repeats: bool,
}

/// How a fact about a kernel is found.
#[derive(Debug, Clone)]
pub enum Probe {
    /// Defines two variables, runs a cell that moves one of them and then does this, and
    /// looks what is reported and what is left of both.
    Survival(&'static str, Then),
    /// Runs a cell that prints `running`, does this, and waits for ever; what is heard
    /// meanwhile counts. `true` in the function means that it is what the point is about.
    Live(&'static str, fn(&Content) -> bool),
    /// Runs one cell and makes a fact of what it causes.
    Cell(&'static str, fn(&Ran) -> String),
    /// Anything else.
    Dialogue(fn(&mut Kernel, &Surroundings) -> Result<String, Error>),
}

/// What happens to a cell of [`Probe::Survival`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Nothing: it ends by itself.
    Wait,
    /// It is interrupted as soon as it runs.
    InterruptRunning,
    /// It is interrupted while rustc compiles it.
    InterruptCompiling,
}

/// What a dialogue may need beside the kernel.
#[derive(Debug)]
pub struct Surroundings {
    pub(crate) contestant: Contestant,
    pub(crate) history: PathBuf,
    pub(crate) patience: Duration,
}

/// Whether points share a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// Each point has a new kernel, so that none suffers from another one.
    Fresh,
    /// One kernel for all points, as long as it answers; for a kernel that survives them.
    Shared,
}

/// Measures one kernel.
#[derive(Debug)]
pub struct Bench {
    surroundings: Surroundings,
    sharing: Sharing,
    kernel: Option<Kernel>,
    /// The last cell of a [`Probe::Cell`] and what it caused: several points ask about the
    /// same one.
    last: Option<(&'static str, Ran)>,
    /// Whether the variables of [`Probe::Survival`] are as they must be.
    is_defined: bool,
    /// Holds the history.
    _folder: TempDir,
}

impl Bench {
    /// A bench for a kernel; none is started yet.
    ///
    /// # Errors
    ///
    /// If no temporary folder can be made.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use kernel_compare::{Bench, Contestant, Sharing, points};
    ///
    /// let ours = Contestant::ours("kernel-ext".as_ref());
    /// let mut bench = Bench::new(ours, Sharing::Shared)?;
    /// for group in points::all() {
    ///     for point in group.points {
    ///         println!("{}: {}", point.title, bench.fact(&point));
    ///     }
    /// }
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn new(contestant: Contestant, sharing: Sharing) -> std::io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let surroundings = Surroundings {
            history: folder.path().join("history.jsonl"),
            patience: contestant.patience,
            contestant,
        };
        Ok(Self {
            surroundings,
            sharing,
            kernel: None,
            last: None,
            is_defined: false,
            _folder: folder,
        })
    }

    /// The fact about this point. That there is none is a fact as well.
    pub fn fact(&mut self, point: &Point) -> String {
        if let Probe::Cell(code, fact) = point.probe
            && let Some((last, ran)) = &self.last
            && *last == code
        {
            return fact(ran);
        }
        let found = self.measure(&point.probe);
        if found.is_err() || self.sharing == Sharing::Fresh {
            self.end();
        }
        found.unwrap_or_else(|error| heard::failure(&error))
    }

    fn measure(&mut self, probe: &Probe) -> Result<String, Error> {
        if self.kernel.is_none() {
            let Surroundings {
                contestant,
                history,
                ..
            } = &self.surroundings;
            self.kernel = Some(contestant.start(history)?);
        }
        let Some(kernel) = &mut self.kernel else {
            unreachable!("it has just been started")
        };
        match probe {
            Probe::Survival(code, then) => {
                if !self.is_defined {
                    kernel.run(VARIABLES)?.end?;
                }
                let limit = self.surroundings.contestant.limit;
                let (found, is_defined) = survival(kernel, code, *then, limit)?;
                self.is_defined = is_defined;
                Ok(found)
            }
            Probe::Live(code, is_it) => live(kernel, code, *is_it, &self.surroundings),
            Probe::Cell(code, fact) => {
                let ran = kernel.run(code)?;
                let found = fact(&ran);
                self.last = Some((code, ran));
                Ok(found)
            }
            Probe::Dialogue(ask) => ask(kernel, &self.surroundings),
        }
    }

    fn end(&mut self) {
        self.is_defined = false;
        if let Some(mut kernel) = self.kernel.take() {
            // One that does not end by itself is killed when it is dropped.
            let _ = kernel.shutdown(self.surroundings.patience);
        }
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.end();
    }
}

/// What cells of [`Probe::Survival`] find. One more cell looks whether it is still there.
const VARIABLES: &str = "let kept = vec![1, 2]; let word = String::from(\"kept\");";

/// `error; kept; back`, or what there is of it; and whether both variables are there.
fn survival(
    kernel: &mut Kernel,
    code: &str,
    then: Then,
    limit: Duration,
) -> Result<(String, bool), Error> {
    let code = match then {
        Then::InterruptRunning => format!("let taken = word; println!(\"running\"); {code}"),
        _ => format!("let taken = word; {code}"),
    };
    let id = kernel.send(ExecuteRequest::new(code))?;
    match then {
        Then::Wait => {}
        Then::InterruptRunning => {
            await_text(kernel, &id, "running")?;
            kernel.interrupt()?;
        }
        Then::InterruptCompiling => {
            await_compiler(kernel, &id, limit)?;
            kernel.interrupt()?;
        }
    }
    let ran = kernel.collect(&id);
    let reported = heard::status(&ran);
    ran.end?;
    let both = kernel.run("(&kept, &word)")?;
    let (kept, back) = if heard::value(&both).as_deref() == Some("([1, 2], \"kept\")") {
        (true, true)
    } else {
        both.end?;
        let kept = heard::value(&kernel.run("&kept")?);
        let word = heard::value(&kernel.run("&word")?);
        (
            kept.as_deref() == Some("[1, 2]"),
            word.as_deref() == Some("\"kept\""),
        )
    };
    let [kept_word, back_word] =
        [(kept, "kept"), (back, "back")].map(|(is_so, word)| if is_so { word } else { "lost" });
    Ok((
        format!("{reported}; {kept_word}; {back_word}"),
        kept && back,
    ))
}

/// Reads what is published about a request until it prints this.
pub(crate) fn await_text(kernel: &mut Kernel, id: &str, text: &str) -> Result<(), Error> {
    loop {
        let message = kernel.news()?;
        if parent_of(&message) == id
            && matches!(&message.content, Content::StreamContent(stream) if stream.text.contains(text))
        {
            return Ok(());
        }
    }
}

/// Waits until a compiler runs for a request.
fn await_compiler(kernel: &mut Kernel, id: &str, limit: Duration) -> Result<(), Error> {
    while {
        let message = kernel.news()?;
        parent_of(&message) != id || !matches!(message.content, Content::ExecuteInput(_))
    } {}
    // Not one that only tells its version.
    let is_compiler = |pid: &u32| {
        let words = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&words).contains("--crate-type")
    };
    let deadline = Instant::now() + limit;
    while Instant::now() < deadline {
        if kernel.processes().iter().any(is_compiler) {
            return Ok(());
        }
        // No message tells it, so it has to be looked for.
        std::thread::sleep(Duration::from_millis(5));
    }
    Err(Error::Silent {
        awaited: "the start of a compiler",
        limit,
    })
}

/// Whether it is heard while the cell runs.
fn live(
    kernel: &mut Kernel,
    code: &str,
    is_it: fn(&Content) -> bool,
    surroundings: &Surroundings,
) -> Result<String, Error> {
    let code = format!("println!(\"running\");\n{code}\nstd::thread::park();");
    let id = kernel.send(ExecuteRequest::new(code))?;
    let is_about = |message: &JupyterMessage| parent_of(message) == id;
    // A kernel may send both texts as one.
    let mut heard = false;
    loop {
        let message = kernel.news()?;
        heard |= is_about(&message) && is_it(&message.content);
        let is_running = matches!(&message.content, Content::StreamContent(stream) if stream.text.contains("running"));
        if heard || is_about(&message) && is_running {
            break;
        }
    }
    let deadline = Instant::now() + surroundings.patience;
    while !heard && Instant::now() < deadline {
        let left = deadline.saturating_duration_since(Instant::now());
        let message = kernel.news_within(left)?;
        heard = message.is_some_and(|message| is_about(&message) && is_it(&message.content));
    }
    kernel.interrupt()?;
    kernel.collect(&id).end?;
    let seconds = surroundings.patience.as_secs();
    Ok(match heard {
        true => "while the cell runs".to_owned(),
        false => format!("not within {seconds} s"),
    })
}
