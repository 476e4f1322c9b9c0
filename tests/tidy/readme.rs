//! The README's links lead somewhere, and its commands are the ones that CI runs.

use super::{assert_none, root};

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn every_relative_link_of_the_readme_leads_to_a_file() {
    let readme = read("README.md");
    let offenders: Vec<String> = readme
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.split('#').next().unwrap_or_default())
        .filter(|target| !target.is_empty() && !target.contains("://"))
        .filter(|target| !root().join(target).exists())
        .map(str::to_owned)
        .collect();
    assert_none(&offenders, "README.md links to what is not there:");
}

#[test]
fn ci_runs_the_readmes_test_command() {
    let command = "cargo test";
    assert!(
        read("README.md").lines().any(|line| line.trim() == command),
        "README.md does not show `{command}` on a line of its own"
    );
    assert!(
        read(".ci/run").lines().any(|line| line.trim() == command),
        ".ci/run does not call `{command}`"
    );
}
