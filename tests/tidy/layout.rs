//! What may stand at the top of the repository, and what may not stand anywhere.

use std::collections::BTreeSet;

use super::{assert_none, files, root};

/// The top level is fixed, so that a newcomer sees the product's parts and nothing else.
const TOP_LEVEL: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "README.md",
    "book",
    "exercises",
    "kernel-ext",
    "notebooks",
    "rust-toolchain.toml",
    "tests",
];

#[test]
fn the_top_level_holds_the_products_parts_and_nothing_else() {
    let offenders: BTreeSet<String> = files()
        .iter()
        .filter_map(|path| Some(path.components().next()?.as_os_str().to_str()?.to_owned()))
        .filter(|entry| {
            !TOP_LEVEL.contains(&entry.as_str())
                && !entry.starts_with('.')
                && !entry.starts_with("LICENSE")
        })
        .collect();
    assert_none(
        &Vec::from_iter(offenders),
        "move these into one of the product's parts:",
    );
}

#[test]
fn no_file_names_a_folder_of_one_machine() {
    // Put together here, so that this file does not find itself.
    let homes = ["root", "work", "home/user"].map(|folder| format!("/{folder}/"));
    let mut offenders = Vec::new();
    for path in files() {
        let Ok(text) = std::fs::read_to_string(root().join(&path)) else {
            continue;
        };
        for (index, line) in text.lines().enumerate() {
            let starts_path = |home: &String| {
                line.match_indices(home.as_str()).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    !before.is_some_and(|c| c.is_alphanumeric() || "-_./)}".contains(c))
                })
            };
            if homes.iter().any(starts_path) {
                offenders.push(format!("{}:{}", path.display(), index + 1));
            }
        }
    }
    assert_none(
        &offenders,
        "name the place by what it is, or relative to the root:",
    );
}
