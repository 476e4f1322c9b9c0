//! `cargo course watch`, `learn` and `test-out`, in a learner's folder: as lines over pipes,
//! and as a screen in a terminal.

mod session;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::{Pid, Signal, kill_process};

use super::journey::SOLVED;
use super::{course, root, text};
use session::Session;

/// A folder that `cargo course init` has made; the course is this checkout.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("the system has a temporary folder"));
        let (succeeded, said) = folder.run(&["init", "work"], folder.0.path());
        assert!(succeeded, "{said}");
        folder
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("work")
    }

    fn stub(&self, id: &str) -> PathBuf {
        self.path().join(format!("stubs/{id}.rs"))
    }

    fn save(&self, id: &str, text: &str) {
        fs::write(self.stub(id), text).expect("the stub can be written");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(course());
        command
            .args(arguments)
            .current_dir(self.path())
            .env("TERM", "xterm")
            .env_remove("NO_COLOR")
            .env_remove("RUST_BACKTRACE");
        // Nothing may open a window while tests run.
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"] {
            command.env_remove(name);
        }
        command
    }

    fn run(&self, arguments: &[&str], here: &Path) -> (bool, String) {
        let mut command = Command::new(course());
        let output = command.args(arguments).current_dir(here).output();
        let output = output.expect("the program starts");
        (output.status.success(), text(&output))
    }

    #[track_caller]
    fn says(&self, arguments: &[&str], succeeds: bool, says: &[&str]) {
        let (succeeded, text) = self.run(arguments, &self.path());
        assert_eq!(succeeded, succeeds, "{arguments:?}:\n{text}");
        for part in says {
            assert!(text.contains(part), "no `{part}` in:\n{text}");
        }
    }

    fn progress(&self) -> String {
        fs::read_to_string(self.path().join(".course/progress.json")).unwrap_or_default()
    }
}

/// Solves `modulo_placement` but for one rule or two: it counts the keys that stay.
fn wrong() -> String {
    SOLVED.replace("!= Self::owner", "== Self::owner")
}

/// How many exercises there are, of all chapters.
fn total() -> usize {
    exercises::catalog::all().len()
}

/// One test, because each step stands on the one before it.
#[test]
fn every_save_is_graded_and_words_lead_on() {
    let folder = Folder::new();
    let mut session = Session::over_pipes(folder.command(&["watch", "modulo_placement"]));
    session.shows(&format!(
        "Checking stubs/modulo_placement.rs (0 of {} exercises done).",
        total()
    ));
    session.shows("0 of 4 rules hold");
    session.shows("not written yet");
    folder.save("modulo_placement", &wrong());
    for part in [
        "2 of 4 rules hold",
        "does not hold:",
        "input",
        "expected",
        "actual",
    ] {
        session.shows(part);
    }
    session.types("hint\n");
    session.shows("Without servers no key has an owner");
    folder.save(
        "modulo_placement",
        &SOLVED.replacen("fn main", "fn fn main", 1),
    );
    session.shows("It does not compile yet.");
    session.shows("stubs/modulo_placement.rs:");
    session.types("next\n");
    session.shows("Modulo placement comes first");
    folder.save("modulo_placement", SOLVED);
    session.shows("Every rule holds: Modulo placement is solved. `next` leads to Hash ring");
    session.types("n\n");
    session.shows(&format!(
        "Checking stubs/hash_ring.rs (1 of {} exercises done).",
        total()
    ));
    session.shows("0 of 6 rules hold");
    session.types("open notebook\n");
    session.shows("28-consistent-hashing");
    session.types("reset\nno\n");
    session.shows("Nothing was reset.");
    session.ends_input();
    assert!(session.ends());
    assert!(!session.all().contains('\u{1b}'), "{:?}", session.all());
    assert!(folder.progress().contains("\"solved\": true"));
}

#[test]
fn a_script_gets_its_answers_in_order_and_the_end_of_input_ends_it() {
    let folder = Folder::new();
    folder.save("modulo_placement", &wrong());
    let mut session = Session::over_pipes(folder.command(&["watch", "modulo_placement"]));
    session.types("list\nreset\nyes\nopen editor\nbogus\ncheck");
    session.ends_input();
    assert!(session.ends());
    for part in [
        "2 of 4 rules hold",
        "11 exercises: 1 begun, 10 locked",
        &format!("The other chapters, {} exercises in all", total()),
        "cargo course stash take modulo_placement-1",
        "0 of 4 rules hold",
        "stubs/modulo_placement.rs\n",
        "`bogus` means nothing here.",
        "0 of 4 rules hold",
    ] {
        session.shows(part);
    }
}

#[test]
fn a_save_by_rename_is_seen_with_events_and_without() {
    for (options, remark) in [
        (&["watch", "modulo_placement"][..], ""),
        (
            &["watch", "modulo_placement", "--poll"][..],
            "several times a second",
        ),
    ] {
        let folder = Folder::new();
        let mut session = Session::over_pipes(folder.command(options));
        session.shows(remark);
        session.shows("0 of 4 rules hold");
        // As vim does: the old file goes, and another one takes its name.
        let (stub, backup) = (
            folder.stub("modulo_placement"),
            folder.path().join("stubs/x~"),
        );
        fs::rename(&stub, &backup).expect("the stub can be renamed");
        folder.save("modulo_placement", SOLVED);
        session.shows("4 of 4 rules hold");
        // As VS Code and many others do: a new file replaces the old one.
        fs::write(&backup, wrong()).expect("files can be written");
        fs::rename(&backup, &stub).expect("files can be renamed");
        session.shows("2 of 4 rules hold");
        session.types("quit\n");
        assert!(session.ends());
    }
}

#[test]
fn a_screen_shows_keys_and_gives_the_terminal_back() {
    let folder = Folder::new();
    type Way = fn(&mut Session);
    let ways: [(&str, Way); 3] = [
        ("q", |session| session.types("q")),
        ("Ctrl-C", |session| session.types("\u{3}")),
        ("SIGTERM", |session| {
            let id = i32::try_from(session.id()).expect("a process id");
            let id = Pid::from_raw(id).expect("it runs");
            kill_process(id, Signal::TERM).expect("it can be told");
        }),
    ];
    for (name, leave) in ways {
        folder.save("modulo_placement", &wrong());
        let mut session = Session::on_terminal(folder.command(&["watch", "modulo_placement"]));
        session.shows("2 of 4 rules hold");
        session.shows("n next   h hint   l list   o open   c check   r reset   q quit");
        assert!(!session.echoes(), "keys are not echoed");
        folder.save("modulo_placement", SOLVED);
        session.shows("Every rule holds");
        session.types("l");
        session.shows("minutes left");
        leave(&mut session);
        assert!(session.ends(), "{name}");
        session.shows(&format!(
            "1 of {} exercises done; modulo_placement was the last",
            total()
        ));
        let all = session.all();
        assert!(all.contains("\u{1b}[?1049h"), "{name}: another screen");
        assert!(
            all.contains("\u{1b}[?1049l"),
            "{name}: the shell's screen again"
        );
        assert!(all.contains("\u{1b}[?25h"), "{name}: the cursor again");
        assert!(session.echoes(), "{name}: keys are echoed again");
    }
}

#[test]
fn an_editor_has_the_terminal_for_itself() {
    let folder = Folder::new();
    let mut command = folder.command(&["watch", "modulo_placement"]);
    // Reads a line as an editor would, and saves a solution.
    let script = folder.path().join("editor");
    let solution = folder.path().join("solution");
    fs::write(&solution, SOLVED).expect("files can be written");
    fs::write(
        &script,
        "echo editing; read line; echo \"got $line\"; cp solution \"$1\"\n",
    )
    .expect("files can be written");
    command.env("VISUAL", "sh ./editor");
    let mut session = Session::on_terminal(command);
    session.shows("0 of 4 rules hold");
    session.types("o");
    session.shows("b book   n notebook   e editor");
    session.types("e");
    session.shows("editing");
    session.types("quit\r");
    session.shows("got quit");
    session.shows("Back from `sh ./editor`.");
    session.shows("Every rule holds");
    session.types("q");
    assert!(session.ends());
}

#[test]
fn a_terminal_that_cannot_move_its_cursor_gets_lines() {
    let folder = Folder::new();
    for (term, options) in [("dumb", &["watch"][..]), ("xterm", &["watch", "--plain"])] {
        let mut command = folder.command(options);
        command.env("TERM", term);
        let mut session = Session::on_terminal(command);
        session.shows("Save the file, or type: next");
        session.types("quit\r");
        assert!(session.ends());
        assert!(!session.all().contains("\u{1b}"), "{:?}", session.all());
    }
}

#[test]
fn grading_draws_nothing_on_a_terminal_that_cannot_move_its_cursor() {
    let folder = Folder::new();
    let shown = [("check", "not written yet"), ("hint", "Hint 1 of 4")];
    for (subcommand, words) in shown {
        let mut command = folder.command(&[subcommand, "hash_ring"]);
        command.env("TERM", "dumb");
        let mut session = Session::on_terminal(command);
        session.shows(words);
        session.ends();
        assert!(!session.all().contains("\u{1b}"), "{:?}", session.all());
    }
}

#[test]
fn a_chapter_is_tested_out_of_by_its_last_exercises() {
    let folder = Folder::new();
    let last = [
        "weighted_nodes",
        "rack_replicas",
        "bounded_loads",
        "rendezvous",
        "jump_hash",
        "maglev_table",
        "multi_probe",
    ];
    let missing = format!(
        "{} and multi_probe are not solved yet",
        last[..last.len() - 1].join(", ")
    );
    folder.says(&["test-out", "28"], false, &[&missing]);
    for id in last {
        let solution = root().join(format!("exercises/alternatives/{id}.rs"));
        folder.save(
            id,
            &fs::read_to_string(solution).expect("it has an alternative"),
        );
    }
    let done = "modulo_placement, hash_ring, virtual_nodes and replicas are counted as tested out";
    folder.says(&["test-out", "hashing"], true, &[done]);
    let totals = "4 exercises: 4 tested out; 0 of 37 points; 0 minutes left";
    folder.says(&["list", "--state", "tested-out"], true, &[totals]);
    // The course goes on with what is not done, here from its beginning.
    let first = exercises::catalog::all().remove(0).id;
    folder.says(&["learn"], true, &[&format!("Checking stubs/{first}.rs")]);
}

#[test]
fn what_does_not_exist_is_said_before_anything_is_built() {
    let folder = Folder::new();
    folder.says(&["watch", "hash_rnig"], false, &["did you mean hash_ring"]);
    folder.says(
        &["test-out", "27"],
        false,
        &["there is no chapter with exercises `27`"],
    );
    folder.says(&["list", "--state", "done"], false, &["tested-out"]);
    folder.says(
        &["list", "--state", "solved"],
        true,
        &["no exercise is like that"],
    );
}
