//! A class, graded by the real program: a folder of learners, some of whom hand in what
//! nobody should open.

mod folder;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use scraper::{Html, Selector};
use serde_json::Value;

use folder::{Class, FILE, RIGHT, with};

use super::text;

/// What every kind of learner hands in.
fn odd_class() -> Class {
    let class = Class::new();
    class.hand_in("right", RIGHT);
    class.hand_in(
        "half",
        with(
            ".checked_rem(servers as u64)?",
            ".wrapping_rem(servers as u64)",
        ),
    );
    class.hand_in(
        "wrong",
        with(
            "Some(key_position(key).checked_rem(servers as u64)? as usize)",
            "Some(servers + key.len())",
        ),
    );
    class.hand_in(
        "exits",
        with(
            "keys.iter()",
            "std::process::exit(0); #[allow(unreachable_code)] keys.iter()",
        ),
    );
    class.hand_in(
        "loops",
        with(
            "keys.iter()",
            "while before.min(after) > 0 { std::hint::spin_loop() } keys.iter()",
        ),
    );
    class.hand_in("broken", with("fn owner", "fn fn owner"));
    class.hand_in("binary", b"\x7fELF\x02\x01\x01\0");
    class.hand_in("huge", " ".repeat((256 << 10) + 1));
    symlink(
        "../right/modulo_placement.rs",
        class.learner("link").join(FILE),
    )
    .expect("made");
    symlink("right", class.path("class").join("linked")).expect("made");
    let pipe = Command::new("mkfifo")
        .arg(class.learner("pipe").join(FILE))
        .status();
    assert!(pipe.expect("mkfifo starts").success());
    for name in [
        "Right",
        "-rf",
        "=1+1",
        "two words",
        "new\nline",
        "日本",
        "<b>&\"",
        &"x".repeat(255),
    ] {
        class.hand_in(name, RIGHT);
    }
    class.hand_in(OsStr::from_bytes(b"no\xffutf8"), RIGHT);
    fs::write(class.path("class").join("notes.txt"), "for the tutor").expect("written");
    class
}

#[test]
fn a_class_is_graded_whatever_its_learners_hand_in() {
    let class = odd_class();
    let output = class.grade(&["--html"]);
    assert!(output.status.success(), "{}", text(&output));
    assert!(
        text(&output).contains("no learner's folder: notes.txt"),
        "{}",
        text(&output)
    );
    let rows = class.csv();
    for (learner, result, points, why) in [
        ("right", "graded", "6", ""),
        ("half", "graded", "5", ""),
        ("wrong", "graded", "0", ""),
        ("exits", "graded", "3", ""),
        ("loops", "graded", "4", ""),
        ("broken", "does not compile", "0", ""),
        (
            "binary",
            "refused",
            "0",
            "it is not text: the byte at 7 is zero",
        ),
        ("huge", "refused", "0", "it is larger than 256 KiB"),
        ("link", "refused", "0", "it is a symbolic link"),
        (
            "linked",
            "refused",
            "0",
            "the learner's folder: it is a symbolic link",
        ),
        ("pipe", "refused", "0", "it is a named pipe"),
        ("Right", "graded", "6", ""),
        ("'-rf", "graded", "6", ""),
        ("'=1+1", "graded", "6", ""),
        ("two words", "graded", "6", ""),
        ("new\\nline", "graded", "6", ""),
        ("日本", "graded", "6", ""),
        ("no\u{fffd}utf8", "graded", "6", ""),
    ] {
        let row = rows.iter().find(|row| row["learner"] == learner);
        let row = row.unwrap_or_else(|| panic!("no row of {learner}: {rows:?}"));
        assert_eq!(
            (row["result"].as_str(), row["points"].as_str()),
            (result, points),
            "{learner}"
        );
        assert!(row["why"].contains(why), "{learner}: {}", row["why"]);
    }
    assert_eq!(rows.len(), 20);
    json_agrees(&class, &rows);
    pages_agree(&class, &rows);
    class.assert_tidy();
    let entries = fs::read_dir(class.folder.path())
        .expect("it is there")
        .count();
    assert_eq!(
        entries, 3,
        "something was written outside the output folder"
    );
}

fn json_agrees(class: &Class, rows: &[BTreeMap<String, String>]) {
    let json: Value = serde_json::from_str(&class.result("grades.json")).expect("JSON");
    let grades = json["grades"].as_array().expect("an array");
    assert_eq!(grades.len(), rows.len());
    for (grade, row) in grades.iter().zip(rows) {
        for column in [
            "key",
            "exercise",
            "result",
            "points",
            "of",
            "rules_held",
            "rules",
            "sha256",
        ] {
            let value = match &grade[column] {
                Value::String(text) => text.clone(),
                Value::Null => String::new(),
                other => other.to_string(),
            };
            assert_eq!(value, row[column], "{column}");
        }
        // What is kept for the next run says the same.
        let kept = format!("results/{}/modulo_placement.json", row["key"]);
        let kept: Value = serde_json::from_str(&class.result(&kept)).expect("JSON");
        assert_eq!(
            kept["entry"]["points"].as_u64().unwrap_or(0),
            grade["points"].as_u64().unwrap_or(0)
        );
    }
}

fn pages_agree(class: &Class, rows: &[BTreeMap<String, String>]) {
    let page = class.result("class.html");
    assert!(
        page.contains("<bdi>&lt;b&gt;&amp;&quot;</bdi>"),
        "names are text"
    );
    let html = Html::parse_document(&page);
    let select = |css: &str| Selector::parse(css).expect("a selector");
    assert_eq!(html.select(&select("script, b")).count(), 0);
    let links: Vec<String> = html
        .select(&select("a[href^='reports/']"))
        .filter_map(|link| link.value().attr("href").map(str::to_owned))
        .collect();
    let expected: Vec<String> = rows
        .iter()
        .map(|row| format!("reports/{}.html", row["key"]))
        .collect();
    assert_eq!(links, expected);
    for (learner, says) in [
        (
            "half",
            "attempt to calculate the remainder with a divisor of zero",
        ),
        ("exits", "the solution ended the process with exit status 0"),
        ("loops", "it did not finish within 10 s"),
        ("broken", "error: expected identifier, found keyword `fn`"),
        ("pipe", "it is a named pipe, not a file"),
    ] {
        for page in [
            format!("reports/{learner}.html"),
            format!("reports/{learner}/modulo_placement.html"),
        ] {
            let html = Html::parse_document(&class.result(&page));
            let text: String = html
                .select(&select("main"))
                .flat_map(|main| main.text())
                .collect();
            assert!(text.contains(says), "{page}: {text}");
        }
    }
    let bars = "20 learners have which score. 0–9%: 7, 50–59%: 1, 60–69%: 1, 80–89%: 1, 100%: 10.";
    assert!(page.contains(bars), "the figure's text alternative: {page}");
}

/// Ten learners, whose files differ.
fn class_of_ten() -> Class {
    let class = Class::new();
    for n in 0..10 {
        class.hand_in(format!("learner{n}"), format!("{RIGHT}// {n}\n"));
    }
    class
}

/// Starts grading, waits for the second result, then sends the signal to the program,
/// and waits until everything that came from it is gone.
fn stopped_by(class: &Class, signal: Signal) -> Option<i32> {
    let mut command = class.command(&["--jobs", "1"]);
    let started = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut program: Child = started.expect("the program starts");
    let mut output = BufReader::new(program.stdout.take().expect("it was piped"));
    let mut line = String::new();
    while !line.contains("2/10") {
        line.clear();
        assert_ne!(
            output.read_line(&mut line).expect("it is text"),
            0,
            "it ended early"
        );
    }
    kill_process(Pid::from_child(&program), signal).expect("it runs");
    let status = program.wait().expect("it ends");
    // Its guard and the grader have the same output: the end of it is the end of them.
    output
        .read_to_string(&mut String::new())
        .expect("it is text");
    assert_eq!(running_in(class.folder.path()), Vec::<PathBuf>::new());
    status.code()
}

/// The folders below this one in which some process works.
fn running_in(folder: &Path) -> Vec<PathBuf> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|process| fs::read_link(process.path().join("cwd")).ok())
        .filter(|works_in| works_in.starts_with(folder))
        .collect()
}

/// The rows without the time, which no two runs share.
fn timeless(class: &Class) -> Vec<BTreeMap<String, String>> {
    let mut rows = class.csv();
    for row in &mut rows {
        row.remove("graded_at");
    }
    rows
}

#[test]
fn a_killed_run_leaves_nothing_running_and_the_next_goes_on() {
    let class = class_of_ten();
    assert_eq!(stopped_by(&class, Signal::KILL), None);
    let n_results = fs::read_dir(class.path("class-grades/results"))
        .expect("made")
        .count();
    assert!((2..10).contains(&n_results), "{n_results} results");

    let again = class.grade(&[]);
    assert!(again.status.success(), "{}", text(&again));
    let says = text(&again);
    let (_, taken) = says
        .split_once("10 graded; ")
        .expect("it says what it took over");
    let n_taken: usize = taken
        .split(' ')
        .next()
        .and_then(|n| n.parse().ok())
        .expect("a number");
    assert!(
        (2..=n_results).contains(&n_taken),
        "{n_taken} of {n_results}: {says}"
    );
    let (rows, page) = (timeless(&class), class.result("class.html"));

    fs::remove_dir_all(class.path("class-grades")).expect("it is there");
    let afresh = class.grade(&["--jobs", "2"]);
    assert!(!text(&afresh).contains("taken over"), "{}", text(&afresh));
    assert_eq!((timeless(&class), class.result("class.html")), (rows, page));
}

#[test]
fn ctrl_c_stops_the_run_and_tidies_up() {
    let class = class_of_ten();
    assert_eq!(stopped_by(&class, Signal::INT), Some(130));
    class.assert_tidy();
}

#[test]
fn only_what_changed_is_graded_again() {
    let class = class_of_ten();
    let first = class.grade(&[]);
    assert!(first.status.success(), "{}", text(&first));
    class.hand_in(
        "learner3",
        with(
            ".checked_rem(servers as u64)?",
            ".wrapping_rem(servers as u64)",
        ),
    );
    let again = text(&class.grade(&[]));
    assert!(again.contains("10 graded; 9 taken over"), "{again}");
    let points = |class: &Class| {
        class
            .csv()
            .iter()
            .map(|row| row["points"].clone())
            .collect::<String>()
    };
    assert_eq!(points(&class), "6665666666");
    let seeded = text(&class.grade(&["--seed", "7"]));
    assert!(
        !seeded.contains("taken over"),
        "another seed, other inputs: {seeded}"
    );
}

#[test]
fn what_cannot_be_graded_is_said_before_anything_is_written() {
    let class = Class::new();
    let fails = |arguments: &[&str], says: &str| {
        let output = class.grade(arguments);
        assert!(!output.status.success());
        assert!(
            text(&output).contains(says),
            "{arguments:?}: {}",
            text(&output)
        );
        assert!(!class.path("class-grades").exists());
    };
    fails(&[], "holds no learners' folders");
    class.learner("ann");
    fails(&[], "holds an exercise");
    class.hand_in("ann", RIGHT);
    fails(
        &["--exercise", "modulo_placment"],
        "did you mean modulo_placement",
    );
    let within = class.path("class").join("out");
    fails(
        &["--out", within.to_str().expect("UTF-8")],
        "name another folder with --out",
    );
}
