//! A progress bar over an iterator, in one line of a cell.
//!
//! It shows a bar that moves where the kernel can replace outputs, and one line at the
//! end elsewhere. Not for loops of less than a second, which it would only slow down, and
//! not for a terminal: there, use the crate indicatif.

use super::live::{Live, is_live};
use std::time::{Duration, Instant};

/// How often the bar moves. Faster than that, nobody reads the numbers.
const EVERY: Duration = Duration::from_millis(100);

/// Characters of the bar in plain text.
const WIDTH: u64 = 30;

/// Wraps an iterator; the bar moves as its items are taken.
///
/// # Examples
///
/// ```
/// use exercises::display::progress;
///
/// let sum: u64 = progress(1..=1_000).sum();
/// assert_eq!(sum, 500_500);
/// ```
pub fn progress<I: IntoIterator>(items: I) -> Progress<I::IntoIter> {
    let items = items.into_iter();
    let (least, most) = items.size_hint();
    let now = Instant::now();
    let state = State {
        done: 0,
        // An iterator that knows its length says the same twice.
        total: most.filter(|most| *most == least).map(|most| most as u64),
        started: now,
        elapsed: Duration::ZERO,
    };
    Progress {
        items,
        output: is_live().then(|| Live::show(&[("text/plain", &state.plain())])),
        state,
        shown: now,
        is_over: false,
    }
}

/// An iterator with a progress bar; made by [`progress`].
#[derive(Debug)]
pub struct Progress<I> {
    items: I,
    output: Option<Live>,
    state: State,
    shown: Instant,
    is_over: bool,
}

impl<I: Iterator> Iterator for Progress<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        let item = self.items.next();
        match item {
            Some(_) => {
                // The item before this one is done, and this one is being worked on; a
                // bar that is full while the last one runs would be a lie.
                if Instant::now().duration_since(self.shown) >= EVERY {
                    self.show();
                }
                self.state.done += 1;
            }
            None => self.finish(),
        }
        item
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.items.size_hint()
    }
}

impl<I> Progress<I> {
    fn show(&mut self) {
        self.shown = Instant::now();
        self.state.elapsed = self.shown.duration_since(self.state.started);
        if let Some(output) = &self.output {
            let (html, plain) = (self.state.html(), self.state.plain());
            output.update(&[("text/html", &html), ("text/plain", &plain)]);
        }
    }

    /// Shows the last state once, also where a loop ends early.
    fn finish(&mut self) {
        if std::mem::replace(&mut self.is_over, true) {
            return;
        }
        self.show();
        if self.output.is_none() {
            // No content block: stock evcxr shows one of each type, and the `()` of a
            // loop that ends the cell would take its place.
            println!("{}", self.state.plain());
        }
    }
}

impl<I> Drop for Progress<I> {
    fn drop(&mut self) {
        self.finish();
    }
}

/// How far it is.
#[derive(Debug, Clone)]
struct State {
    done: u64,
    /// `None` if nobody knows.
    total: Option<u64>,
    started: Instant,
    elapsed: Duration,
}

impl State {
    fn plain(&self) -> String {
        let Some(total) = self.total else {
            return self.numbers();
        };
        let full = self.done * WIDTH / total.max(1);
        let bar: String = (0..WIDTH)
            .map(|at| if at < full { '█' } else { '░' })
            .collect();
        format!("{bar} {}", self.numbers())
    }

    fn html(&self) -> String {
        let numbers = self.numbers();
        match self.total {
            Some(total) => format!(
                "<progress value=\"{}\" max=\"{}\" aria-label=\"progress\"></progress> {numbers}",
                self.done,
                total.max(1)
            ),
            None => numbers,
        }
    }

    /// Done and total, time taken and, by the same pace, time left.
    fn numbers(&self) -> String {
        let elapsed = self.elapsed.as_secs_f64();
        match self.total {
            Some(total) if self.done < total && self.done > 0 => {
                let left = elapsed / self.done as f64 * (total - self.done) as f64;
                format!("{}/{total}, {elapsed:.1} s, {left:.1} s left", self.done)
            }
            Some(total) => format!("{}/{total}, {elapsed:.1} s", self.done),
            None => format!("{}, {elapsed:.1} s", self.done),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(done: u64, total: Option<u64>, expected: Expect) {
        let state = State {
            done,
            total,
            started: Instant::now(),
            elapsed: Duration::from_secs(4),
        };
        expected.assert_eq(&format!("{}\n{}", state.plain(), state.html()));
    }

    #[test]
    fn the_time_left_follows_from_the_pace() {
        check(
            1,
            Some(3),
            expect![[r#"
            ██████████░░░░░░░░░░░░░░░░░░░░ 1/3, 4.0 s, 8.0 s left
            <progress value="1" max="3" aria-label="progress"></progress> 1/3, 4.0 s, 8.0 s left"#]],
        );
    }

    #[test]
    fn the_end_has_no_time_left() {
        check(
            3,
            Some(3),
            expect![[r#"
            ██████████████████████████████ 3/3, 4.0 s
            <progress value="3" max="3" aria-label="progress"></progress> 3/3, 4.0 s"#]],
        );
    }

    #[test]
    fn without_a_length_there_is_no_bar() {
        check(
            7,
            None,
            expect![[r#"
            7, 4.0 s
            7, 4.0 s"#]],
        );
    }

    #[test]
    fn nothing_to_do_is_done() {
        check(
            0,
            Some(0),
            expect![[r#"
            ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0/0, 4.0 s
            <progress value="0" max="1" aria-label="progress"></progress> 0/0, 4.0 s"#]],
        );
    }

    #[test]
    fn every_item_passes_through() {
        assert!(progress(["a", "b"]).eq(["a", "b"]));
        assert_eq!(progress(0..5).size_hint(), (5, Some(5)));
    }
}
