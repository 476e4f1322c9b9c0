//! Attacks, and accidents, that take more than their share: time, memory, output.

use std::process::{Command, exit};
use std::thread;

use exercises::catalog::Wrong;
use exercises::grade::MEMORY_IS_LIMITED;

use super::{Sum, solution};

/// What the report says of a solution that does not end.
pub(super) const ENDLESS: &str = "it did not finish within";

pub(super) fn attacks() -> Vec<Wrong> {
    let mut attacks = vec![
        solution::<LoopsForEver>("LoopsForEver", ENDLESS),
        solution::<SleepsForEver>("SleepsForEver", ENDLESS),
        solution::<PrintsForEver>("PrintsForEver", "printed more than"),
        solution::<LeavesAProcess>("LeavesAProcess", "tried to start a process"),
    ];
    // Elsewhere they would fill the machine that tests the limit; see `MEMORY_IS_LIMITED`.
    if MEMORY_IS_LIMITED {
        attacks.push(solution::<TakesItAll>("TakesItAll", "MiB of memory"));
        attacks.push(solution::<Leaks>("Leaks", "MiB of memory"));
    }
    attacks
}

struct LoopsForEver;

impl Sum for LoopsForEver {
    fn new() -> Self {
        loop {
            std::hint::spin_loop();
        }
    }
}

struct SleepsForEver;

impl Sum for SleepsForEver {
    fn new() -> Self {
        loop {
            thread::park();
        }
    }
}

struct PrintsForEver;

impl Sum for PrintsForEver {
    fn new() -> Self {
        loop {
            println!("adds-up passed, 1 of 1 points");
        }
    }
}

/// Would leave a process behind that holds the output open, and goes.
struct LeavesAProcess;

impl Sum for LeavesAProcess {
    fn new() -> Self {
        let _ = Command::new("sleep").arg("1000").spawn();
        exit(0)
    }
}

/// 100 GiB at once.
struct TakesItAll;

impl Sum for TakesItAll {
    fn new() -> Self {
        Self
    }

    fn total(&mut self) -> u64 {
        let memory = vec![1_u8; 100 << 30];
        u64::from(memory[memory.len() / 2])
    }
}

/// A little at a time.
struct Leaks;

impl Sum for Leaks {
    fn new() -> Self {
        let mut kept = Vec::new();
        loop {
            kept.push(vec![1_u8; 16 << 20]);
        }
    }
}

/// Right, with a thread that never ends.
pub(super) struct LeavesAThread(u64);

impl Sum for LeavesAThread {
    fn new() -> Self {
        thread::spawn(|| {
            loop {
                thread::park();
            }
        });
        Self(0)
    }

    fn add(&mut self, number: u64) {
        self.0 += number;
    }

    fn total(&mut self) -> u64 {
        self.0
    }
}

/// Right, with more output than a pipe holds.
pub(super) struct PrintsALot(u64);

impl Sum for PrintsALot {
    fn new() -> Self {
        println!("{}", "debugging ".repeat(1 << 16));
        Self(0)
    }

    fn add(&mut self, number: u64) {
        self.0 += number;
    }

    fn total(&mut self) -> u64 {
        self.0
    }
}
