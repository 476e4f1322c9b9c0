//! A learner's way through exercises, in a clone of their own: a look at the
//! list, a first try, a slip, a hint, a solution, and a fresh start.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{cargo, course, root, text};

/// Solves `modulo_placement`.
pub(super) const SOLVED: &str = r#"//! The learner's.

use exercises::consistent_hashing::{ModuloPlacement, checks, key_position};

struct Mine;

impl ModuloPlacement for Mine {
    fn owner(key: &[u8], servers: usize) -> Option<usize> {
        Some((key_position(key).checked_rem(servers as u64)?) as usize)
    }

    fn moved(keys: &[&[u8]], before: usize, after: usize) -> usize {
        keys.iter().filter(|key| Self::owner(key, before) != Self::owner(key, after)).count()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("modulo_placement", checks::modulo_placement::all::<Mine>)
}
"#;

/// A clone with a target folder of its own, both kept between runs of the tests
/// so that only the first compiles the dependencies.
pub(super) struct Learner {
    pub(super) root: PathBuf,
}

impl Learner {
    /// A copy of every file that git tracks or would add, with fresh stubs.
    pub(super) fn new(name: &str) -> Self {
        Self::patched(name, &|_, content| content)
    }

    /// The same, with some files changed on the way.
    pub(super) fn patched(name: &str, how: &dyn Fn(&str, Vec<u8>) -> Vec<u8>) -> Self {
        let clone = Self {
            root: Path::new(env!("CARGO_TARGET_TMPDIR")).join(name),
        };
        let listed = Command::new("git")
            .args([
                "ls-files",
                "--cached",
                "--others",
                "--exclude-standard",
                "-z",
            ])
            .current_dir(root())
            .output()
            .expect("git runs");
        let listed = String::from_utf8(listed.stdout).expect("paths are UTF-8");
        let is_needed = |path: &&str| {
            Path::new(path)
                .extension()
                .is_none_or(|found| found != "ipynb" && found != "svg")
        };
        for path in listed.split_terminator('\0').filter(is_needed) {
            if let Ok(content) = fs::read(root().join(path)) {
                clone.write(path, &how(path, content));
            }
        }
        let _ = fs::remove_dir_all(clone.root.join(".course"));
        for entry in fs::read_dir(clone.root.join("exercises/src/catalog/fresh"))
            .expect("there are fresh stubs")
        {
            let entry = entry.expect("the folder can be read");
            let stub = format!("exercises/stubs/{}", entry.file_name().to_string_lossy());
            clone.write(
                &stub,
                &fs::read(entry.path()).expect("a fresh stub can be read"),
            );
        }
        clone
    }

    /// Writes a file unless it is the same already: cargo goes by the time of change.
    pub(super) fn write(&self, path: &str, content: &[u8]) {
        let path = self.root.join(path);
        if fs::read(&path).is_ok_and(|found| found == content) {
            return;
        }
        fs::create_dir_all(path.parent().expect("it is in the clone"))
            .expect("folders can be made");
        fs::write(&path, content).expect("files can be written");
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(super) fn command(&self, mut command: Command, arguments: &str) -> (bool, String) {
        let output = command
            .args(arguments.split(' '))
            .current_dir(&self.root)
            .env(
                "CARGO_TARGET_DIR",
                self.root.with_file_name("learner-target"),
            )
            .env_remove("RUST_BACKTRACE")
            .output()
            .expect("the program starts");
        (output.status.success(), text(&output))
    }

    /// Runs `cargo course`, and expects it to succeed, or not, and to say this.
    #[track_caller]
    pub(super) fn course(&self, arguments: &str, succeeds: bool, says: &[&str]) {
        self.check(Command::new(course()), arguments, succeeds, says);
    }

    #[track_caller]
    pub(super) fn check(&self, command: Command, arguments: &str, succeeds: bool, says: &[&str]) {
        let (succeeded, text) = self.command(command, arguments);
        assert_eq!(succeeded, succeeds, "{arguments:?}:\n{text}");
        for part in says {
            assert!(
                text.contains(part),
                "{arguments:?} does not say `{part}`:\n{text}"
            );
        }
    }
}

const STUB: &str = "exercises/stubs/modulo_placement.rs";

/// One test, because each step stands on the one before it.
#[test]
fn a_learner_gets_from_the_list_to_a_solution_and_back() {
    let clone = Learner::new("learner");
    let fresh = clone.read(STUB);
    looks_around(&clone);
    slips(&clone, &fresh);
    solves(&clone);
    starts_afresh(&clone, &fresh);
}

fn looks_around(clone: &Learner) {
    let first = exercises::catalog::all().remove(0).id;
    let next = format!("next: {first}, with `cargo course learn`");
    clone.course("list", true, &["modulo_placement", "new", &next]);
    let nearest = "did you mean modulo_placement";
    clone.course("check modulo_placment", false, &[nearest]);
    let not_yet = ["not written yet: ", "cargo course hint modulo_placement"];
    clone.course("check modulo_placement", false, &not_yet);
    clone.course("hint modulo_placement", true, &["Hint 1 of 4"]);
    clone.course("hint modulo_placement", true, &["Hint 2 of 4"]);
}

/// A slip in one stub is the compiler's to explain, and leaves the others alone.
fn slips(clone: &Learner, fresh: &str) {
    clone.write(STUB, fresh.replacen("fn main", "fn fn main", 1).as_bytes());
    let compiler = ["error: ", STUB, "does not compile yet"];
    clone.course("check modulo_placement", false, &compiler);
    clone.course("check hash_ring", false, &["not written yet: "]);
}

fn solves(clone: &Learner) {
    clone.write(STUB, SOLVED.as_bytes());
    let solved = ["passed", "Solved. Next: "];
    clone.course("check modulo_placement", true, &solved);
    clone.course("list --chapter 28", true, &["solved"]);
    clone.course("hint modulo_placement", true, &["nothing to hint at"]);
    let plain = "test -q -p exercises --test modulo_placement -- --json";
    clone.check(cargo(), plain, true, &["\"status\": \"passed\""]);
}

fn starts_afresh(clone: &Learner, fresh: &str) {
    let kept = ".course/stash/modulo_placement-1.rs";
    let take = "cargo course stash take modulo_placement-1";
    clone.course("reset modulo_placement", true, &[kept, take]);
    assert_eq!(clone.read(STUB), fresh);
    assert_eq!(clone.read(kept), SOLVED);
    clone.course("list", true, &["solved"]);
}
