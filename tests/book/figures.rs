//! Figures and numbers of the book are those that the code draws and counts now.

use exercises::figure::book_files;

use super::{assert_none, root};

#[test]
fn committed_figures_and_numbers_are_those_that_the_code_makes_now() {
    let stale: Vec<String> = book_files()
        .into_iter()
        .filter(|file| {
            std::fs::read_to_string(root().join(file.path()))
                .ok()
                .as_ref()
                != Some(&file.text)
        })
        .map(|file| file.path())
        .collect();
    assert_none(
        &stale,
        "run `cargo course dev figures` and commit what it writes:",
    );
}

#[test]
fn no_figure_is_left_over() {
    let mut made: Vec<String> = book_files().into_iter().map(|file| file.path()).collect();
    // Measured, by another command: `cargo course dev compare`.
    made.push(kernel_compare::BOOK_FILE.to_owned());
    // Timed, by another command: `cargo bench -p bench -- ring --book`.
    made.push("book/src/figures/28-consistent-hashing/lookup.md".to_owned());
    // Tried, by another command: `cargo course dev mutants`.
    made.push("book/src/figures/graders/mutants.md".to_owned());
    // Measured, by another command: `cargo bench -p bench push -- --book`.
    made.push("book/src/figures/18-realtime-web/measured.md".to_owned());
    let mut leftovers = Vec::new();
    for folder in std::fs::read_dir(root().join("book/src/figures")).expect("there are figures") {
        let folder = folder.expect("the folder can be listed").path();
        for file in std::fs::read_dir(&folder).expect("figures lie in a folder for each chapter") {
            let path = file.expect("the folder can be listed").path();
            let name = path
                .strip_prefix(root())
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            if !made.contains(&name) {
                leftovers.push(name);
            }
        }
    }
    assert_none(&leftovers, "no code makes these any more; delete them:");
}

#[test]
fn every_figure_and_number_is_used() {
    let pages: String = super::sources()
        .into_iter()
        .filter(|(name, _)| !name.starts_with("figures/"))
        .map(|(_, text)| text)
        .collect();
    let mut unused = Vec::new();
    for file in book_files() {
        let path = file.path();
        let included = path.trim_start_matches("book/src/");
        let names: Vec<String> = file
            .text
            .split("ANCHOR: ")
            .skip(1)
            .filter_map(|rest| rest.split_whitespace().next())
            .map(|anchor| format!("{{{{#include {included}:{anchor}}}}}"))
            .collect();
        let names = if names.is_empty() {
            vec![format!("{{{{#include {included}}}}}")]
        } else {
            names
        };
        unused.extend(
            names
                .into_iter()
                .filter(|include| !pages.contains(include.as_str())),
        );
    }
    assert_none(&unused, "show it in a chapter, or do not make it:");
}
