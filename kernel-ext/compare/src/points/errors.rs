//! What an error tells: its place, its cause, where to read on.

use crate::heard::{status, words};
use crate::{Point, Probe};
use kernel_client::Ran;

const WRONG_TYPE: &str = "let fine = 1;\nlet n: u8 = \"text\";";
const OUT_OF_BOUNDS: &str = "let few = vec![1, 2];\nlet end = few.len();\nfew[end]";

pub(super) fn points() -> Vec<Point> {
    let point = |title, wanted, code, fact| Point {
        title,
        wanted,
        probe: Probe::Cell(code, fact),
        repeats: true,
    };
    vec![
        point(
            "a compile error: line and column in the cell",
            "shown",
            WRONG_TYPE,
            |ran| shown(ran, "2:13"),
        ),
        point("a compile error: its code", "shown", WRONG_TYPE, |ran| {
            shown(ran, "E0308")
        }),
        point(
            "a compile error: where its code is explained",
            "shown",
            WRONG_TYPE,
            |ran| shown(ran, "doc.rust-lang.org/error_codes/E0308"),
        ),
        point(
            "a compile error: name, message and traceback for programs",
            "in the reply",
            WRONG_TYPE,
            replied,
        ),
        point(
            "a panic: name, message and traceback for programs",
            "in the reply",
            OUT_OF_BOUNDS,
            replied,
        ),
        point("a panic: its message", "shown", OUT_OF_BOUNDS, |ran| {
            shown(ran, "the len is 2 but the index is 2")
        }),
        point(
            "a panic: the line in the cell",
            "shown",
            OUT_OF_BOUNDS,
            |ran| shown(ran, "line 3"),
        ),
        point(
            "a panic: the code on that line",
            "shown",
            OUT_OF_BOUNDS,
            |ran| shown(ran, "few[end]"),
        ),
    ]
}

fn shown(ran: &Ran, part: &str) -> String {
    let shown = words(ran).contains(part);
    (if shown { "shown" } else { "not shown" }).to_owned()
}

fn replied(ran: &Ran) -> String {
    let reply = match &ran.end {
        Ok(reply) => reply,
        Err(_) => return status(ran),
    };
    match &reply.error {
        Some(error) if !error.traceback.is_empty() => "in the reply".to_owned(),
        _ => format!("not in the reply, whose status is {}", status(ran)),
    }
}
