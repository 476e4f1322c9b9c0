//! Cells that are built without cargo come to the same as those that cargo builds.

use super::client::{CRATES_VAR, Kernel, PROGRESS_VAR};
use std::fs;

/// Environment variable: `cargo` where cargo is to build each cell.
const BUILDS_VAR: &str = "KERNEL_EXT_BUILDS";

/// When cargo has last built a cell, by its own note, in nanoseconds.
const LAST_BY_CARGO: &str = r#"{
    let cells = std::path::PathBuf::from(std::env::var_os("EVCXR_TMPDIR").unwrap());
    let mut found = Vec::new();
    for target in std::fs::read_dir(cells.join("target")).unwrap() {
        let Ok(units) = std::fs::read_dir(target.unwrap().path().join("debug/.fingerprint")) else {
            continue;
        };
        for unit in units {
            let unit = unit.unwrap().path();
            if unit.file_name().unwrap().to_string_lossy().starts_with("ctx-") {
                found.push(unit.join("invoked.timestamp").metadata().unwrap().modified().unwrap());
            }
        }
    }
    let newest = found.into_iter().max().unwrap();
    newest.duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos()
}"#;

/// When cargo has last built a cell, as one tells.
#[track_caller]
fn last_by_cargo(kernel: &mut Kernel) -> String {
    let transcript = kernel.run(LAST_BY_CARGO).transcript();
    assert!(transcript.starts_with("result "), "{transcript}");
    transcript
}

/// Until one cell after the other is built without cargo. The first does not show that its files
/// are older than its build.
#[track_caller]
fn settle(kernel: &mut Kernel) -> String {
    let mut last = last_by_cargo(kernel);
    for _ in 0..5 {
        let next = last_by_cargo(kernel);
        if next == last {
            return next;
        }
        last = next;
    }
    panic!("each of the cells is built by cargo");
}

#[test]
fn cargo_builds_a_cell_again_when_something_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "Cargo.toml",
        "[package]\nname = \"number\"\nedition = \"2024\"\n[features]\nother = []\n",
    );
    write("src/lib.rs", "mod inner;\npub use inner::number;\n");
    let inner = |number: u32| {
        let text = format!(
            "pub fn number() -> u32 {{ if cfg!(feature = \"other\") {{ 100 }} else {{ {number} }} }}"
        );
        write("src/inner.rs", &text);
    };
    inner(1);
    let mut kernel = Kernel::start();
    let mut by_cargo = settle(&mut kernel);
    let dependency = |more: &str| format!(":dep number = {{ path = {:?}{more} }}", folder.path());
    let mut check = |kernel: &mut Kernel, change: &str, expected: u32| {
        if !change.is_empty() {
            assert_eq!(kernel.run(change).reply.error.map(|_| ()), None, "{change}");
        }
        let transcript = kernel.run("number::number()").transcript();
        let result = format!("result {{\"text/plain\":\"{expected}\"}}\nreply ok");
        assert_eq!(transcript, result, "{change}");
        let later = settle(kernel);
        assert_ne!(later, by_cargo, "{change}");
        by_cargo = later;
    };
    check(&mut kernel, &dependency(""), 1);
    inner(2);
    check(&mut kernel, "", 2);
    check(&mut kernel, &dependency(", features = [\"other\"]"), 100);
    check(&mut kernel, &dependency(""), 2);
    check(&mut kernel, ":opt 1", 2);
    check(&mut kernel, ":build_env A=1", 2);
    check(&mut kernel, ":env B=1", 2);
    // The list of its files was made anew.
    write("src/more.rs", "");
    write(
        "src/lib.rs",
        "mod inner;\nmod more;\npub use inner::number;\n",
    );
    check(&mut kernel, "", 2);
    write("src/more.rs", "pub struct More;");
    check(&mut kernel, "", 2);
}

/// Values, text, warnings, errors of all kinds, and where they are.
const CELLS: [&str; 20] = [
    "let v = vec![1, 2, 3];",
    "v.len() + 1",
    "println!(\"{v:?}\");",
    "fn twice(n: u32) -> u32 { n * 2 }",
    "let unused = 1; twice(21)",
    "#[warn(unused_variables)]\nfn f() { let a = 1; }\nf()",
    "let n: u32 = \"text\";",
    "let a = 1;\nlet b = a + unknown;\nb",
    "macro_rules! m { ($e:expr) => { $e + \"\" } }\nm!(1)",
    "nowhere::nothing()",
    "extern crate nowhere;",
    "let moved = v; v.len()",
    "struct Silent; Silent",
    "compile_error!(\"said so\")",
    "let mut seen = 0;\nfor n in 0..3 { seen += n; }\nassert_eq!(seen, 4, \"three\")",
    "env!(\"CARGO_PKG_NAME\").len() + env!(\"CARGO_MANIFEST_DIR\").is_empty() as usize",
    "(file!().len(), line!(), module_path!().len())",
    "async fn seven() -> u32 { 7 }\nlet n = seven().await; n",
    "fn twice(n: u32) -> u32 { n * 2 + 1 }\ntwice(2)",
    "v.iter().map(|n| n * 2).collect::<std::collections::BTreeSet<_>>()",
];

#[test]
fn cells_come_to_the_same_without_cargo() {
    let kept = tempfile::tempdir().unwrap();
    let run = |builds: &str| {
        let mut kernel = Kernel::start_with(&[
            (BUILDS_VAR, builds.as_ref()),
            (CRATES_VAR, kept.path().as_os_str()),
            (PROGRESS_VAR, "off".as_ref()),
        ]);
        if builds.is_empty() {
            settle(&mut kernel);
        } else {
            let first = last_by_cargo(&mut kernel);
            assert_ne!(last_by_cargo(&mut kernel), first, "cargo builds every cell");
            last_by_cargo(&mut kernel);
        }
        CELLS.map(|cell| {
            let ran = kernel.run(cell);
            match ran.reply.error {
                Some(_) => ran.transcript() + "\n" + &ran.traceback(),
                None => ran.transcript(),
            }
        })
    };
    let [ours, cargos] = ["", "cargo"].map(run);
    for ((cell, ours), cargos) in CELLS.iter().zip(ours).zip(cargos) {
        assert_eq!(ours, cargos, "{cell}");
    }
}

/// A cell removes what has been built: all of the calls fail, and cargo builds it again.
#[test]
fn a_cell_is_built_where_crates_are_missing() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = "[package]\nname = \"number\"\nedition = \"2024\"\n";
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    let text = "pub fn number() -> u32 { 1 }";
    fs::write(folder.path().join("src/lib.rs"), text).unwrap();
    let mut kernel = Kernel::start();
    let dependency = format!(":dep number = {{ path = {:?} }}", folder.path());
    assert_eq!(kernel.run(&dependency).transcript(), "reply ok");
    let result = "result {\"text/plain\":\"1\"}\nreply ok";
    assert_eq!(kernel.run("number::number()").transcript(), result);
    settle(&mut kernel);
    let removal = r#"{
        let cells = std::path::PathBuf::from(std::env::var_os("EVCXR_TMPDIR").unwrap());
        for target in std::fs::read_dir(cells.join("target")).unwrap() {
            let crates = std::fs::read_dir(target.unwrap().path().join("debug/deps"));
            for file in crates.into_iter().flatten() {
                let file = file.unwrap().path();
                if file.to_string_lossy().contains("number") {
                    std::fs::remove_file(file).unwrap();
                }
            }
        }
    }"#;
    assert_eq!(kernel.run(removal).transcript(), "reply ok");
    assert_eq!(kernel.run("number::number()").transcript(), result);
}
