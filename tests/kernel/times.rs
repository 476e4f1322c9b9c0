//! What is said of a cell's time: while it takes long, and afterwards.

use super::client::{Kernel, PROGRESS_VAR};
use jupyter_zmq_client::{ExecuteRequest, JupyterMessageContent as Content};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A kernel that shows what takes long.
fn kernel() -> Kernel {
    Kernel::start_with(&[(PROGRESS_VAR, OsStr::new("on"))])
}

/// A crate whose compilation waits, because it includes what nobody has written yet.
struct GatedCrate(PathBuf);

impl GatedCrate {
    fn new(folder: &Path, name: &str, dependencies: &str) -> Self {
        let source = folder.join(name).join("src");
        std::fs::create_dir_all(&source).unwrap();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
             [dependencies]\n{dependencies}\n"
        );
        std::fs::write(source.join("../Cargo.toml"), manifest).unwrap();
        let library = "pub const GATE: &str = include_str!(\"gate\");\n";
        std::fs::write(source.join("lib.rs"), library).unwrap();
        let gate = source.join("gate");
        let mode = Mode::RUSR | Mode::WUSR;
        mknodat(CWD, &gate, FileType::Fifo, mode, 0).unwrap();
        Self(gate)
    }

    fn open(&self) {
        std::fs::write(&self.0, "open").unwrap();
    }
}

/// Waits until the kernel shows this line.
#[track_caller]
pub(super) fn await_line(kernel: &mut Kernel, line: &str) {
    loop {
        let data = match kernel.news().content {
            Content::DisplayData(display) => display.data,
            Content::UpdateDisplayData(update) => update.data,
            Content::ExecuteReply(reply) => panic!("{line} was not shown before {reply:?}"),
            _ => continue,
        };
        if serde_json::to_string(&data).unwrap().contains(line) {
            return;
        }
    }
}

#[test]
fn a_slow_cell_says_what_it_does_and_takes_that_away() {
    let mut kernel = kernel();
    let folder = kernel.directory.path().to_owned();
    let first = GatedCrate::new(&folder, "gated_one", "");
    let second = GatedCrate::new(
        &folder,
        "gated_two",
        "gated_one = { path = \"../gated_one\" }",
    );
    let id = kernel.send(ExecuteRequest::new(
        ":dep gated_two = { path = \"../gated_two\" }\n\
         println!(\"{}\", gated_two::GATE); 7"
            .to_owned(),
    ));
    await_line(&mut kernel, "compiling gated_one (0/2) …");
    first.open();
    await_line(&mut kernel, "compiling gated_two (1/2) …");
    second.open();
    let transcript = kernel.collect(&id).transcript();
    let (_, after) = transcript
        .split_once("clear_output\n")
        .expect("the line goes away");
    assert_eq!(
        after,
        "stdout \"open\\n\"\nresult {\"text/plain\":\"7\"}\nreply ok"
    );
}

#[test]
fn the_time_of_the_last_cell_is_told_by_phases() {
    let mut kernel = Kernel::start();
    assert_eq!(
        kernel.run(":time").transcript(),
        "stdout \"no cell has been run yet\\n\"\nreply ok"
    );
    kernel.run("let n = 1; n + 1");
    let told = kernel.run(":time").transcript();
    let phases = ["analysis", "compile", "link", "start", "load", "run", "end"];
    let mut rest = told.as_str();
    for phase in phases {
        let (_, after) = rest.split_once(&format!(" ms  {phase}")).expect(&told);
        rest = after;
    }
    assert!(kernel.run(":time all").failure().contains("stands alone"));
    // Asking is no cell.
    assert!(kernel.run(":time").transcript().contains("compile"));
}
