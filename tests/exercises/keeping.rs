//! A learner's work outlives a damaged file, a lost clone, an updated course and a
//! clone that has moved.

mod updated;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::journey::{Learner, SOLVED};
use super::{cargo, course, root, text};

/// Runs a program in a folder, and expects it to succeed, or not, and to say this.
#[track_caller]
fn run(program: Command, folder: &Path, arguments: &[&str], succeeds: bool, says: &[&str]) {
    let mut command = program;
    let output = command
        .args(arguments)
        .current_dir(folder)
        .env_remove("RUST_BACKTRACE")
        .output()
        .expect("the program starts");
    let text = text(&output);
    assert_eq!(output.status.success(), succeeds, "{arguments:?}:\n{text}");
    for part in says {
        assert!(
            text.contains(part),
            "{arguments:?} does not say `{part}`:\n{text}"
        );
    }
}

#[track_caller]
fn read(path: PathBuf) -> String {
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[track_caller]
fn write(path: PathBuf, text: &str) {
    fs::create_dir_all(path.parent().expect("it has a folder")).expect("folders can be made");
    fs::write(path, text).expect("files can be written");
}

const SOLVED_STUB: &str = "exercises/stubs/modulo_placement.rs";
const BEGUN_STUB: &str = "exercises/stubs/hash_ring.rs";

#[test]
fn work_moves_to_a_fresh_clone_and_survives_a_damaged_file() {
    let folder = tempfile::tempdir().expect("the system has a temporary folder");
    let file = folder.path().join("work.json").display().to_string();
    let (old, new) = (Learner::new("keeping-old"), Learner::new("keeping-new"));
    works(&old);
    old.course(&format!("export {file}"), true, &["2 of your stubs"]);
    let there = "is there already";
    old.course(&format!("export {file}"), false, &[there, "--force"]);
    is_refused(&new, &file);
    restores(&old, &new, &file);
    damages(&new);
}

fn works(clone: &Learner) {
    clone.write(SOLVED_STUB, SOLVED.as_bytes());
    clone.course("check modulo_placement", true, &["Solved"]);
    let begun = clone
        .read(BEGUN_STUB)
        .replace("todo!(\"keep", "todo!(\"I keep");
    let other = "exercises/stubs/replicas.rs";
    clone.write(other, b"// a first attempt");
    clone.course(
        "reset replicas",
        true,
        &["cargo course stash take replicas-1"],
    );
    clone.write(BEGUN_STUB, begun.as_bytes());
    clone.course("hint hash_ring", true, &["Hint 1 of 4"]);
}

/// Files that are no export of this course change nothing.
fn is_refused(clone: &Learner, file: &str) {
    let good = read(file.into());
    let bad = format!("{file}.bad");
    for (text, because) in [
        (good[..good.len() / 2].to_owned(), "cut short"),
        ("{\"cells\": []}".to_owned(), "no export of this course"),
        (
            good.replacen("\"version\": 1", "\"version\": 2", 1)
                .replace("\"version\": 1", "\"version\": 2"),
            "git pull",
        ),
        (
            good.replace("\"replicas-1\"", "\"../../replicas-1\""),
            "is no exercise's name",
        ),
    ] {
        write((&bad).into(), &text);
        clone.course(
            &format!("import {bad}"),
            false,
            &[because, "nothing was changed"],
        );
    }
    clone.course(
        &format!("import {file}.none"),
        false,
        &["work.json.none cannot be imported"],
    );
    assert!(!clone.root.join(".course/progress.json").exists());
    assert!(!clone.root.join(".course/stash").exists());
}

fn restores(old: &Learner, new: &Learner, file: &str) {
    new.course(
        &format!("import {file}"),
        true,
        &["restored", "modulo_placement"],
    );
    for path in [SOLVED_STUB, BEGUN_STUB, ".course/stash/replicas-1.rs"] {
        assert_eq!(new.read(path), old.read(path), "{path}");
    }
    new.course("list", true, &["solved", "6 of 6"]);
    new.course("hint hash_ring", true, &["Hint 2 of 4"]);
    new.course(
        &format!("import {file}"),
        true,
        &["You have all of it already"],
    );
    new.write(BEGUN_STUB, b"// another attempt");
    let take = "cargo course stash take hash_ring-1";
    new.course(&format!("import {file}"), true, &[take]);
    assert_eq!(new.read(BEGUN_STUB), "// another attempt");
    new.course("stash take hash_ring-1", true, &["hash_ring-2"]);
    assert_eq!(new.read(BEGUN_STUB), old.read(BEGUN_STUB));
}

fn damages(clone: &Learner) {
    let path = ".course/progress.json";
    let text = clone.read(path);
    clone.write(path, &text.as_bytes()[..text.len() - 100]);
    let says = [
        "is damaged",
        "kept   as .course/progress-unreadable-1.json",
        "solved",
    ];
    clone.course("list", true, &says);
    clone.course("list", true, &["6 of 6"]);
    assert_eq!(
        clone.read(".course/progress-unreadable-1.json"),
        text[..text.len() - 100]
    );
}

/// A repository with as much of the course as these commands need.
#[test]
fn work_in_a_clone_that_git_will_not_update_goes_around_it() {
    let folder = tempfile::tempdir().expect("the system has a temporary folder");
    let (upstream, clone) = (folder.path().join("upstream"), folder.path().join("clone"));
    let fresh = root().join("exercises/src/catalog/fresh");
    for entry in fs::read_dir(fresh).expect("there are fresh stubs") {
        let entry = entry.expect("the folder can be read");
        set_stub(
            &upstream,
            &entry.file_name().to_string_lossy(),
            &read(entry.path()),
        );
    }
    write(upstream.join("Cargo.toml"), "");
    write(upstream.join(".gitignore"), "/.course\n");
    git(&upstream, &["init", "-q", "-b", "main"]);
    commit(&upstream);
    git(folder.path(), &["clone", "-q", "upstream", "clone"]);
    let course = |arguments: &[&str], says: &[&str]| {
        run(Command::new(course()), &clone, arguments, true, says);
    };
    course(&["list"], &["new"]);
    let mine =
        read(clone.join(BEGUN_STUB)).replace("    todo!(\"undo", "    // mine\n    todo!(\"undo");
    let mine = mine.replace("struct Mine {\n", "struct Mine {\n    points: u64,\n");
    write(clone.join(BEGUN_STUB), &mine);
    let opening = "//! Exercise *Hash ring*: ";
    let newer = read(upstream.join(BEGUN_STUB)).replace(opening, "//! Exercise *The ring*: ");
    set_stub(&upstream, "hash_ring.rs", &newer);
    commit(&upstream);
    run(
        Command::new("git"),
        &clone,
        &["pull", "-q"],
        false,
        &["overwritten"],
    );
    // As the book has it.
    course(&["export", "my-work.json"], &["1 of your stubs"]);
    git(&clone, &["checkout", "-q", "--", "exercises/stubs"]);
    git(&clone, &["pull", "-q"]);
    course(
        &["import", "my-work.json"],
        &["restored", "1 changed", "cargo course sync"],
    );
    course(&["sync"], &["merged", ".course/stash/hash_ring-1.rs"]);
    let merged = mine.replace(opening, "//! Exercise *The ring*: ");
    assert_eq!(read(clone.join(BEGUN_STUB)), merged);
    assert_eq!(read(clone.join(".course/stash/hash_ring-1.rs")), mine);
    course(&["sync"], &["Everything is up to date"]);
}

fn set_stub(upstream: &Path, name: &str, text: &str) {
    for folder in ["exercises/stubs", "exercises/src/catalog/fresh"] {
        write(upstream.join(folder).join(name), text);
    }
}

fn commit(repository: &Path) {
    git(repository, &["add", "-A"]);
    git(repository, &["commit", "-q", "-m", "The course"]);
}

#[track_caller]
fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args([
        "-c",
        "user.name=course",
        "-c",
        "user.email=course@localhost",
    ]);
    run(git, folder, arguments, true, &[]);
}
