//! Showing rich content under a notebook's cell.
//!
//! evcxr's protocol: a block of lines on standard output for each MIME type, of
//! which the front end shows the richest that it can. It is used by figures and
//! reports; outside a notebook it just prints the blocks. [`Table`], [`html`], [`image`]
//! and [`json`] show one thing; [`Live`] shows one that changes, and [`progress()`] how far
//! a loop is.
//! Source: `evcxr/src/eval_context.rs`, which reads them.

mod live;
mod media;
mod progress;
mod table;

pub use live::{Live, clear};
pub use media::{html, image, json};
pub use progress::{Progress, progress};
pub use table::Table;

use std::fmt::Write as _;
use std::io::{self, Write as _};

const BEGIN: &str = "EVCXR_BEGIN_CONTENT";
const END: &str = "EVCXR_END_CONTENT";

/// Shows one thing in several forms: pairs of a MIME type and its content.
///
/// Include `text/plain`, for front ends and readers that show text only.
///
/// # Examples
///
/// ```
/// use exercises::display;
///
/// display::show(&[("text/html", "<b>42</b>"), ("text/plain", "42")]);
/// ```
pub fn show(bundle: &[(&str, &str)]) {
    // One write, so that no thread that prints gets between the lines of a block.
    // If nobody reads standard output any more, there is nobody to tell.
    let _ = io::stdout().lock().write_all(blocks(bundle).as_bytes());
}

fn blocks(bundle: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (mime, content) in bundle {
        let _ = writeln!(
            text,
            "{BEGIN} {mime}\n{}\n{END}",
            without_end_lines(content)
        );
    }
    text
}

/// A line of the content that looks like the end of a block gets a space.
fn without_end_lines(content: &str) -> String {
    let lines: Vec<String> = content
        .trim_end_matches('\n')
        .lines()
        .map(|line| {
            if line == END {
                format!(" {line}")
            } else {
                line.to_owned()
            }
        })
        .collect();
    lines.join("\n")
}

/// Text with the characters escaped that mean something to HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_a_block_of_its_own() {
        assert_eq!(
            blocks(&[("text/html", "<b>\n42</b>\n"), ("text/plain", "42")]),
            "EVCXR_BEGIN_CONTENT text/html\n<b>\n42</b>\nEVCXR_END_CONTENT\n\
             EVCXR_BEGIN_CONTENT text/plain\n42\nEVCXR_END_CONTENT\n"
        );
    }

    #[test]
    fn content_cannot_end_its_block_early() {
        assert_eq!(
            without_end_lines("a\nEVCXR_END_CONTENT\nb"),
            "a\n EVCXR_END_CONTENT\nb"
        );
    }
}
