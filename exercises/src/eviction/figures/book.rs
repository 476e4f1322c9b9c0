//! Which figures the chapter has.

use std::time::Duration;

use super::{AnomalyFigure, MissRatioFigure, WaitingFigure, numbers, workloads};
use crate::eviction::HitRatioModel;
use crate::figure::BookFile;

pub(super) const CHAPTER: &str = "26-cache-eviction";

/// The chapter's cache and database: a look-up on another machine in the same building, and a
/// query.
pub(super) const MODEL: HitRatioModel = HitRatioModel {
    cache: Duration::from_millis(1),
    origin: Duration::from_millis(20),
};

/// Every file of the chapter that code makes.
pub fn book_files() -> Vec<BookFile> {
    let anomaly = AnomalyFigure {
        trace: &AnomalyFigure::CLASSIC,
        most_places: 6,
    };
    let mut files = vec![
        BookFile::figure(CHAPTER, "anomaly", &anomaly.draw()),
        BookFile::figure(CHAPTER, "waiting", &WaitingFigure { model: MODEL }.draw()),
    ];
    let workloads = workloads::all();
    let curves = workloads.iter().map(|workload| {
        let figure = MissRatioFigure {
            trace: &workload.trace,
            kinds: &workload.kinds,
            capacities: &workload.capacities,
        };
        BookFile::figure(CHAPTER, workload.name, &figure.draw(workload.title))
    });
    files.extend(curves);
    files.push(BookFile::pieces(
        CHAPTER,
        "numbers",
        &numbers::pieces(&workloads),
    ));
    files
}
