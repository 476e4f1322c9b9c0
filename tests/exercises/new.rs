//! An author's first minutes: `dev new` writes an exercise, in a topic that is there and
//! in one that is not, and the gate says of it what is left to write and nothing else.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::cargo;
use super::journey::Learner;

/// Cargo tells two copies of the workspace in one target folder apart by their versions.
const VERSION: &str = "version = \"0.1.0\"";
const AUTHORS_VERSION: &str = "version = \"0.3.0\"";

/// A clone without what an earlier run of this test has written.
fn clone() -> Learner {
    let _ = fs::remove_dir_all(Path::new(env!("CARGO_TARGET_TMPDIR")).join("author"));
    Learner::patched("author", &|path, content| match path {
        "Cargo.toml" | "Cargo.lock" => String::from_utf8(content)
            .expect("they are text")
            .replace(VERSION, AUTHORS_VERSION)
            .into_bytes(),
        _ => content,
    })
}

#[test]
fn a_new_exercise_passes_the_gate_but_for_what_its_author_has_to_write() {
    let clone = clone();
    let taken = ["`hash_ring` is, or was, the id of *Hash ring*"];
    clone.course("dev new consistent_hashing hash_ring", false, &taken);
    let no_page = ["`indexes` would be a new topic", "--chapter"];
    clone.course("dev new indexes sorted_index", false, &no_page);

    let wrote = ["wrote exercises/src/consistent_hashing/contract/power_of_two.rs"];
    clone.course("dev new consistent_hashing power_of_two", true, &wrote);
    let twice = ["is there already, and nothing was written"];
    clone.course("dev new consistent_hashing power_of_two", false, &twice);
    let topic = "dev new indexes sorted_index --chapter 28-consistent-hashing";
    clone.course(topic, true, &["wrote exercises/src/indexes/list.rs"]);

    // The gate of the program that knows the new exercises.
    let gate = "run -q -p course -- dev check power_of_two sorted_index";
    let passed = [
        "ok      catalog",
        "failed  nothing is left of a template",
        "ok      fresh stubs fail every check",
        "ok      references pass every check",
        "ok      alternatives pass every check",
        "ok      wrong solutions are rejected",
        "exercises/stubs/sorted_index.rs: TEMPLATE on line ",
    ];
    clone.check(cargo(), gate, false, &passed);
    clone.check(cargo(), "fmt --all --check", true, &[]);
    without_marks(&clone);
    clone.check(
        cargo(),
        gate,
        true,
        &["ok      nothing is left of a template"],
    );
}

/// As an author who has written everything.
fn without_marks(clone: &Learner) {
    let listed = Command::new("grep")
        .args(["-rlw", "TEMPLATE", "exercises/src", "exercises/stubs"])
        .args([
            "exercises/alternatives",
            "book/src/28-consistent-hashing.md",
        ])
        .current_dir(&clone.root)
        .output()
        .expect("grep runs");
    for path in String::from_utf8_lossy(&listed.stdout).lines() {
        let written = clone.read(path).replace("TEMPLATE ", "");
        clone.write(path, written.as_bytes());
    }
}
