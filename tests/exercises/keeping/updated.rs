//! A folder made by `cargo course init`, and a course that moves on: an exercise is
//! renamed, one is new, one is gone, and stubs are changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::super::journey::{Learner, SOLVED};
use super::{cargo, course, read, root, run, write};

const CATALOG: &str = "exercises/src/consistent_hashing/list.rs";
const CHECKS: &str = "exercises/src/consistent_hashing/checks/mod.rs";
const MANIFEST: &str = "exercises/course/Cargo.toml";
const FRESH: &str = "exercises/src/catalog/fresh";

/// One test, because each step stands on the one before it.
#[test]
fn a_folder_of_ones_own_follows_the_course() {
    let folder = tempfile::tempdir().expect("the system has a temporary folder");
    let mine = folder.path().join("my exercises");
    let path = mine.display().to_string();
    let outside = folder.path();
    run(
        Command::new(course()),
        outside,
        &["init", &path],
        true,
        &["6 stubs to solve"],
    );
    is_complete(&mine);
    let (updated, clone) = update();
    follows(&mine, &updated);
    moves(&mine, &updated, &clone);
}

/// Everything works there: the commands, also from the stubs' folder, and plain cargo.
fn is_complete(mine: &Path) {
    let list = ["course", "list"];
    run(
        cargo(),
        mine,
        &list,
        true,
        &["next: edit stubs/modulo_placement.rs"],
    );
    run(
        cargo(),
        &mine.join("stubs"),
        &list,
        true,
        &["modulo_placement"],
    );
    write(mine.join("stubs/modulo_placement.rs"), SOLVED);
    let check = ["course", "check", "modulo_placement"];
    run(cargo(), mine, &check, true, &["Solved. Next: "]);
    let mut plain = cargo();
    // The dependencies are compiled there already, for the learner's journey.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("learner-target");
    plain.env("CARGO_TARGET_DIR", target);
    let test = ["test", "--offline", "-q", "--test", "modulo_placement"];
    run(plain, mine, &test, true, &["6 of 6 points"]);
}

/// The course of some later day: a clone, and its program.
fn update() -> (PathBuf, PathBuf) {
    let clone = Learner::new("keeping-updated");
    let patch = |path: &str, how: &dyn Fn(String) -> String| {
        clone.write(path, how(clone.read(path)).as_bytes());
    };
    patch(CATALOG, &|text| {
        let renamed = text.replace("\"modulo_placement\"", "\"modulo\"").replacen(
            "formerly: &[],",
            "formerly: &[\"modulo_placement\"],",
            1,
        );
        renamed.replacen(
            "        weighted_nodes(),\n",
            "        Exercise { id: \"second_ring\", ..hash_ring() },\n",
            1,
        )
    });
    patch(CHECKS, &|text| {
        text + "\npub use hash_ring as second_ring;\npub use modulo_placement as modulo;\n"
    });
    let fresh = |id: &str| clone.read(&format!("{FRESH}/{id}.rs"));
    let set = |id: &str, text: String| clone.write(&format!("{FRESH}/{id}.rs"), text.as_bytes());
    set(
        "modulo",
        fresh("modulo_placement").replace("modulo_placement", "modulo"),
    );
    set(
        "second_ring",
        fresh("hash_ring").replace("hash_ring", "second_ring"),
    );
    for id in ["hash_ring", "replicas"] {
        set(
            id,
            fresh(id).replace("//! - Chapter: ", "//! - The chapter: "),
        );
    }
    set(
        "virtual_nodes",
        fresh("virtual_nodes").replace("todo!(", "todo!(/* think */ "),
    );
    // Under its own name, so that it does not take the place of the tested program;
    // in the same target folder, because its dependencies are there.
    patch(MANIFEST, &|text| {
        let bin = "[[bin]]\nname = \"course-updated\"\npath = \"src/main.rs\"\n\n[lints]";
        text.replacen("publish = false", "publish = false\nautobins = false", 1)
            .replacen("[lints]", bin, 1)
    });
    let target = course()
        .ancestors()
        .nth(2)
        .expect("it is in a target folder");
    let mut build = cargo();
    build.env("CARGO_TARGET_DIR", target);
    let arguments = [
        "build",
        "--offline",
        "-q",
        "--package",
        "course",
        "--bin",
        "course-updated",
    ];
    run(build, &clone.root, &arguments, true, &[]);
    (course().with_file_name("course-updated"), clone.root)
}

fn follows(mine: &Path, updated: &Path) {
    let stub = |id: &str| mine.join(format!("stubs/{id}.rs"));
    let work = |id: &str| {
        let text = read(stub(id)).replacen("todo!(", "todo!(\"mine\"); todo!(", 1);
        write(stub(id), &text);
        text
    };
    let (ring, nodes, gone) = (
        work("hash_ring"),
        work("virtual_nodes"),
        work("weighted_nodes"),
    );
    let course = |arguments: &[&str], succeeds, says: &[&str]| {
        run(Command::new(updated), mine, arguments, succeeds, says);
    };
    // Progress is there under the new name at once; files wait for `sync`: three stubs,
    // and four files that name the clone or list the stubs.
    let note = "(1 new, 7 changed, 1 renamed, 1 gone); `cargo course sync`";
    course(&["list"], true, &["solved", "6 of 6", note]);
    assert_eq!(read(stub("hash_ring")), ring);
    course(
        &["sync"],
        false,
        &[
            "renamed   stubs/modulo_placement.rs is stubs/modulo.rs now, with your work",
            "gone      stubs/weighted_nodes.rs",
            "new       stubs/second_ring.rs",
            "merged    stubs/hash_ring.rs",
            "replaced  stubs/replicas.rs",
            "conflict  stubs/virtual_nodes.rs",
            "cargo course sync --take virtual_nodes",
        ],
    );
    let newer = ring.replace("//! - Chapter: ", "//! - The chapter: ");
    assert_eq!(read(stub("hash_ring")), newer);
    assert_eq!(read(mine.join(".course/stash/hash_ring-1.rs")), ring);
    assert_eq!(read(mine.join(".course/stash/weighted_nodes-1.rs")), gone);
    assert_eq!(read(stub("virtual_nodes")), nodes);
    assert!(!stub("modulo_placement").exists() && !stub("weighted_nodes").exists());
    assert!(read(mine.join("Cargo.toml")).contains("name = \"second_ring\""));
    assert!(read(stub("modulo")).contains("checked_rem"));
    course(
        &["sync", "--mine", "virtual_nodes"],
        true,
        &["stays as it is"],
    );
    course(&["sync"], false, &["conflict  stubs/modulo.rs"]);
    settles(mine, &stub("modulo"), &course);
}

/// The learner's file has replaced the lines that the new name changes.
fn settles(mine: &Path, stub: &Path, course: &dyn Fn(&[&str], bool, &[&str])) {
    let take: [&str; 3] = ["sync", "--take", "modulo"];
    course(&take, false, &["<<<<<<<", ".course/merge/modulo.rs"]);
    let mended = SOLVED.replace("modulo_placement", "modulo");
    write(mine.join(".course/merge/modulo.rs"), &mended);
    course(&take, true, &["is the merge now"]);
    assert_eq!(read(stub.to_owned()), mended);
    course(&["sync"], true, &["Everything is up to date"]);
    course(&["check", "modulo"], true, &["6 of 6 points"]);
}

/// The clone moves; the folder says so, and is linked to another one.
fn moves(mine: &Path, updated: &Path, clone: &Path) {
    let there = clone.with_file_name("keeping-moved");
    let _ = fs::remove_dir_all(&there);
    fs::rename(clone, &there).expect("it can be moved");
    let list = ["course", "list"];
    run(
        cargo(),
        mine,
        &list,
        false,
        &["is not at", "init . --relink"],
    );
    run(
        Command::new(updated),
        mine,
        &["list"],
        false,
        &["is not at"],
    );
    fs::rename(&there, clone).expect("it can be moved back");
    let manifest = root().join("Cargo.toml").display().to_string();
    let relink = [
        "run",
        "-q",
        "--manifest-path",
        &manifest,
        "--package",
        "course",
        "--",
        "init",
        ".",
        "--relink",
    ];
    run(cargo(), mine, &relink, true, &[". is linked to "]);
    run(cargo(), mine, &list, true, &["modulo_placement"]);
}
