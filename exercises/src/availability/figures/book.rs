//! Which figures the chapter has, and of which systems.

use std::time::Duration;

use super::{
    BurnFigure, ConvergingFigure, CopiesFigure, NinesFigure, QuorumFigure, SeriesFigure, numbers,
};
use crate::availability::{Availability, BurnAlert, Unavailability};
use crate::figure::{BookFile, Figure};

const CHAPTER: &str = "07-availability-arithmetic";

/// Every file of the chapter that code makes.
pub fn book_files() -> Vec<BookFile> {
    let (nines, series, copies) = (NinesFigure { most: 6 }, series(), copies());
    let (quorum, converging, burn) = (quorum(), converging(), burn());
    let figures: [(&str, Figure); 6] = [
        ("nines", nines.draw()),
        ("series", series.draw()),
        ("copies", copies.draw()),
        ("quorum", quorum.draw()),
        ("converging", converging.draw()),
        ("burn", burn.draw()),
    ];
    let mut files: Vec<BookFile> = figures
        .iter()
        .map(|(name, figure)| BookFile::figure(CHAPTER, name, figure))
        .collect();
    let mut pieces = numbers::pieces();
    pieces.extend([
        ("nines_table", nines.table()),
        ("series_table", series.table()),
        ("copies_table", copies.table()),
        ("quorum_table", quorum.table()),
        ("converging_table", converging.table()),
        ("burn_table", burn.table()),
    ]);
    if let Some((from, to)) = burn.fires_from_to() {
        pieces.extend([
            ("burn_from", from.to_string()),
            ("burn_to", to.to_string()),
            ("burn_spared", burn.spared_minutes().to_string()),
        ]);
    }
    files.push(BookFile::pieces(CHAPTER, "numbers", &pieces));
    files
}

fn series() -> SeriesFigure {
    SeriesFigure {
        parts: [0.01, 0.001, 0.0001].map(Unavailability::clamped).into(),
        most: 100,
    }
}

fn copies() -> CopiesFigure {
    CopiesFigure {
        copy: Unavailability::clamped(0.05),
        betas: vec![0.0, 0.01, 0.1],
        most: 5,
        hours: 400_000.0,
    }
}

fn quorum() -> QuorumFigure {
    QuorumFigure {
        groups: vec![(1, 3), (2, 3), (3, 5), (3, 3)],
    }
}

fn converging() -> ConvergingFigure {
    let hours = |hours: u64| Duration::from_secs(3_600 * hours);
    ConvergingFigure {
        mttf: hours(99),
        mttr: hours(1),
        most_cycles: 100_000,
        seed: 7,
    }
}

fn burn() -> BurnFigure {
    let three_nines = Availability::from_parts_down(Availability::PARTS / 1_000);
    BurnFigure {
        target: three_nines.unwrap_or(Availability::PERFECT),
        alert: BurnAlert::WORKBOOK[0],
        failing_percent: 10,
        outage_minutes: 30,
        minutes_after: 60,
    }
}
