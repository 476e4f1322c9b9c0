//! Crates that are kept compiled from one kernel to the next.

use super::client::{CRATES_VAR, Kernel, PROGRESS_VAR, Ran};
use super::times::await_line;
use crate::fixture::kernel::binary;
use jupyter_zmq_client::{ExecuteRequest, InterruptRequest, ReplyStatus};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

/// What a cell that uses the crate comes to.
const ANSWER: &str = "result {\"text/plain\":\"42\"}\nreply ok";

/// A crate whose build script counts how often it runs, and waits at a gate if there is one;
/// and a folder to keep crates in.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write(
            "counted/Cargo.toml",
            "[package]\nname = \"counted\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
        );
        let script = "fn main() {\n    println!(\"cargo::rerun-if-changed=build.rs\");\n    \
            let log = concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/../runs\");\n    \
            let runs = std::fs::read_to_string(log).unwrap_or_default();\n    \
            std::fs::write(log, runs + \"x\").unwrap();\n    \
            let gate = concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/../gate\");\n    \
            let _ = std::fs::read(gate);\n}\n";
        place.write("counted/build.rs", script);
        place.answers(42);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Changes the crate.
    fn answers(&self, answer: u8) {
        let text = format!("pub fn answer() -> u8 {{ {answer} }}\n");
        self.write("counted/src/lib.rs", &text);
    }

    /// A new kernel, which says what takes long.
    #[track_caller]
    fn kernel(&self) -> Kernel {
        let kept = self.path("kept");
        Kernel::start_with(&[
            (CRATES_VAR, kept.as_os_str()),
            (PROGRESS_VAR, "on".as_ref()),
        ])
    }

    /// A cell that uses the crate.
    fn cell(&self) -> String {
        let crate_folder = self.path("counted");
        format!(":dep counted = {{ path = {crate_folder:?} }}\ncounted::answer()")
    }

    /// What a new kernel says to it.
    #[track_caller]
    fn asked(&self) -> String {
        result_of(&self.kernel().run(&self.cell()))
    }

    /// What `kernel-ext compile` says.
    fn compiled_ahead(&self, dependency: &str) -> Output {
        Command::new(binary())
            .args(["compile", dependency])
            .env(CRATES_VAR, self.path("kept"))
            .output()
            .unwrap()
    }

    /// The library that is kept, and when it was compiled.
    fn kept(&self) -> (PathBuf, SystemTime) {
        let is_library = |path: &Path| path.extension() == Some("rlib".as_ref());
        let library = files(&self.path("kept"))
            .into_iter()
            .find(|path| is_library(path));
        let library = library.expect("a library is kept");
        let compiled = std::fs::metadata(&library).unwrap().modified().unwrap();
        (library, compiled)
    }

    /// The libraries that cells are linked against, and when they were linked.
    fn linked(&self) -> Vec<(PathBuf, SystemTime)> {
        let files = files(&self.path("kept")).into_iter();
        let libraries = files.filter(|path| path.extension() == Some("shared".as_ref()));
        let libraries = libraries.map(|path| {
            let linked = std::fs::metadata(&path).unwrap().modified().unwrap();
            (path, linked)
        });
        libraries.collect()
    }

    fn n_runs(&self) -> usize {
        std::fs::read(self.path("runs")).unwrap().len()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => files(&path),
            false => vec![path],
        })
        .collect()
}

#[test]
fn a_crate_is_compiled_once_for_all_kernels_and_again_once_it_is_edited() {
    let place = Place::new();
    let answer = |answer: u8| format!("result {{\"text/plain\":\"{answer}\"}}\nreply ok");
    assert_eq!(place.asked(), answer(42));
    let first = place.kept();
    assert_eq!(place.asked(), answer(42));
    assert_eq!((place.kept(), place.n_runs()), (first.clone(), 1));

    place.answers(43);
    assert_eq!(place.asked(), answer(43));
    let (library, compiled) = place.kept();
    assert!(compiled > first.1);

    // Somebody's disk was full.
    std::fs::write(library, "no library").unwrap();
    assert_eq!(place.asked(), answer(43));
}

/// What is kept is one crate in one way, and another way is not taken for it.
#[test]
fn other_features_and_levels_are_other_crates() {
    let place = Place::new();
    let manifest = "[package]\nname = \"counted\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
        [features]\nmore = []\n";
    place.write("counted/Cargo.toml", manifest);
    place.write(
        "counted/src/lib.rs",
        "pub fn answer() -> u8 { if cfg!(feature = \"more\") { 43 } else { 42 } }\n\
         pub fn next() -> u32 {\n\
         static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);\n\
         NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed) }\n",
    );
    let folder = place.path("counted");
    let more =
        format!(":dep counted = {{ path = {folder:?}, features = [\"more\"] }}\ncounted::answer()");
    let result = |answer: u8| format!("result {{\"text/plain\":\"{answer}\"}}\nreply ok");
    for _ in 0..2 {
        // The second kernel finds both of them kept.
        let mut kernel = place.kernel();
        let mut answer = |cell: &str| result_of(&kernel.run(cell));
        assert_eq!(answer(&place.cell()), result(42));
        assert_eq!(answer("counted::next()"), result(0));
        assert_eq!(answer(&more), result(43));
        assert_eq!(answer("counted::next()"), result(0));
        assert!(answer(":opt 1").ends_with("reply ok"));
        assert_eq!(answer("counted::answer()"), result(43));
        assert_eq!(answer("counted::next()"), result(0));
        assert_eq!(answer("counted::next()"), result(1));
        // Dependencies and all that they know are gone.
        assert!(answer(":clear").ends_with("reply ok"));
        assert_eq!(
            kernel.run("counted::answer()").reply.status,
            ReplyStatus::Error
        );
        assert_eq!(result_of(&kernel.run(&place.cell())), result(42));
        assert_eq!(result_of(&kernel.run("counted::next()")), result(0));
    }
}

#[test]
fn versions_stay_when_a_crate_is_added() {
    let place = Place::new();
    let manifest = "[package]\nname = \"counted\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
        [dependencies]\nitoa = \"1\"\n";
    place.write("counted/Cargo.toml", manifest);
    let tested: [&[&str]; 2] = [
        &["generate-lockfile"],
        &["update", "itoa", "--precise", "1.0.10"],
    ];
    for arguments in tested {
        let mut cargo = Command::new("cargo");
        cargo.args(arguments).current_dir(place.path("counted"));
        assert!(cargo.output().unwrap().status.success(), "{arguments:?}");
    }
    let mut kernel = place.kernel();
    let is_as_tested = "let file = std::env::var(\"EVCXR_TMPDIR\").unwrap() + \"/Cargo.lock\";\n\
        let versions = std::fs::read_to_string(file).unwrap();\n\
        versions.contains(\"name = \\\"itoa\\\"\\nversion = \\\"1.0.10\\\"\")";
    let yes = "result {\"text/plain\":\"true\"}\nreply ok";
    assert_eq!(result_of(&kernel.run(&place.cell())), ANSWER);
    let added = format!(":dep cfg-if = \"1\"\n{is_as_tested}");
    assert_eq!(result_of(&kernel.run(&added)), yes);
    // What cannot be added changes nothing, either.
    let missing = ":dep counted-kernel-ext-has-no-such-crate = \"1\"";
    assert_eq!(kernel.run(missing).reply.status, ReplyStatus::Error);
    assert_eq!(result_of(&kernel.run(is_as_tested)), yes);
}

#[test]
fn kernels_that_want_the_same_crate_at_once_compile_it_once() {
    let place = Place::new();
    let answers = std::thread::scope(|scope| {
        let asking = [(); 3].map(|()| scope.spawn(|| place.asked()));
        asking.map(|asked| asked.join().unwrap())
    });
    for answer in answers {
        assert_eq!(answer, ANSWER);
    }
    assert_eq!(place.n_runs(), 1);
}

#[test]
fn a_cell_that_waits_for_another_kernels_compilation_can_be_interrupted() {
    let place = Place::new();
    let mode = Mode::RUSR | Mode::WUSR;
    mknodat(CWD, place.path("gate"), FileType::Fifo, mode, 0).unwrap();
    let mut compiling = place.kernel();
    let first = compiling.send(ExecuteRequest::new(place.cell()));
    // It can be opened once the build script reads it. The cell is on its way only while its
    // kernel is listened to.
    let path = place.path("gate");
    let gate = std::thread::spawn(|| std::fs::File::options().write(true).open(path));
    await_line(&mut compiling, "getting ready");
    let gate = gate.join().unwrap();

    let mut waiting = place.kernel();
    let second = waiting.send(ExecuteRequest::new(place.cell()));
    await_line(&mut waiting, "waiting for another kernel");
    waiting.control(InterruptRequest {});
    assert!(
        waiting
            .collect(&second)
            .failure()
            .starts_with("Interrupted: ")
    );

    drop(gate.unwrap());
    assert_eq!(result_of(&compiling.collect(&first)), ANSWER);
    assert_eq!(result_of(&waiting.run(&place.cell())), ANSWER);
    assert_eq!(place.n_runs(), 1);
}

/// The transcript without the line of progress.
fn result_of(ran: &Ran) -> String {
    let transcript = ran.transcript();
    let after = transcript.rsplit_once("clear_output\n");
    after
        .map_or(transcript.as_str(), |(_, after)| after)
        .to_owned()
}

#[test]
fn what_is_compiled_ahead_no_cell_compiles_again() {
    let place = Place::new();
    let dependency = format!("counted = {{ path = {:?} }}", place.path("counted"));
    let output = place.compiled_ahead(&dependency);
    assert!(output.status.success(), "{}", text(&output));
    let (ahead, linked) = (place.kept(), place.linked());
    assert_eq!(linked.len(), 1);
    assert_eq!(place.asked(), ANSWER);
    assert_eq!((place.kept(), place.n_runs()), (ahead, 1));
    assert_eq!(place.linked(), linked);
}

#[test]
fn what_cannot_be_compiled_ahead_is_an_error_with_its_reason() {
    let place = Place::new();
    let output = place.compiled_ahead("gone = { path = \"/nowhere/gone\" }");
    assert!(!output.status.success());
    assert!(text(&output).contains("/nowhere/gone"), "{}", text(&output));
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
