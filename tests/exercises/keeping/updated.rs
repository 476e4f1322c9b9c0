//! A folder made by `cargo course init`, and a course that moves on: an exercise is
//! renamed, one is new, one is gone, and stubs are changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::super::journey::{Learner, SOLVED};
use super::{cargo, course, read, root, run, write};

const FRESH: &str = "exercises/src/catalog/fresh";
const VERSION: &str = "version = \"0.1.0\"";
/// Cargo tells the later crates from today's by it, in the target folder that they share.
const LATER_VERSION: &str = "version = \"0.2.0\"";
const BIN: &str = "[[bin]]\nname = \"course-updated\"\npath = \"src/main.rs\"\n\n[lints]";

/// Runs `cargo course` with arguments, and says how it must end and what it must say.
type Course<'a> = &'a dyn Fn(&[&str], bool, &[&str]);

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
        &[&format!(
            "{} stubs to solve",
            exercises::catalog::all().len()
        )],
    );
    is_complete(&mine);
    let (updated, clone) = update();
    follows(&mine, &updated);
    moves(&mine, &updated, &clone);
}

/// Everything works there: the commands, also from the stubs' folder, and plain cargo.
fn is_complete(mine: &Path) {
    let list = ["course", "list"];
    let first = exercises::catalog::all().remove(0).id;
    let next = format!("next: {first}, with `cargo course learn`");
    run(cargo(), mine, &list, true, &[&next]);
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

/// The course of some later day: its program, and its clone.
fn update() -> (PathBuf, PathBuf) {
    let clone = Learner::patched("keeping-updated", &|path, content| {
        String::from_utf8(content).map_or_else(
            |error| error.into_bytes(),
            |text| later(path, text).into_bytes(),
        )
    });
    let copy = |from: &str, to: &str| {
        let text = clone.read(&format!("{FRESH}/{from}.rs")).replace(from, to);
        clone.write(&format!("{FRESH}/{to}.rs"), text.as_bytes());
    };
    copy("modulo_placement", "modulo");
    copy("hash_ring", "second_ring");
    let target = course()
        .ancestors()
        .nth(2)
        .expect("it is in a target folder");
    let mut build = cargo();
    // Where its dependencies are built already.
    build.env("CARGO_TARGET_DIR", target);
    let bin = ["--package", "course", "--bin", "course-updated"];
    let arguments = [&["build", "--offline", "-q"][..], &bin].concat();
    run(build, &clone.root, &arguments, true, &[]);
    (course().with_file_name("course-updated"), clone.root)
}

/// What a file has become in the meantime.
fn later(path: &str, text: String) -> String {
    match path {
        "Cargo.toml" => text.replacen(VERSION, LATER_VERSION, 1),
        "Cargo.lock" => {
            let packages =
                text.split("[[package]]")
                    .map(|package| match package.contains("source = ") {
                        true => package.to_owned(),
                        false => package.replace(VERSION, LATER_VERSION),
                    });
            packages.collect::<Vec<_>>().join("[[package]]")
        }
        // Under its own name, so that it does not take the tested program's place.
        "exercises/course/Cargo.toml" => text
            .replacen("publish = false", "publish = false\nautobins = false", 1)
            .replacen("[lints]", BIN, 1),
        "exercises/src/consistent_hashing/list.rs" => text
            .replace("\"modulo_placement\"", "\"modulo\"")
            .replacen("formerly: &[],", "formerly: &[\"modulo_placement\"],", 1)
            .replacen(
                "        weighted_nodes(),\n",
                "        Exercise { id: \"second_ring\", ..hash_ring() },\n",
                1,
            ),
        "exercises/src/consistent_hashing/checks/mod.rs" => {
            text + "\npub use hash_ring as second_ring;\npub use modulo_placement as modulo;\n"
        }
        "exercises/src/catalog/fresh/hash_ring.rs" | "exercises/src/catalog/fresh/replicas.rs" => {
            text.replace("//! - Chapter: ", "//! - The chapter: ")
        }
        "exercises/src/catalog/fresh/virtual_nodes.rs" => {
            text.replace("todo!(", "todo!(/* think */ ")
        }
        _ => text,
    }
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
fn settles(mine: &Path, stub: &Path, course: Course<'_>) {
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
