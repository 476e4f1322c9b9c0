//! Crates that are kept compiled from one kernel to the next.

use super::client::{CRATES_VAR, Kernel};
use crate::fixture::kernel::binary;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

/// A crate whose build script counts how often it runs, and a folder to keep crates in.
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
            std::fs::write(log, runs + \"x\").unwrap();\n}\n";
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

    /// What a new kernel says to a cell that uses the crate.
    #[track_caller]
    fn asked(&self) -> String {
        let mut kernel = Kernel::start_by(|kernel, file| {
            let mut command = Command::new(kernel);
            let parent = std::process::id().to_string();
            command.arg("run").arg(file).env("JPY_PARENT_PID", parent);
            command.env(CRATES_VAR, self.path("kept"));
            command
        });
        let crate_folder = self.path("counted");
        let cell = format!(":dep counted = {{ path = {crate_folder:?} }}\ncounted::answer()");
        kernel.run(&cell).transcript()
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

#[test]
fn what_is_compiled_ahead_no_cell_compiles_again() {
    let place = Place::new();
    let dependency = format!("counted = {{ path = {:?} }}", place.path("counted"));
    let output = place.compiled_ahead(&dependency);
    assert!(output.status.success(), "{}", text(&output));
    let ahead = place.kept();
    assert_eq!(place.asked(), "result {\"text/plain\":\"42\"}\nreply ok");
    assert_eq!((place.kept(), place.n_runs()), (ahead, 1));
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
