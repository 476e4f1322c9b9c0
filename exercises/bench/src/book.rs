//! Measured tables for the book: where they go, and what has to be said beside a time.
//!
//! A time belongs to a machine and a day. So the file names both, it is committed, and no
//! test makes it again: `cargo bench -p bench -- TOPIC --book` does.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Writes Markdown to a file below `book/src/figures/`, and under it when and where it was
/// measured.
///
/// # Errors
///
/// If the file cannot be written.
pub fn write_for_book(name: &str, command: &str, markdown: &str) -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../book/src/figures");
    let text = format!(
        "<!-- Measured by `{command}`; do not edit. -->\n{}\n\n{}\n",
        markdown.trim_end(),
        circumstances()
    );
    fs::write(folder.join(name), text)?;
    println!("wrote book/src/figures/{name}");
    Ok(())
}

/// The sentence that says when and where.
fn circumstances() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    format!(
        "(Measured on {}, {}, {}.)",
        date(now.unwrap_or_default()),
        processor(),
        compiler()
    )
}

/// The day in UTC, as `2026-11-25`.
///
/// By Howard Hinnant's `civil_from_days`
/// (<https://howardhinnant.github.io/date_algorithms.html>): years that begin in March, so
/// that the leap day comes last.
fn date(since_1970: Duration) -> String {
    let days = since_1970.as_secs() / 86_400 + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    format!("{:04}-{month:02}-{day:02}", era * 400 + year + next)
}

fn processor() -> String {
    let told = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = told.lines().find(|line| line.starts_with("model name"));
    let model = model.and_then(|line| line.split_once(':'));
    model.map_or_else(
        || format!("a processor of the kind {}", std::env::consts::ARCH),
        |(_, name)| name.trim().to_owned(),
    )
}

fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output();
    let said = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let said = said.unwrap_or_default();
    // "rustc 1.95.0 (hash date)"
    said.split(" (")
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, wanted) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (789, "1972-02-29"),
            (11_016, "2000-02-29"),
            (20_782, "2026-11-25"),
        ] {
            assert_eq!(date(Duration::from_secs(days * 86_400)), wanted);
        }
    }
}
