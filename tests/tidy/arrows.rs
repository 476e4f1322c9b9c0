//! Who may depend on whom.
//!
//! The arrows keep the parts apart: notebooks compile `exercises` in every
//! session, so it must never pull in the kernel, the book or the command line;
//! and evcxr, a ten-minute build, is named by one package only.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use cargo_metadata::{DependencyKind, MetadataCommand};

use super::{assert_none, root};

/// A package and the workspace members that it may use, tests included.
const ALLOWED: &[(&str, &[&str])] = &[
    ("bench", &["exercises"]),
    ("course", &["exercises"]),
    // Itself, for its tests: with the features that a notebook does not compile.
    ("exercises", &["exercises"]),
    // A front end for any kernel: it may know no more of ours than Jupyter does.
    ("kernel-client", &[]),
    // Measures kernels as processes, ours and others alike.
    ("kernel-compare", &["kernel-client"]),
    // It measures itself, as a process, with `kernel-ext bench`.
    ("kernel-ext", &["kernel-compare", "kernel-protocol"]),
    ("kernel-protocol", &[]),
    // The integration tests read the catalog and the figures, and start the
    // kernel and the command line as processes.
    (
        "system-design-in-rust",
        &["exercises", "kernel-client", "kernel-compare"],
    ),
];

/// Every direct dependency of every member, by name, with its kind.
fn dependencies() -> BTreeMap<String, Vec<(String, DependencyKind)>> {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata runs");
    metadata
        .packages
        .iter()
        .map(|package| {
            let names = package
                .dependencies
                .iter()
                .map(|found| (found.name.to_string(), found.kind));
            (package.name.to_string(), names.collect())
        })
        .collect()
}

#[test]
fn members_depend_only_along_the_arrows_of_the_design() {
    let found = dependencies();
    let allowed = BTreeMap::from_iter(ALLOWED.iter().copied());
    assert_eq!(
        found.keys().map(String::as_str).collect::<Vec<_>>(),
        allowed.keys().copied().collect::<Vec<_>>(),
        "a package came or went: say in ALLOWED what it may depend on"
    );
    let offenders: Vec<String> = found
        .iter()
        .flat_map(|(from, names)| names.iter().map(move |(to, _)| (from, to)))
        .filter(|(from, to)| {
            found.contains_key(*to) && !allowed[from.as_str()].contains(&to.as_str())
        })
        .map(|(from, to)| format!("{from} -> {to}"))
        .collect();
    assert_none(
        &offenders,
        "a new arrow is a decision: argue for it in ALLOWED, or remove it:",
    );
}

#[test]
fn only_the_kernel_names_evcxr() {
    let offenders: Vec<String> = dependencies()
        .into_iter()
        .filter(|(from, _)| from != "kernel-ext")
        .filter(|(_, names)| {
            names
                .iter()
                .any(|(name, _)| name == "evcxr" || name.starts_with("ra_ap_"))
        })
        .map(|(from, _)| from)
        .collect();
    assert_none(&offenders, "talk to the kernel as a process instead:");
}

#[test]
fn the_crate_that_notebooks_compile_stays_light() {
    const HEAVY: &[&str] = &[
        "axum",
        "clap",
        "hyper",
        "indicatif",
        "mdbook-driver",
        "reqwest",
        "syn",
        "tokio",
    ];
    // What cargo would build, and not what the manifest lists: an optional dependency
    // costs a notebook nothing as long as no default feature turns it on.
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            "exercises",
            "--edges",
            "normal",
            "--depth=1",
        ])
        .args(["--prefix", "none", "--format", "{p}"])
        .current_dir(root())
        .output()
        .expect("cargo tree runs");
    assert!(output.status.success(), "cargo tree fails");
    let tree = String::from_utf8_lossy(&output.stdout);
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    let offenders: BTreeSet<String> = names
        .filter(|name| HEAVY.contains(name))
        .map(str::to_owned)
        .collect();
    assert_none(
        &Vec::from_iter(offenders),
        "every notebook session would compile these; put them into `course`, or behind `network`:",
    );
}
