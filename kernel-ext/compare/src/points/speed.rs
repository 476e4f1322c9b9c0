//! A few times, for a reader's orientation; no test asserts them.

use crate::probe::await_text;
use crate::{Point, Probe, Surroundings};
use jupyter_zmq_client::ExecuteRequest;
use kernel_client::{Error, Kernel};
use std::time::{Duration, Instant};

const RUNS: usize = 9;

pub(super) fn points() -> Vec<Point> {
    type Time = fn(&mut Kernel, &Surroundings) -> Result<String, Error>;
    let point = |title, wanted, time: Time| Point {
        title,
        wanted,
        probe: Probe::Dialogue(time),
        repeats: false,
    };
    vec![
        point("a small cell, from start to end", "at once", small_cell),
        point(
            "from an interrupt of a busy loop to the end of the cell",
            "at once",
            interrupt,
        ),
    ]
}

fn small_cell(kernel: &mut Kernel, _: &Surroundings) -> Result<String, Error> {
    kernel.run("let numbers = vec![1, 2];")?.end?;
    kernel.run("numbers.len()")?.end?;
    let cell = || {
        let before = Instant::now();
        kernel.run("numbers.len() + 1")?.end?;
        Ok(before.elapsed())
    };
    median(cell)
}

fn interrupt(kernel: &mut Kernel, _: &Surroundings) -> Result<String, Error> {
    let interrupt = || {
        let code = "println!(\"running\"); loop { std::hint::spin_loop() }".to_owned();
        let id = kernel.send(ExecuteRequest::new(code))?;
        await_text(kernel, &id, "running")?;
        let before = Instant::now();
        kernel.interrupt()?;
        kernel.collect(&id).end?;
        Ok(before.elapsed())
    };
    median(interrupt)
}

fn median(mut time: impl FnMut() -> Result<Duration, Error>) -> Result<String, Error> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        times.push(time()?);
    }
    times.sort();
    let [quickest, middle, slowest] = [0, RUNS / 2, RUNS - 1].map(|at| times[at].as_millis());
    Ok(format!("{middle} ms ({quickest} to {slowest})"))
}
