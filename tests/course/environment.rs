//! Making `.venv/`: nothing to do the second time, repaired when half-made, and nothing
//! left in the learner's own folders.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use rustix::process::Signal;

use super::program;
use crate::fixture::course::{
    Course, comes_true, course, course_setup, processes_with, root, said,
};

const STAMP: &str = "system-design-course.stamp";

/// `setup` into a folder of its own, by a learner with an empty home.
///
/// The caches stay where they are, so that a package index is not asked for the same
/// files in each run of the suite.
fn set_up_into(venv: &Path, home: &Path) -> Command {
    let mut command = program();
    command
        .arg("setup")
        .arg("--venv")
        .arg(venv)
        .env("HOME", home);
    let real = std::path::PathBuf::from(std::env::var_os("HOME").unwrap_or_default());
    for (variable, usual) in [
        ("CARGO_HOME", ".cargo"),
        ("RUSTUP_HOME", ".rustup"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_CONFIG_HOME", ".config"),
    ] {
        if std::env::var_os(variable).is_none() {
            command.env(variable, real.join(usual));
        }
    }
    command
        .env_remove("JUPYTER_DATA_DIR")
        .env_remove("XDG_DATA_HOME");
    command
}

#[test]
fn the_second_set_up_changes_nothing() {
    course_setup();
    let changed = |name: &str| {
        let file = fs::metadata(root().join(".venv").join(name)).expect("set-up made it");
        file.modified().expect("this system keeps times")
    };
    let before = (changed(STAMP), changed("pyvenv.cfg"));
    let output = course(&["setup"]).output().expect("cargo runs");
    let text = said(&output);
    assert!(
        output.status.success() && text.contains("the packages are there"),
        "{text}"
    );
    assert_eq!(before, (changed(STAMP), changed("pyvenv.cfg")));
}

#[test]
fn an_interrupted_set_up_leaves_no_process_and_is_repaired_by_the_next_one() {
    course_setup();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (venv, home) = (folder.path().join("venv"), folder.path().join("home"));
    fs::create_dir(&home).expect("space");

    let mut first = Course::spawn(set_up_into(&venv, &home)).expect("it starts");
    assert!(comes_true(Duration::from_secs(60), || venv
        .join("bin/python")
        .exists()));
    // As good as Ctrl-C, whose signal a shell makes its background jobs ignore:
    // the suite may be one.
    first.signal(Signal::TERM);
    assert!(!first.ended_well());
    let all_gone = || processes_with(&format!("HOME={}", home.display())).is_empty();
    assert!(
        comes_true(Duration::from_secs(20), all_gone),
        "pip or uv goes on"
    );
    assert_eq!(
        fs::read_to_string(venv.join(STAMP)).expect("it is marked as ours"),
        ""
    );

    let second = set_up_into(&venv, &home).output().expect("it runs");
    assert!(second.status.success(), "{}", said(&second));
    assert!(
        venv.join("share/jupyter/kernels/rust/kernel.json")
            .is_file()
    );
    check_home_is_untouched(&home);

    fs::remove_dir_all(site_packages(&venv).join("nbclient")).expect("nbclient was installed");
    let third = set_up_into(&venv, &home).output().expect("it runs");
    assert!(third.status.success(), "{}", said(&third));
    assert!(
        site_packages(&venv).join("nbclient").is_dir(),
        "a lost package is put back"
    );
}

#[track_caller]
fn check_home_is_untouched(home: &Path) {
    for folder in [".jupyter", ".ipython", ".local", "Library/Jupyter"] {
        assert!(!home.join(folder).exists(), "set-up wrote to ~/{folder}");
    }
}

fn site_packages(venv: &Path) -> std::path::PathBuf {
    let versions = fs::read_dir(venv.join("lib")).expect("an environment has a lib");
    let version = versions.flatten().next().expect("one Python's");
    version.path().join("site-packages")
}

#[test]
fn a_folder_with_other_things_in_it_is_not_cleared() {
    course_setup();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let thesis = folder.path().join("thesis.txt");
    fs::write(&thesis, "years of work").expect("space");
    let output = set_up_into(folder.path(), folder.path())
        .output()
        .expect("it runs");
    assert!(
        !output.status.success() && said(&output).contains("move it away"),
        "{}",
        said(&output)
    );
    assert!(thesis.exists());
}
