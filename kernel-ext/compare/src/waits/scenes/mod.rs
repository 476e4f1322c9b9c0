//! Sessions of a person, each with one kernel after the other.
//!
//! A scene is played once in each run. It plays only if one of its lines is wanted, and a
//! kernel that fails in the middle of it has no numbers for the lines after that.

mod crates;
mod crowd;
mod growth;
mod later;
mod restart;
mod small;
mod tour;
mod turns;

use super::Row;
use super::stage::{Log, Stage};

/// How old a kernel is when a person who reads first runs the first cell.
const READING: std::time::Duration = std::time::Duration::from_secs(8);

type Scene = fn(&Stage, &mut Log<'_>);

/// Each scene with the lines that take their numbers from it.
const SCENES: [(&[Row], Scene); 7] = [
    (
        &[
            Row::Tour,
            Row::TourBesideCache,
            Row::KnownCrate,
            Row::Memory,
        ],
        tour::play,
    ),
    (&[Row::TourLater, Row::WarmFigure], later::play),
    (
        &[
            Row::FirstVariable,
            Row::WarmVariable,
            Row::WarmTrivial,
            Row::AfterAwait,
        ],
        small::play,
    ),
    (&[Row::SecondSession], crates::play),
    (&[Row::Crowd], crowd::play),
    (&[Row::Restart, Row::SpareMemory], restart::play),
    (&[Row::Growth], growth::play),
];

/// One run of all that is wanted.
pub(super) fn play(stage: &Stage, log: &mut Log<'_>) {
    for (rows, scene) in SCENES {
        if stage.wants(rows) {
            scene(stage, log);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_one_scene() {
        let mut rows: Vec<Row> = SCENES.iter().flat_map(|(rows, _)| *rows).copied().collect();
        rows.sort();
        assert_eq!(rows, Row::ALL);
    }
}
