//! The book with nothing but stock mdBook, as a reader without this repository's
//! tools would build it.

use std::process::Command;

use super::root;

#[test]
fn the_stock_mdbook_binary_builds_the_book() {
    let Ok(version) = Command::new("mdbook").arg("--version").output() else {
        println!(
            "skipped: no `mdbook` on the PATH (cargo install mdbook --version 0.5.4 --locked)"
        );
        return;
    };
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    if !version.contains("v0.5") {
        println!("skipped: the book is written for mdBook 0.5, and this is {version}");
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let output = Command::new("mdbook")
        .args(["build", "book", "--dest-dir"])
        .arg(folder.path())
        .current_dir(root())
        .env("MDBOOK_LOG", "warn")
        .output()
        .expect("mdbook runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "mdbook build book failed:\n{said}");
    assert!(
        !said.contains("ERROR") && !said.contains("WARN"),
        "mdbook build book complains:\n{said}"
    );
    assert!(folder.path().join("28-consistent-hashing.html").is_file());
}
