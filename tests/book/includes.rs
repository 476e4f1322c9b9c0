//! `{{#include …}}`: the file is there, the anchor is in it, and something
//! stands between its two ends.

use std::path::{Path, PathBuf};

use super::{assert_none, root, sources};

/// An include as a page writes it.
#[derive(Debug, PartialEq, Eq)]
struct Include {
    file: String,
    anchor: Option<String>,
}

/// The includes of a page; an escaped one, `\{{#include`, is text.
fn includes(text: &str) -> Vec<Include> {
    let mut includes = Vec::new();
    for (start, _) in text.match_indices("{{#") {
        let rest = &text[start + 3..];
        let Some(end) = rest.find("}}") else { continue };
        let mut words = rest[..end].split_whitespace();
        let is_include = matches!(words.next(), Some("include" | "rustdoc_include"));
        if text[..start].ends_with('\\') || !is_include {
            continue;
        }
        let target = words.next().unwrap_or_default();
        let (file, anchor) = match target.split_once(':') {
            Some((file, anchor)) => (file, Some(anchor.to_owned())),
            None => (target, None),
        };
        includes.push(Include {
            file: file.to_owned(),
            anchor,
        });
    }
    includes
}

/// Why an include gives nothing, if it does.
fn fault(page_folder: &Path, include: &Include) -> Option<String> {
    let path = page_folder.join(&include.file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        return Some(format!("no file {}", include.file));
    };
    let Some(anchor) = &include.anchor else {
        return text
            .trim()
            .is_empty()
            .then(|| format!("{} is empty", include.file));
    };
    if anchor.starts_with(|first: char| first.is_ascii_digit() || first == ':') || anchor.is_empty()
    {
        return Some(format!(
            "{}:{anchor} counts lines, which move; use an anchor",
            include.file
        ));
    }
    anchor_fault(&text, anchor).map(|fault| format!("{}: {fault}", include.file))
}

/// Why an anchor gives nothing, if it does. mdBook would end an anchor without
/// an end at the end of the file.
fn anchor_fault(text: &str, anchor: &str) -> Option<String> {
    let is_mark = |line: &str, mark: &str| {
        line.split_once(mark).is_some_and(|(_, rest)| {
            let name: String = rest
                .trim_start()
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
                .collect();
            name == anchor
        })
    };
    let lines: Vec<&str> = text.lines().collect();
    let starts: Vec<usize> = (0..lines.len())
        .filter(|i| is_mark(lines[*i], "ANCHOR:"))
        .collect();
    let ends: Vec<usize> = (0..lines.len())
        .filter(|i| is_mark(lines[*i], "ANCHOR_END:"))
        .collect();
    match (starts.as_slice(), ends.as_slice()) {
        ([], _) => Some(format!("no anchor `{anchor}`")),
        ([start], [end]) if start < end => lines[start + 1..*end]
            .iter()
            .all(|line| line.trim().is_empty())
            .then(|| format!("nothing inside anchor `{anchor}`")),
        ([_], []) => Some(format!("anchor `{anchor}` has no end")),
        _ => Some(format!(
            "anchor `{anchor}` begins or ends more than once, or ends first"
        )),
    }
}

#[test]
fn every_include_resolves_to_something() {
    let mut offenders = Vec::new();
    for (name, text) in sources() {
        let page = root().join("book/src").join(&name);
        let folder: PathBuf = page.parent().map(Into::into).unwrap_or_default();
        offenders.extend(
            includes(&text)
                .iter()
                .filter_map(|include| fault(&folder, include))
                .map(|fault| format!("{name}: {fault}")),
        );
    }
    assert_none(
        &offenders,
        "mdBook would show an empty block or the raw text for these:",
    );
}

#[test]
fn code_is_included_and_never_pasted() {
    // Commands, output and sketches are no Rust; Rust comes from the crate that compiles it.
    let mut offenders = Vec::new();
    for chapter in super::finished_chapters() {
        let text = super::source(&format!("{chapter}.md"));
        for (start, _) in text.match_indices("\n```rust") {
            let body = text[start + 1..].lines().nth(1).unwrap_or_default();
            if !body.starts_with("{{#include") && !body.starts_with("{{#rustdoc_include") {
                offenders.push(format!("{chapter}.md: ```rust block that begins `{body}`"));
            }
        }
    }
    assert_none(
        &offenders,
        "put the code into `exercises` and include it by its anchor:",
    );
}

#[test]
fn an_include_names_a_file_and_perhaps_an_anchor() {
    let found =
        includes(r"{{#include a.rs:x}} \{{#include no.rs}} {{#rustdoc_include b.rs}} {{#title T}}");
    let expected = [("a.rs", Some("x")), ("b.rs", None)].map(|(file, anchor)| Include {
        file: file.to_owned(),
        anchor: anchor.map(str::to_owned),
    });
    assert_eq!(found, expected);
}

#[test]
fn an_unknown_empty_or_endless_anchor_is_a_fault() {
    let text = "// ANCHOR: good\ncode\n// ANCHOR_END: good\n// ANCHOR: empty\n\n// ANCHOR_END: empty\n\
                // ANCHOR: endless\ncode\n";
    assert_eq!(anchor_fault(text, "good"), None);
    assert_eq!(
        anchor_fault(text, "goo"),
        Some("no anchor `goo`".to_owned())
    );
    assert_eq!(
        anchor_fault(text, "empty"),
        Some("nothing inside anchor `empty`".to_owned())
    );
    assert_eq!(
        anchor_fault(text, "endless"),
        Some("anchor `endless` has no end".to_owned())
    );
}
