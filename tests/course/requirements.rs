//! The pinned Python packages: whole, hashed, and from no place in particular.

use std::collections::BTreeSet;

use crate::fixture::course::root;

/// What a learner gets, and what is added to it to test the kernel with other tools.
const FOLDERS: [&str; 2] = ["notebooks", "tests/kernel/tools"];

fn read(folder: &str, name: &str) -> String {
    std::fs::read_to_string(root().join(folder).join(name)).expect("it is committed")
}

/// Names and bodies of the pins: a name at the start of a line begins one.
fn pins(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut pins: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        match line.split_once("==") {
            Some((name, _)) if !line.starts_with(['#', ' ']) => {
                pins.push((name.split('[').next().unwrap_or(name), vec![]))
            }
            _ => pins.last_mut().into_iter().for_each(|pin| pin.1.push(line)),
        }
    }
    pins
}

#[test]
fn every_package_asked_for_is_pinned() {
    FOLDERS.into_iter().for_each(check_asked_are_pinned);
}

#[track_caller]
fn check_asked_are_pinned(folder: &str) {
    let asked = read(folder, "requirements.in");
    let pinned = read(folder, "requirements.txt");
    let names: Vec<&str> = pins(&pinned).into_iter().map(|(name, _)| name).collect();
    let asked = asked
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()));
    for line in asked {
        let name = line
            .split([' ', '<', '=', '>', '['])
            .next()
            .unwrap_or(line)
            .replace('_', "-");
        assert!(
            names.contains(&name.as_str()),
            "{name} is in {folder}/requirements.in and not pinned; run the command on top of requirements.txt"
        );
    }
}

#[test]
fn every_pin_has_hashes() {
    FOLDERS.into_iter().for_each(check_hashes);
}

#[track_caller]
fn check_hashes(folder: &str) {
    let text = read(folder, "requirements.txt");
    let pins = pins(&text);
    assert!(
        pins.len() > 50,
        "JupyterLab alone needs more than {} packages",
        pins.len()
    );
    for (name, body) in pins {
        assert!(
            body.iter().any(|line| line.contains("--hash=sha256:")),
            "{name} has no hash"
        );
    }
}

#[test]
fn the_tools_come_in_addition_to_what_a_learner_has_and_in_the_same_versions() {
    let [learners, tools] = FOLDERS.map(|folder| read(folder, "requirements.txt"));
    let versions = |text: &str| -> BTreeSet<String> {
        let pins = text
            .lines()
            .filter(|line| line.contains("==") && !line.starts_with([' ', '#']));
        // Without the condition, which is simpler where a tool asks for the package too.
        pins.map(|line| line.split([' ', ';']).next().unwrap_or(line).to_owned())
            .collect()
    };
    let (learners, tools) = (versions(&learners), versions(&tools));
    let other: Vec<_> = learners.difference(&tools).collect();
    assert!(
        other.is_empty(),
        "{other:?}: make tests/kernel/tools/requirements.txt anew with the command on top of it"
    );
}

#[test]
fn the_files_name_their_command_and_no_index() {
    for folder in FOLDERS {
        let text = read(folder, "requirements.txt");
        assert!(text.contains("uv pip compile --universal --generate-hashes"));
        assert!(
            !text.contains("://") && !text.contains("--index-url"),
            "an address is in {folder}/requirements.txt"
        );
    }
}

#[test]
fn the_book_names_the_versions_that_the_kernel_is_tested_with() {
    let tools = read("tests/kernel/tools", "requirements.txt");
    let page = read("book/src", "kernel.md");
    for (shown, name) in [
        ("JupyterLab", "jupyterlab"),
        ("Jupyter Notebook", "notebook"),
        ("jupyter-console", "jupyter-console"),
        ("nbclient", "nbclient"),
        ("nbconvert", "nbconvert"),
        ("papermill", "papermill"),
        ("nbgrader", "nbgrader"),
    ] {
        // The last pin of a package is the one for the newest Python.
        let pin = tools
            .lines()
            .filter_map(|line| line.strip_prefix(&format!("{name}==")))
            .next_back()
            .and_then(|rest| rest.split_whitespace().next());
        let pin = pin.unwrap_or_else(|| panic!("{name} is not pinned"));
        let row = format!("\n| {shown} | {pin} |");
        assert!(
            page.contains(&row),
            "book/src/kernel.md does not say {shown} {pin}"
        );
    }
}
