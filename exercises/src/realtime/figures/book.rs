//! Which figures the chapter has.

use super::{Comparison, measured, numbers, sequences};
use crate::figure::{BookFile, Figure};

const CHAPTER: &str = "18-realtime-web";

/// Every file of the chapter that code makes.
pub fn book_files() -> Vec<BookFile> {
    let comparison = Comparison::default();
    let figures: [(&str, Figure); 11] = [
        ("http", sequences::http()),
        ("polling", sequences::polling()),
        ("long-polling", sequences::long_polling()),
        ("server-sent-events", sequences::server_sent_events()),
        ("websocket", sequences::websocket()),
        ("requests", comparison.requests()),
        ("latency", comparison.latency()),
        ("bytes", comparison.bytes()),
        ("degeneration", comparison.degeneration()),
        ("measured-delay", measured::delay()),
        ("measured-server-time", measured::server_time()),
    ];
    let mut files: Vec<BookFile> = figures
        .iter()
        .map(|(name, figure)| BookFile::figure(CHAPTER, name, figure))
        .collect();
    files.push(BookFile::pieces(CHAPTER, "numbers", &numbers::pieces()));
    files
}
