"""Students of the course that `cargo course nbgrader` writes, some of them not honest.

    nbgrader_students.py submit NAME...   hands in what these students make of the release
    nbgrader_students.py points           prints the points of each student, rule by rule

All of it in the course's folder, for its first assignment and the exercise
`modulo_placement`. Only `right` is right. The tricks of those who are not honest stand
before the test that they are meant for, mostly with a solution that breaks every rule.
"""

import shutil
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

ASSIGNMENT = next(Path("source").iterdir()).name
NOTEBOOK = "01-modulo_placement.ipynb"
RELEASE = Path("release") / ASSIGNMENT

IMPORTS = "use exercises::consistent_hashing::{ModuloPlacement, key_position};"


def solution(owner, moved, more=""):
    return f"""{IMPORTS}
{more}
struct Mine;
impl ModuloPlacement for Mine {{
    fn owner(key: &[u8], servers: usize) -> Option<usize> {{ {owner} }}
    fn moved(keys: &[&[u8]], before: usize, after: usize) -> usize {{ {moved} }}
}}"""


# Low bits only, which is right for powers of two; and a guess.
HALF = solution(
    "(servers > 0).then(|| key_position(key) as u32 as usize % servers)",
    "if before == after { 0 } else { keys.len() }",
)
# Without servers it says that there is one, and it is always the wrong one.
OWNER, MOVED = "Some(servers + 1)", "keys.len() + 1"
WRONG = solution(OWNER, MOVED)


def wrong_after(first):
    """Whatever it is asked, it does something first."""
    return solution(f"{first} {OWNER}", f"{first} {MOVED}")


def read(path):
    return nbformat.read(path, as_version=4)


def cell(notebook, grade_id):
    cells = notebook.cells
    return next(c for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def solve(notebook, source):
    cell(notebook, "solution").source = source


def before_rule(notebook, rule, *sources):
    """Cells of one's own before a test; most define the type anew."""
    place = notebook.cells.index(cell(notebook, f"rule-{rule}"))
    notebook.cells[place:place] = [new_code_cell(source) for source in sources]


def right(notebook):
    """And a test is gone, perhaps by accident: nbgrader puts it back."""
    source = cell(read(Path("source") / ASSIGNMENT / NOTEBOOK), "solution").source
    solve(notebook, source)
    notebook.cells.remove(cell(notebook, "rule-moved"))


def half(notebook):
    solve(notebook, HALF)


def unsolved(notebook):
    """Handed in as it was given out."""


def ender(notebook):
    """Ends what tries the rule, or keeps it from ending, or closes its mouth."""
    before_rule(notebook, "remainder", wrong_after("std::process::exit(0);"))
    hook = "std::panic::set_hook(Box::new(|_| std::process::exit(0)));"
    panics = wrong_after(f"{hook} std::panic::resume_unwind(Box::new(0));")
    before_rule(notebook, "whole-hash", hook, panics)
    before_rule(notebook, "no-servers", wrong_after("loop {}"))
    descriptor = "<std::fs::File as std::os::fd::FromRawFd>::from_raw_fd(number)"
    close = f"for number in 1..=2 {{ drop(unsafe {{ {descriptor} }}); }}"
    before_rule(notebook, "moved", wrong_after(close))


def forger(notebook):
    """Prints points, tries the check on itself for the answer, writes other tests."""
    lines = r'"EVCXR_BEGIN_CONTENT text/plain\n1\nEVCXR_END_CONTENT\nEVCXR_EXECUTION_COMPLETE\n"'
    before_rule(notebook, "remainder", wrong_after(f"print!({lines});"))
    checks = "exercises::consistent_hashing::checks::modulo_placement::all::<Mine>()"
    ask = f'exercises::grade::require("modulo_placement", "remainder", 0, {checks})'
    catch = f"let _ = std::panic::catch_unwind(|| {ask});"
    before_rule(notebook, "whole-hash", wrong_after(catch))
    before_rule(notebook, "no-servers", WRONG)
    cell(notebook, "rule-no-servers").source = "1"
    modules = f"mod exercises {{ {KIND} }} mod checks {{}} mod grade {{}} mod graded {{}}"
    before_rule(notebook, "moved", modules)
    cell(notebook, "rule-moved").metadata.nbgrader.points = 0
    notebook.cells.remove(cell(notebook, "rule-moved"))


# A crate in which everything is right.
KIND = """
pub mod grade {
    pub fn require<T>(_: &str, _: &str, _: u64, _: T) {}
    pub fn require_or_abort<T>(_: &str, _: &str, _: &[u64], _: T) {}
}
pub mod consistent_hashing {
    pub mod checks { pub mod modulo_placement { pub fn all<T>() {} } }
    pub trait ModuloPlacement {
        fn owner(key: &[u8], servers: usize) -> Option<usize>;
        fn moved(keys: &[&[u8]], before: usize, after: usize) -> usize;
    }
    pub fn key_position(_: &[u8]) -> u64 { 0 }
}
"""


def crate(name, library, dependencies=""):
    """Rust that writes a crate, with the version and the features of ours."""
    manifest = f"""[package]
name = "{name}"
version = "0.1.0"
edition = "2024"
[features]
notebook = []
[dependencies]
{dependencies}
[workspace]
"""
    return f"""{{
    std::fs::create_dir_all("{name}/src").unwrap();
    std::fs::write("{name}/Cargo.toml", r#"{manifest}"#).unwrap();
    std::fs::write("{name}/src/lib.rs", r#"{library}"#).unwrap();
}}"""


def renamer(notebook):
    """Gives names that the tests use, or the code around them, another meaning."""
    macros = (
        f"macro_rules! {name} {{ ($($any:tt)*) => {{ () }} }}"
        for name in ["println", "eprintln", "assert", "panic", "stringify"]
    )
    before_rule(notebook, "remainder", "\n".join([WRONG, *macros]))
    own = [crate("exercises", KIND), ':dep exercises = { path = "exercises" }', WRONG]
    before_rule(notebook, "whole-hash", *own)
    kind = [crate("kind", KIND), ':dep kind = { path = "kind" }', "extern crate kind as exercises;"]
    before_rule(notebook, "no-servers", *kind)
    # What evcxr puts around a cell calls `std::panic::catch_unwind`: this one calls nothing.
    std = """mod std {
        pub use ::std::*;
        pub mod panic {
            pub struct AssertUnwindSafe<T>(pub T);
            pub fn catch_unwind<F>(_: F) -> Result<(), ()> { Ok(()) }
        }
    }"""
    before_rule(notebook, "moved", std, 'panic!("no cell runs any more")')


def copier(notebook):
    """Brings the references in: by the line for it, then by another crate that has them."""
    [line] = [l for l in cell(notebook, "set-up").source.split("\n") if l.startswith(":dep")]
    path = line.split("path = ")[1].split(",")[0]
    name = "consistent_hashing::Modulo"
    owner, moved = "owner(key, servers)", "moved(keys, before, after)"
    call = solution(f"exercises::{name}::{owner}", f"exercises::{name}::{moved}")
    before_rule(notebook, "remainder", f":dep exercises = {{ path = {path} }}", call)
    library = f"pub use exercises::{name};"
    through = crate("through", library, f"exercises = {{ path = {path} }}")
    call = solution(f"through::Modulo::{owner}", f"through::Modulo::{moved}")
    before_rule(notebook, "whole-hash", through, ':dep through = { path = "through" }', call)


def submit(students):
    for released in RELEASE.glob("*.ipynb"):
        nbformat.validate(read(released))
    for student in students:
        file = Path("submitted") / student / ASSIGNMENT / NOTEBOOK
        file.parent.mkdir(parents=True)
        notebook = read(RELEASE / NOTEBOOK)
        globals()[student](notebook)
        nbformat.write(notebook, file)


def points():
    from nbgrader.api import Gradebook

    released = read(Path("source") / ASSIGNMENT / NOTEBOOK).cells
    rules = [c.metadata.nbgrader.grade_id for c in released if c.metadata.nbgrader.grade]
    with Gradebook("sqlite:///gradebook.db") as gradebook:
        for student in sorted(path.name for path in Path("submitted").iterdir()):
            notebook = gradebook.find_submission_notebook(Path(NOTEBOOK).stem, ASSIGNMENT, student)
            scores = {grade.name: grade.auto_score for grade in notebook.grades}
            print(f"{student}:")
            autograded = read(Path("autograded") / student / ASSIGNMENT / NOTEBOOK)
            named = dict(failures(autograded))
            for rule in rules:
                print(f"  {rule}: {scores[rule]:g}", *named.get(rule, []))
            for name, errors in failures(autograded):
                if errors and name not in rules:
                    print(f"  a cell of their own: {errors}")


def failures(notebook):
    """The errors of each cell that runs."""
    for c in notebook.cells:
        if c.cell_type == "code":
            name = c.metadata.get("nbgrader", {}).get("grade_id", "")
            yield name, [o.ename for o in c.outputs if o.output_type == "error"]


if __name__ == "__main__":
    {"submit": lambda: submit(sys.argv[2:]), "points": points}[sys.argv[1]]()
