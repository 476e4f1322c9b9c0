//! `kernel-ext doctor` on a machine where all is well, and where something is missing.

use crate::fixture;
use std::path::Path;
use std::process::Command;

/// What it says, and whether it is content.
fn examine(prepare: impl FnOnce(&mut Command)) -> (String, bool) {
    let mut doctor = Command::new(fixture::kernel::binary());
    doctor.arg("doctor");
    prepare(&mut doctor);
    let output = doctor.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    (said, output.status.success())
}

/// The line about one thing.
#[track_caller]
fn line<'a>(said: &'a str, name: &str) -> &'a str {
    let found = said.lines().find(|line| line.starts_with(name));
    found.unwrap_or_else(|| panic!("nothing about {name} in {said}"))
}

#[test]
fn a_cell_is_compiled_and_run() {
    let (said, is_well) = examine(|_| {});
    assert!(is_well, "{said}");
    assert!(line(&said, "a cell").contains("compiled and run"), "{said}");
    assert!(line(&said, "rustc").contains("ok"), "{said}");
}

/// A folder names its toolchain, and the user has not told rustup of a default.
#[test]
fn a_toolchain_need_not_be_the_default() {
    let rustup = |words: &[&str]| {
        let output = Command::new("rustup").args(words).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let home = tempfile::tempdir().unwrap();
    let toolchains = Path::new(&rustup(&["show", "home"])).join("toolchains");
    std::os::unix::fs::symlink(toolchains, home.path().join("toolchains")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let toolchain = rustup(&["show", "active-toolchain"]);
    let name = toolchain.split(' ').next().unwrap();
    let text = format!("[toolchain]\nchannel = {name:?}\n");
    std::fs::write(folder.path().join("rust-toolchain.toml"), text).unwrap();
    let (said, is_well) = examine(|doctor| {
        doctor
            .current_dir(folder.path())
            .env("RUSTUP_HOME", home.path())
            .env_remove("RUSTUP_TOOLCHAIN");
    });
    assert!(is_well, "{said}");
}

#[test]
fn without_a_compiler_it_says_where_to_get_one() {
    let nothing = tempfile::tempdir().unwrap();
    let (said, is_well) = examine(|doctor| {
        doctor.env("PATH", nothing.path());
    });
    assert!(!is_well, "{said}");
    for name in ["rustc", "cargo", "a cell"] {
        assert!(line(&said, name).contains("BAD"), "{said}");
    }
    assert!(said.contains("https://rustup.rs"), "{said}");
}

#[test]
fn an_installed_kernel_that_has_moved_is_told() {
    let data = tempfile::tempdir().unwrap();
    let spec = data.path().join("kernels/rust");
    std::fs::create_dir_all(&spec).unwrap();
    let text = r#"{ "argv": ["/nowhere/kernel-ext", "run", "{connection_file}"] }"#;
    std::fs::write(spec.join("kernel.json"), text).unwrap();
    let (said, is_well) = examine(|doctor| {
        // No compiler, so that nothing is compiled only to see this.
        doctor
            .env("PATH", data.path())
            .env("JUPYTER_PATH", data.path());
    });
    assert!(!is_well && said.contains("not there any more"), "{said}");
}
