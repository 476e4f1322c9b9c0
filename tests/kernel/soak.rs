//! Random cells, good and bad, against a model of what the variables must be.
//!
//! `COURSE_SOAK_CELLS` sets how many, `COURSE_SOAK_SEED` repeats a run that failed.

use super::client::Kernel;
use jupyter_zmq_client::{ExecuteRequest, InterruptRequest, JupyterMessageContent as Content};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};

/// What a cell does to `numbers`, and what of that is left when it has failed.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Push,
    PanicAfterPush,
    QuestionMarkAfterPush,
    PanicAfterMove,
    Abort,
    Exit,
    Segfault,
    WrongType,
    MuchOutput,
    Interrupt,
}

const KINDS: [Kind; 10] = [
    Kind::Push,
    Kind::PanicAfterPush,
    Kind::QuestionMarkAfterPush,
    Kind::PanicAfterMove,
    Kind::Abort,
    Kind::Exit,
    Kind::Segfault,
    Kind::WrongType,
    Kind::MuchOutput,
    Kind::Interrupt,
];

/// Lines that a cell with much output prints.
const LINES: usize = 20_000;

impl Kind {
    /// The cell, for a number that it may add.
    fn code(self, number: u32) -> String {
        let push = format!("numbers.push({number});");
        match self {
            Self::Push => push,
            Self::PanicAfterPush => push + " panic!(\"on purpose\")",
            Self::QuestionMarkAfterPush => push + " \"no number\".parse::<u8>()?;",
            Self::PanicAfterMove => {
                push + " let moved = numbers; assert!(moved.is_empty(), \"on purpose\");"
            }
            Self::Abort => push + " std::process::abort()",
            Self::Exit => push + " std::process::exit(0)",
            Self::Segfault => push + " unsafe { *(8 as *mut u8) = 1; }",
            Self::WrongType => "numbers.push(\"text\");".to_owned(),
            Self::MuchOutput => format!("for line in 0..{LINES} {{ println!(\"{{line}}\"); }}"),
            Self::Interrupt => push + " println!(\"running\"); loop { std::hint::spin_loop() }",
        }
    }

    /// Whether its number stays.
    fn keeps(self) -> bool {
        matches!(
            self,
            Self::Push | Self::PanicAfterPush | Self::QuestionMarkAfterPush
        )
    }

    /// The name of its error, if it is one.
    fn error(self) -> Option<&'static str> {
        Some(match self {
            Self::Push | Self::MuchOutput => return None,
            Self::PanicAfterPush | Self::PanicAfterMove => "Panic",
            Self::QuestionMarkAfterPush => "Error",
            Self::Abort | Self::Segfault => "ProcessCrashed",
            Self::Exit => "ProcessExited",
            Self::WrongType => "CompileError",
            Self::Interrupt => "Interrupted",
        })
    }
}

fn setting(name: &str, default: u64) -> u64 {
    let value = std::env::var(name).ok();
    value.map_or(default, |value| value.parse().expect("it is a number"))
}

#[test]
fn random_cells_leave_the_variables_that_they_must() {
    let n_cells = setting("COURSE_SOAK_CELLS", 60);
    let seed = setting("COURSE_SOAK_SEED", u64::from(std::process::id()));
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut kernel = Kernel::start();
    kernel.run("let mut numbers: Vec<u32> = Vec::new();");
    let mut model = Vec::new();
    for index in 0..n_cells {
        let kind = KINDS[random.random_range(0..KINDS.len())];
        let number = random.random_range(0..1_000);
        let at = format!("seed {seed}, cell {index}: {kind:?}");
        let id = kernel.send(ExecuteRequest::new(kind.code(number)));
        if matches!(kind, Kind::Interrupt) {
            while !matches!(kernel.news().content, Content::StreamContent(_)) {}
            kernel.control(InterruptRequest {});
        }
        let ran = kernel.collect(&id);
        let error = ran.reply.error.as_ref().map(|error| error.ename.as_str());
        assert_eq!(error, kind.error(), "{at}");
        if matches!(kind, Kind::MuchOutput) {
            assert_eq!(ran.transcript().matches("\\n").count(), LINES, "{at}");
        }
        if kind.keeps() {
            model.push(number);
        }
        let shown = kernel.run("numbers").transcript();
        assert!(shown.contains(&format!("{model:?}")), "{at}: {shown}");
    }
}
