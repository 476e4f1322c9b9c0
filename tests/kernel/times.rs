//! What is said of a cell's time: while it takes long, and afterwards.

use super::client::{Kernel, PROGRESS_VAR};
use jupyter_zmq_client::JupyterMessageContent as Content;
use std::process::Command;

/// A kernel that shows what takes long.
fn kernel() -> Kernel {
    Kernel::start_by(|kernel, file| {
        let mut command = Command::new(kernel);
        let parent = std::process::id().to_string();
        command.arg("run").arg(file).env("JPY_PARENT_PID", parent);
        command.env(PROGRESS_VAR, "on");
        command
    })
}

#[test]
fn a_slow_cell_says_what_it_does_and_takes_that_away() {
    let mut kernel = kernel();
    // Two crates of this project, one behind the other, each with so much code that its
    // compilation is seen.
    let folder = kernel.directory.path().to_owned();
    for (name, dependency) in [
        ("slow_one", ""),
        ("slow_two", "slow_one = { path = \"../slow_one\" }"),
    ] {
        let source = folder.join(name).join("src");
        std::fs::create_dir_all(&source).unwrap();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
             [dependencies]\n{dependency}\n"
        );
        std::fs::write(source.join("../Cargo.toml"), manifest).unwrap();
        let functions = (0..3_000).map(|n| {
            format!("pub fn f{n}(x: &[String]) -> String {{ x.iter().map(|s| format!(\"{{s}}{n}\")).collect() }}\n")
        });
        std::fs::write(source.join("lib.rs"), functions.collect::<String>()).unwrap();
    }
    let ran = kernel.run(
        ":dep slow_two = { path = \"../slow_two\" }\n\
         println!(\"{}\", slow_two::f1(&[String::from(\"a\")])); 7",
    );
    let transcript = ran.transcript();
    let (before, after) = transcript
        .split_once("clear_output\n")
        .expect("a line was shown");
    for crate_name in ["slow_one (0/2)", "slow_two (1/2)"] {
        let line = format!("compiling {crate_name} …");
        assert!(before.contains(&line), "{line} is missing in {before}");
    }
    assert!(before.starts_with("display "), "{before}");
    assert_eq!(
        after,
        "stdout \"a1\\n\"\nresult {\"text/plain\":\"7\"}\nreply ok"
    );
    assert!(
        !ran.news
            .iter()
            .any(|news| matches!(news, Content::ErrorOutput(_)))
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
