//! What becomes of each kind of file when the course moves on.

use std::fs;
use std::path::PathBuf;

use super::super::super::files::replace;
use super::*;

const FIRST: &str = "//! Says it.\n\nfn f() {\n    todo!()\n}\n";
const SECOND: &str = "//! Says it better.\n\nfn f() {\n    todo!()\n}\n";

/// A clone with the exercises `ring` and `modulo`, whose stubs were handed out.
fn workspace() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().expect("the system has a temporary folder");
    let workspace = Workspace::at(folder.path());
    for id in ["ring", "modulo"] {
        course_has(&workspace, id, FIRST);
    }
    let done = synced(&workspace, &[("ring", &[]), ("modulo", &[])]);
    assert_eq!(done.lines.len(), 2, "{done:?}");
    (folder, workspace)
}

fn course_has(workspace: &Workspace, id: &str, text: &str) {
    replace(&workspace.fresh_stub(id), text.as_bytes()).expect("written");
}

fn write(workspace: &Workspace, id: &str, text: &str) {
    replace(&workspace.stub(id), text.as_bytes()).expect("written");
}

fn read(path: PathBuf) -> String {
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn synced(workspace: &Workspace, exercises: &[(&str, &[&str])]) -> Done {
    let ids = Ids::new(exercises.iter().copied());
    let done = sync(workspace, &ids).expect("synced");
    let again = sync(workspace, &ids).expect("synced again");
    assert!(again.lines.is_empty() || again.is_open, "{again:?}");
    done
}

fn kept(workspace: &Workspace, name: &str) -> String {
    read(stash::folder(workspace).join(format!("{name}.rs")))
}

fn mine() -> String {
    FIRST.replace("todo!()", "mine()")
}

#[test]
fn an_untouched_stub_is_replaced_and_work_is_merged_and_kept() {
    let (_folder, workspace) = workspace();
    write(&workspace, "ring", &mine());
    for id in ["ring", "modulo"] {
        course_has(&workspace, id, SECOND);
    }
    let done = synced(&workspace, &[("ring", &[]), ("modulo", &[])]);
    assert!(!done.is_open);
    assert_eq!(read(workspace.stub("modulo")), SECOND);
    assert_eq!(
        read(workspace.stub("ring")),
        SECOND.replace("todo!()", "mine()")
    );
    assert_eq!(kept(&workspace, "ring-1"), mine());
}

#[test]
fn a_conflict_leaves_the_work_and_is_settled_either_way() {
    for settle in ["take", "mine"] {
        let (_folder, workspace) = workspace();
        write(&workspace, "ring", &mine());
        let hint = FIRST.replace("todo!()", "todo!(\"think\")");
        course_has(&workspace, "ring", &hint);
        let done = synced(&workspace, &[("ring", &[]), ("modulo", &[])]);
        assert!(done.is_open, "{done:?}");
        assert_eq!(read(workspace.stub("ring")), mine());
        let file = stubs::stub(&workspace, "ring").expect("it is there");
        match settle {
            "take" => {
                let error = pending::take(&workspace, &file).expect_err("marks are left");
                assert!(error.to_string().contains("<<<<<<<"), "{error}");
                replace(&file.marked, b"mended").expect("written");
                let said = synced(&workspace, &[("ring", &[]), ("modulo", &[])]);
                assert!(said.lines[0].contains("you have begun to mend"), "{said:?}");
                pending::take(&workspace, &file).expect("taken");
                assert_eq!(read(workspace.stub("ring")), "mended");
                assert_eq!(kept(&workspace, "ring-1"), mine());
            }
            _ => {
                pending::mine(&workspace, &file).expect("kept");
                assert_eq!(read(workspace.stub("ring")), mine());
            }
        }
        let done = synced(&workspace, &[("ring", &[]), ("modulo", &[])]);
        assert_eq!(done, Done::default(), "{settle}");
        assert!(!file.marked.exists());
    }
}

#[test]
fn work_moves_along_with_a_renamed_exercise_and_is_merged_there() {
    let (_folder, workspace) = workspace();
    write(&workspace, "ring", &mine());
    stash::put(&workspace, "ring", b"earlier").expect("kept");
    course_has(&workspace, "circle", SECOND);
    let done = synced(&workspace, &[("circle", &["ring"]), ("modulo", &[])]);
    assert!(!done.is_open);
    assert!(!workspace.stub("ring").exists());
    assert_eq!(
        read(workspace.stub("circle")),
        SECOND.replace("todo!()", "mine()")
    );
    assert_eq!(kept(&workspace, "circle-1"), "earlier");
    assert_eq!(kept(&workspace, "circle-2"), mine());
}

#[test]
fn work_under_both_names_is_not_mixed() {
    let (_folder, workspace) = workspace();
    write(&workspace, "ring", &mine());
    write(&workspace, "circle", "newer work");
    course_has(&workspace, "circle", SECOND);
    synced(&workspace, &[("circle", &["ring"]), ("modulo", &[])]);
    assert_eq!(read(workspace.stub("circle")), "newer work");
    assert_eq!(kept(&workspace, "circle-1"), mine());
}

#[test]
fn work_on_an_exercise_that_is_gone_is_stashed_and_own_notes_stay() {
    let (_folder, workspace) = workspace();
    write(&workspace, "ring", &mine());
    write(&workspace, "notes", "of my own");
    synced(&workspace, &[]);
    assert!(!workspace.stub("ring").exists() && !workspace.stub("modulo").exists());
    assert_eq!(kept(&workspace, "ring-1"), mine());
    assert_eq!(read(workspace.stub("notes")), "of my own");
    assert_eq!(stash::list(&workspace).expect("listed").len(), 1);
}

#[test]
fn after_a_pull_that_changed_the_stubs_too_nothing_is_left_to_do() {
    let (_folder, workspace) = workspace();
    course_has(&workspace, "ring", SECOND);
    write(&workspace, "ring", SECOND);
    let done = synced(&workspace, &[("ring", &[]), ("modulo", &[])]);
    assert_eq!(done, Done::default());
    assert_eq!(read(stubs::base(&workspace, "ring")), SECOND);
}
